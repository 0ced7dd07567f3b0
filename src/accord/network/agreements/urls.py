"""Screens of conventions."""

from django.urls import path

from accord.network.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreement_list, name="list"),
    path("a-renouveler/", views.renewals, name="renewals"),
    path("nouvelle/", views.draft, name="draft"),
    path("adhesion/", views.adopt, name="adopt"),
    path("<uuid:agreement_id>/", views.show, name="show"),
    path("<uuid:agreement_id>/texte/", views.write, name="write"),
    path("<uuid:agreement_id>/versions/", views.versions, name="versions"),
    path("<uuid:agreement_id>/etat/", views.state, name="state"),
    path("<uuid:agreement_id>/denonciation/", views.terminate, name="terminate"),
    path("<uuid:agreement_id>/suite/", views.renew, name="renew"),
    path("<uuid:agreement_id>/annexes/<uuid:annex_id>/", views.annex, name="annex"),
    path("<uuid:agreement_id>/parties/<uuid:party_id>/papier/", views.sign_paper, name="sign_paper"),
    path("<uuid:agreement_id>/parties/<uuid:party_id>/ecran/", views.sign_screen, name="sign_screen"),
    path("<uuid:agreement_id>/parties/<uuid:party_id>/feuille/", views.evidence, name="evidence"),
    path("<uuid:agreement_id>/prolongation/<uuid:endorsement_id>/", views.endorse, name="endorse"),
]
