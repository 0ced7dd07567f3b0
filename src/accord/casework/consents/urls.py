"""Screens of the authorisation."""

from django.urls import path

from accord.casework.consents import views

app_name = "consents"
urlpatterns = [
    path("dossier/<uuid:case_id>/nouvelle/", views.compose, name="compose"),
    path("dossier/<uuid:case_id>/phrase/", views.sentence, name="sentence"),
    path("dossier/<uuid:case_id>/par-la-loi/", views.by_law, name="by_law"),
    path("dossier/<uuid:case_id>/sortie-du-cercle/", views.second_circle_left, name="leave_circle"),
    path("<uuid:consent_id>/", views.show, name="show"),
    path("<uuid:consent_id>/formulaire.pdf", views.form_pdf, name="form_pdf"),
    path("<uuid:consent_id>/feuille-signee/", views.evidence, name="evidence"),
    path("<uuid:consent_id>/signature-sur-papier/", views.sign_paper, name="sign_paper"),
    path("<uuid:consent_id>/signature-a-l-ecran/", views.sign_screen, name="sign_screen"),
    path("<uuid:consent_id>/restriction/", views.narrow, name="narrow"),
    path("<uuid:consent_id>/revocation/", views.revoke, name="revoke"),
    path("<uuid:consent_id>/abandon/", views.abandon, name="abandon"),
]
