"""Registers the app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """accord.people.matching."""

    name = "accord.people.matching"
    label = "matching"
