"""The choice of mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accord.foundation.notifications.enums import Cadence
from accord.foundation.notifications.events import HOUR, groups


class MailWishes(forms.Form):
    """One question for each group of messages, and the hour of the daily mail."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, wishes: Mapping[str, str], hour: int
    ) -> None:
        super().__init__(data, initial={**wishes, HOUR: hour})
        for group, name in groups().items():
            self.fields[group] = forms.ChoiceField(
                label=name, choices=Cadence.choices, widget=forms.RadioSelect
            )
        self.fields[HOUR] = forms.TypedChoiceField(
            label=_("Heure de l’e-mail quotidien"),
            help_text=_("Un seul e-mail par jour, pour tous les groupes réglés sur « une fois par jour »."),
            choices=[(hour, _("%(hour)s h") % {"hour": hour}) for hour in range(24)],
            coerce=int,
        )

    def choices(self) -> tuple[dict[str, str], int]:
        """The wishes by group, and the hour."""
        wishes = dict(self.cleaned_data)
        return wishes, wishes.pop(HOUR)
