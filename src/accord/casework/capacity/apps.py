"""Registers the app."""

from django.apps import AppConfig


class CapacityConfig(AppConfig):
    """accord.casework.capacity."""

    name = "accord.casework.capacity"
    label = "capacity"
