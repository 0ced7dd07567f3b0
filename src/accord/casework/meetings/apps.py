"""Registers the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """accord.casework.meetings."""

    name = "accord.casework.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register what meetings tell people and the journal, and the gate that they keep."""
        from accord.casework.cases.services import keep_gate
        from accord.casework.meetings.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.casework.meetings.policies import assessment_held
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        keep_gate("assessment.held", assessment_held)
