"""Registers the app."""

from django.apps import AppConfig


class WindowConfig(AppConfig):
    """accord.casework.window."""

    name = "accord.casework.window"
    label = "window"

    def ready(self) -> None:
        """Say the window's words to the journal and to the colleagues' messages."""
        from accord.casework.window.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
