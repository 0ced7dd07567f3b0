"""Registers the app."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """accord.casework.consents."""

    name = "accord.casework.consents"
    label = "consents"
