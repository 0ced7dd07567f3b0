"""Registers the app."""

from django.apps import AppConfig


class WindowConfig(AppConfig):
    """accord.casework.window."""

    name = "accord.casework.window"
    label = "window"
