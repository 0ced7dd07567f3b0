"""The choice of mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from accord.foundation.notifications.enums import Cadence
from accord.foundation.notifications.events import groups


class MailWishes(forms.Form):
    """One question for each group of messages."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, wishes: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(wishes))
        for group, name in groups().items():
            self.fields[group] = forms.ChoiceField(
                label=name, choices=Cadence.choices, widget=forms.RadioSelect
            )
