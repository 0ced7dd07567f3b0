"""Registers the app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """accord.network.agreements."""

    name = "accord.network.agreements"
    label = "agreements"
