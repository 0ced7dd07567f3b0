"""Registers the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """accord.casework.meetings."""

    name = "accord.casework.meetings"
    label = "meetings"
