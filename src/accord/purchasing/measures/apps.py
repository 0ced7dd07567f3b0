"""Registers the app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """accord.purchasing.measures."""

    name = "accord.purchasing.measures"
    label = "measures"
