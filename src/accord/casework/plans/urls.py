"""Addresses of the plan; the plan itself is a part of the case page."""

from django.urls import path

from accord.casework.plans.views import agreeing, writing

app_name = "plans"
urlpatterns = [
    path("dossiers/<uuid:case_id>/objectifs/", writing.goals, name="goals"),
    path("objectifs/<uuid:goal_id>/", writing.goal, name="goal"),
    path("objectifs/<uuid:goal_id>/retrait/", writing.goal_removal, name="goal-removal"),
    path("dossiers/<uuid:case_id>/mesures/", writing.measures, name="measures"),
    path("mesures/<uuid:measure_id>/", writing.measure, name="measure"),
    path("mesures/<uuid:measure_id>/retrait/", writing.measure_removal, name="measure-removal"),
    path("mesures/<uuid:measure_id>/etat/", writing.measure_state, name="measure-state"),
    path("mesures/<uuid:measure_id>/interruption/", writing.measure_stop, name="measure-stop"),
    path(
        "dossiers/<uuid:case_id>/justifications/<slug:finding>/", agreeing.justification, name="justification"
    ),
    path("dossiers/<uuid:case_id>/proposition/", agreeing.proposal, name="proposal"),
    path("dossiers/<uuid:case_id>/proposition/retrait/", agreeing.withdrawal, name="withdrawal"),
    path("dossiers/<uuid:case_id>/abandon/", agreeing.discarding, name="discarding"),
    path("dossiers/<uuid:case_id>/accord/", agreeing.agreement, name="agreement"),
    path("dossiers/<uuid:case_id>/signature/", agreeing.signature, name="signature"),
    path("dossiers/<uuid:case_id>/versions/", agreeing.versions, name="versions"),
]
