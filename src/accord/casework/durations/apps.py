"""Registers the app."""

from django.apps import AppConfig


class DurationsConfig(AppConfig):
    """accord.casework.durations."""

    name = "accord.casework.durations"
    label = "durations"
