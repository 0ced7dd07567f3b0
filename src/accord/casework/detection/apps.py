"""Registers the app."""

from django.apps import AppConfig


class DetectionConfig(AppConfig):
    """accord.casework.detection."""

    name = "accord.casework.detection"
    label = "detection"

    def ready(self) -> None:
        """Start the clock when a communication is sent, and say what early detection tells people."""
        from accord.casework.detection.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.casework.detection.services.answering import start_clock
        from accord.casework.referrals.services import when_sent
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        when_sent(start_clock)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
