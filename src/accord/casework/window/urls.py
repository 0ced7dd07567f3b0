"""Addresses of accord.casework.window."""

from django.urls import path

from accord.casework.window.views import answering, asking, deciding, entering, letters, pages, taking

app_name = "window"
urlpatterns = [
    path("", entering.sign_in, name="sign-in"),
    path("sortir/", entering.leave, name="leave"),
    path("langue/", entering.choose_language, name="language"),
    path("taille/", entering.choose_size, name="size"),
    path("aujourdhui/", pages.today, name="today"),
    path("plus/", pages.more, name="more"),
    path("participants/", pages.participants, name="participants"),
    path("moi/", pages.identity, name="identity"),
    path("accords/", pages.authorised, name="authorised"),
    path("accords/<uuid:consent_key>/retirer/", deciding.revoke, name="revoke"),
    path("accords/<uuid:consent_key>/restreindre/", deciding.narrow, name="narrow"),
    path("accords/<uuid:consent_key>/signer/", deciding.sign, name="sign"),
    path("accords/<uuid:consent_key>/refuser/", deciding.decline, name="decline"),
    path("documents/", pages.documents, name="documents"),
    path("documents/<uuid:paper_id>/", pages.document, name="document"),
    path("lectures/", pages.readings, name="readings"),
    path("demandes/", pages.requests, name="requests"),
    path("demandes/<slug:request_kind>/", asking.ask, name="ask"),
    path("donnees/", taking.data, name="data"),
    path("donnees/mes-donnees.json", taking.data_json, name="data-json"),
    path("donnees/ma-situation.pdf", taking.data_pdf, name="data-pdf"),
    path("donnees/schema.json", taking.schema, name="schema"),
    path("lettres/<uuid:case_id>/", letters.letters, name="letters"),
    path("lettre/<uuid:letter_id>/revoquer/", letters.letter_revocation, name="letter-revocation"),
    path("reponses/", answering.request_list, name="asked"),
    path("reponses/<uuid:asked_id>/", answering.answer, name="answer"),
    path("oppositions/", answering.objection_list, name="objections"),
    path("oppositions/<uuid:objection_id>/", answering.objection, name="objection"),
]
