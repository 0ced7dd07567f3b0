"""Registers the app."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """accord.casework.consents."""

    name = "accord.casework.consents"
    label = "consents"

    def ready(self) -> None:
        """Answer the gate of the programmes, and say what authorisations tell people."""
        from accord.casework.cases.services import keep_gate
        from accord.casework.consents.events import NOTIFICATIONS, PURPOSES
        from accord.casework.consents.services import consent_is_active
        from accord.casework.consents.services.gates import GATE
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind

        say(purposes=PURPOSES)
        keep_gate(GATE, consent_is_active)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="consents")
