"""Registers the app."""

from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    """accord.casework.emergencies."""

    name = "accord.casework.emergencies"
    label = "emergencies"
