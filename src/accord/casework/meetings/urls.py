"""Addresses of the meetings."""

from django.urls import path

from accord.casework.meetings.views import (
    feeds,
    listing,
    minuting,
    planning,
    reseating,
    rooms,
    showing,
    sorting,
)

app_name = "meetings"
urlpatterns = [
    path("", listing.agenda, name="list"),
    path("agenda/<str:token>.ics", feeds.feed, name="feed"),
    path("mon-agenda/", feeds.own_calendar, name="calendar"),
    path("salles/", rooms.room_list, name="rooms"),
    path("salles/nouvelle/", rooms.room_new, name="room-new"),
    path("salles/<uuid:room_id>/", rooms.room_edit, name="room"),
    path("reponses/", sorting.replies, name="replies"),
    path("reponses/<uuid:reply_id>/", sorting.attachment, name="reply"),
    path("reponses/<uuid:reply_id>/abandon/", sorting.discarding, name="reply-discarding"),
    path("dossier/<uuid:case_id>/nouvelle/", planning.schedule, name="schedule"),
    path("<uuid:meeting_id>/", showing.show, name="show"),
    path("<uuid:meeting_id>/deplacement/", planning.move, name="move"),
    path("<uuid:meeting_id>/participants/", reseating.seats, name="seats"),
    path("<uuid:meeting_id>/annulation/", planning.cancellation, name="cancellation"),
    path("<uuid:meeting_id>/ordre-du-jour/", planning.points, name="agenda"),
    path("<uuid:meeting_id>/presences/", minuting.attendance, name="attendance"),
    path("<uuid:meeting_id>/invitation.pdf", showing.letter, name="letter"),
    path("<uuid:meeting_id>/proces-verbal/", minuting.minutes_new, name="minutes"),
    path("proces-verbaux/<uuid:minutes_id>/", minuting.minutes_draft, name="minutes-draft"),
    path("proces-verbaux/<uuid:minutes_id>/signature/", minuting.minutes_signature, name="minutes-signature"),
    path("proces-verbaux/<uuid:minutes_id>/version/", minuting.minutes_amendment, name="minutes-amendment"),
    path("places/<uuid:seat_id>/reponse/", showing.answer, name="answer"),
    path("envois/<uuid:invitation_id>/", showing.resending, name="resending"),
]
