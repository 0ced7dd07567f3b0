"""Registers the app."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """accord.purchasing.providers."""

    name = "accord.purchasing.providers"
    label = "providers"
