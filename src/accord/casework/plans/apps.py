"""Registers the app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """accord.casework.plans."""

    name = "accord.casework.plans"
    label = "plans"

    def ready(self) -> None:
        """Answer the gate of the programmes, and say what plans tell people and the journal."""
        from accord.casework.cases.services import keep_gate
        from accord.casework.plans.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.casework.plans.policies import plan_agreed
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        keep_gate("plan.agreed", plan_agreed)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="plans")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
