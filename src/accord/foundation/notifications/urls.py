"""Screens of messages."""

from django.urls import path

from accord.foundation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("lus/", views.read_all, name="read-all"),
    path("choix/", views.preferences, name="preferences"),
    path("boite-de-demonstration/", views.mailbox, name="mailbox"),
    path("<uuid:notification_id>/", views.open_message, name="open"),
]
