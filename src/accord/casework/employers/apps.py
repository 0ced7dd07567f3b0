"""Registers the app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """accord.casework.employers."""

    name = "accord.casework.employers"
    label = "employers"
