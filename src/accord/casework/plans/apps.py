"""Registers the app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """accord.casework.plans."""

    name = "accord.casework.plans"
    label = "plans"
