"""Registers the app."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """accord.people.persons."""

    name = "accord.people.persons"
    label = "persons"
