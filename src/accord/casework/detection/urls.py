"""Screens of early detection and of the préavis."""

from django.urls import path

from accord.casework.detection.views import answering, notifying

app_name = "detection"
urlpatterns = [
    path("", answering.communications, name="list"),
    path("dossier/<uuid:case_id>/reception/", answering.reception, name="reception"),
    path("dossier/<uuid:case_id>/preavis/", notifying.notice, name="notice"),
    path("<uuid:detection_id>/entretien/", answering.interview, name="interview"),
    path("<uuid:detection_id>/entretien-tenu/", answering.interview_held, name="interview-held"),
    path("<uuid:detection_id>/reponse/", answering.answer, name="answer"),
    path("<uuid:detection_id>/demande/", answering.application, name="application"),
    path("<uuid:detection_id>/lettre-a-la-personne.pdf", answering.letter_to_person, name="letter"),
    path(
        "<uuid:detection_id>/lettre-a-qui-a-annonce.pdf",
        answering.letter_to_announcer,
        name="letter-announcer",
    ),
    path("preavis/partie/<uuid:party_id>/", notifying.position, name="position"),
    path("preavis/<uuid:notice_id>/decision/", notifying.decision, name="decision"),
]
