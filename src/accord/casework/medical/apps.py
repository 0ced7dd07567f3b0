"""Registers the app."""

from django.apps import AppConfig


class MedicalConfig(AppConfig):
    """accord.casework.medical."""

    name = "accord.casework.medical"
    label = "medical"
