"""Registers the app."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    """accord.casework.advice."""

    name = "accord.casework.advice"
    label = "advice"

    def ready(self) -> None:
        """Register what questions tell people, and the words of the journal."""
        from accord.casework.advice.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="referrals")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
