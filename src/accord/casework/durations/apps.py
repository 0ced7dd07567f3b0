"""Registers the app."""

from django.apps import AppConfig


class DurationsConfig(AppConfig):
    """accord.casework.durations."""

    name = "accord.casework.durations"
    label = "durations"

    def ready(self) -> None:
        """Register what an escalation tells people, and the words of the journal."""
        from accord.casework.durations.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
