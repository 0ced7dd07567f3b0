"""Registers the app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """accord.foundation.documents."""

    name = "accord.foundation.documents"
    label = "documents"
