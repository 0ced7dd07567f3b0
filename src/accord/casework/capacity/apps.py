"""Registers the app."""

from django.apps import AppConfig


class CapacityConfig(AppConfig):
    """accord.casework.capacity."""

    name = "accord.casework.capacity"
    label = "capacity"

    def ready(self) -> None:
        """Register what capacity tells people, and its words in the journal."""
        from accord.casework.capacity.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
