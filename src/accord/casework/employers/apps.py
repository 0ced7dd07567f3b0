"""Registers the app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """accord.casework.employers."""

    name = "accord.casework.employers"
    label = "employers"

    def ready(self) -> None:
        """Say what the journal calls contacts with employers."""
        from accord.casework.employers.events import PURPOSES, SUBJECTS, VERBS
        from accord.foundation.journal.enums import say

        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
