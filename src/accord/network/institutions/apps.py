"""Registers the app."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """accord.network.institutions."""

    name = "accord.network.institutions"
    label = "institutions"
