"""Registers the app."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """accord.purchasing.invoices."""

    name = "accord.purchasing.invoices"
    label = "invoices"

    def ready(self) -> None:
        """Say what invoices tell people, the words of the journal, and the ways in."""
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import GROUPS, register_kind
        from accord.purchasing.invoices.events import GROUP, NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.purchasing.invoices.panels import own_ways

        GROUPS.setdefault("invoices", GROUP)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="invoices")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        own_ways()
