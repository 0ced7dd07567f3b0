"""Registers the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """accord.casework.cases."""

    name = "accord.casework.cases"
    label = "cases"

    def ready(self) -> None:
        """Register what cases tell people, the gate that casework answers itself, and how cases follow a person."""
        from accord.casework.cases.events import NOTIFICATIONS, PURPOSES, VERBS
        from accord.casework.cases.services import keep_gate, move_cases, move_cases_back, steps_are_done
        from accord.casework.cases.services.following import FOLLOWED
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind
        from accord.people.matching.services import keep_mover

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="followed" if key == FOLLOWED else "cases")
        say(verbs=VERBS, purposes=PURPOSES)
        keep_gate("steps.done", steps_are_done)
        keep_mover("cases", move_cases, move_cases_back)
