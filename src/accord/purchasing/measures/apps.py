"""Registers the app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """accord.purchasing.measures."""

    name = "accord.purchasing.measures"
    label = "measures"

    def ready(self) -> None:
        """Register what measures tell people, the words of the journal, the ways in, and how quality is counted."""
        from django.utils.translation import gettext_lazy as _

        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import register_kind
        from accord.purchasing.measures.events import NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.purchasing.measures.panels import own_ways
        from accord.purchasing.measures.selectors import goals_met, reports_on_time, without_interruption
        from accord.purchasing.providers.selectors import keep_indicator

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="plans")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        keep_indicator("reports", _("Rapports à temps"), reports_on_time)
        keep_indicator("interruptions", _("Mandats sans interruption"), without_interruption)
        own_ways()
        keep_indicator("goals", _("Objectifs atteints"), goals_met)
