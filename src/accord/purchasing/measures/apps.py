"""Registers the app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """accord.purchasing.measures."""

    name = "accord.purchasing.measures"
    label = "measures"

    def ready(self) -> None:
        """Register what measures tell people, and the words of the journal."""
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind
        from accord.purchasing.measures.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="plans")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
