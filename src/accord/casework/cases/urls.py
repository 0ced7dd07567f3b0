"""Addresses of casework; the case page itself is the shell's (`web:case`)."""

from django.urls import path

from accord.casework.cases.views import documents, following, lifecycle, listing, people, records

app_name = "cases"
urlpatterns = [
    path("", listing.case_list, name="list"),
    path("<uuid:case_id>/etapes/", lifecycle.stages, name="stages"),
    path("<uuid:case_id>/conduite/", lifecycle.lead, name="lead"),
    path("<uuid:case_id>/second-cercle/", lifecycle.second_circle, name="second-circle"),
    path("<uuid:case_id>/cloture/", lifecycle.closure, name="closure"),
    path("<uuid:case_id>/reouverture/", lifecycle.reopening, name="reopening"),
    path("<uuid:case_id>/suivi/", following.follow, name="follow"),
    path("<uuid:case_id>/nouveautes/", following.news, name="news"),
    path("<uuid:case_id>/participants/", people.participants, name="participants"),
    path("<uuid:case_id>/depart/", people.departure, name="departure"),
    path("<uuid:case_id>/referent/", people.referent, name="referent"),
    path("<uuid:case_id>/ouverture/", people.file_opening, name="file-opening"),
    path("<uuid:case_id>/fermeture/", people.file_closing, name="file-closing"),
    path("<uuid:case_id>/demarches/", records.steps, name="steps"),
    path("demarches/<uuid:step_id>/", records.step, name="step"),
    path("demarches/<uuid:step_id>/etat/", records.step_state, name="step-state"),
    path("<uuid:case_id>/notes/", records.notes, name="notes"),
    path("notes/<uuid:note_id>/", records.note, name="note"),
    path("<uuid:case_id>/documents/", documents.documents, name="documents"),
    path("documents/<uuid:filed_id>/", documents.document, name="document"),
    path("documents/<uuid:filed_id>/apercu/", documents.document_preview, name="document_preview"),
]
