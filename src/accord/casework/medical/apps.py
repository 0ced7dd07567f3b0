"""Registers the app."""

from django.apps import AppConfig


class MedicalConfig(AppConfig):
    """accord.casework.medical."""

    name = "accord.casework.medical"
    label = "medical"

    def ready(self) -> None:
        """Say the words of the compartment, and listen to incapacities and interviews."""
        from accord.casework.capacity.services import whenever_noted
        from accord.casework.medical.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.casework.medical.services import raise_clarification, settle_interview, whenever_prepared
        from accord.casework.medical.services.prefilling import prepare_report
        from accord.casework.meetings.services import whenever_settled
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="medical")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        whenever_noted(raise_clarification)
        whenever_settled(settle_interview)
        whenever_prepared(prepare_report)
