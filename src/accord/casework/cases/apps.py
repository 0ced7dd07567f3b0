"""Registers the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """accord.casework.cases."""

    name = "accord.casework.cases"
    label = "cases"

    def ready(self) -> None:
        """Register what cases tell people."""
        from accord.casework.cases.events import NOTIFICATIONS
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="cases")
