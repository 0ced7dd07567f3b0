"""Registers the app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """accord.foundation.journal."""

    name = "accord.foundation.journal"
    label = "journal"

    def ready(self) -> None:
        """Name the ledger of submitted forms."""
        from accord.foundation.journal.services import submit_once
        from accord.kernel.http.screens import keep_submissions_in

        keep_submissions_in(submit_once)
