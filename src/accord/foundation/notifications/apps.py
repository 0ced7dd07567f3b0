"""Registers the app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """accord.foundation.notifications."""

    name = "accord.foundation.notifications"
    label = "notifications"
