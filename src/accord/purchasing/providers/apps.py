"""Registers the app."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """accord.purchasing.providers."""

    name = "accord.purchasing.providers"
    label = "providers"

    def ready(self) -> None:
        """Say what providers tell people, the words of the journal, and one's own indicator of quality."""
        from django.utils.translation import gettext_lazy as _

        from accord.foundation.journal.enums import say
        from accord.foundation.notifications.events import GROUPS, register_kind
        from accord.purchasing.providers.events import GROUP, NOTIFICATIONS, PURPOSES, SUBJECTS, VERBS
        from accord.purchasing.providers.panels import own_ways
        from accord.purchasing.providers.selectors import findings_settled, keep_indicator

        GROUPS.setdefault("providers", GROUP)
        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="providers")
        say(verbs=VERBS, subjects=SUBJECTS, purposes=PURPOSES)
        keep_indicator("findings", _("Points corrigés dans le délai"), findings_settled)
        own_ways()
