"""Registers the app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """accord.network.agreements."""

    name = "accord.network.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Say what conventions tell people, and the words of the journal."""
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import GROUPS, register_kind
        from accord.network.agreements.events import GROUP, NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS

        GROUPS.setdefault("agreements", GROUP)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="agreements")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
