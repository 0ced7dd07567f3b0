"""Registers the app."""

from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    """accord.casework.diagnosis."""

    name = "accord.casework.diagnosis"
    label = "diagnosis"
