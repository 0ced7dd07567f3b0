"""Registers the app."""

from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    """accord.casework.emergencies."""

    name = "accord.casework.emergencies"
    label = "emergencies"

    def ready(self) -> None:
        """Say what emergencies tell people, and their words in the journal."""
        from accord.casework.emergencies.events import GROUP, NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group=GROUP)
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
