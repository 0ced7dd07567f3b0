"""Registers the app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """accord.people.matching."""

    name = "accord.people.matching"
    label = "matching"

    def ready(self) -> None:
        """Say the journal's words, and learn of every person whose particulars are written."""
        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind
        from accord.people.matching.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.people.matching.panels import resembling
        from accord.people.matching.services import keep_mover, learn_of
        from accord.people.matching.services.files import move_files, move_files_back
        from accord.people.persons.services import whenever_written, whoever_resembles

        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="platform")
        whenever_written(learn_of)
        whoever_resembles(resembling)
        keep_mover("files", move_files, move_files_back)
