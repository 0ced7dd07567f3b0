"""Registers the app."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    """accord.casework.advice."""

    name = "accord.casework.advice"
    label = "advice"
