"""Registers the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """accord.casework.cases."""

    name = "accord.casework.cases"
    label = "cases"

    def ready(self) -> None:
        """Register what cases tell people, and the gate that casework answers itself."""
        from accord.casework.cases.events import NOTIFICATIONS, PURPOSES, VERBS
        from accord.casework.cases.services import keep_gate, steps_are_done
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
        say(verbs=VERBS, purposes=PURPOSES)
        keep_gate("steps.done", steps_are_done)
