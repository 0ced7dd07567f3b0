"""Registers the app."""

from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    """accord.casework.diagnosis."""

    name = "accord.casework.diagnosis"
    label = "diagnosis"

    def ready(self) -> None:
        """Register what the diagnosis tells people, its words in the journal, and the gate that it keeps."""
        from accord.casework.cases.services import keep_gate
        from accord.casework.diagnosis.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.casework.diagnosis.policies import diagnosis_shared
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        keep_gate("diagnosis.shared", diagnosis_shared)
