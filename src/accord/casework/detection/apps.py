"""Registers the app."""

from django.apps import AppConfig


class DetectionConfig(AppConfig):
    """accord.casework.detection."""

    name = "accord.casework.detection"
    label = "detection"
