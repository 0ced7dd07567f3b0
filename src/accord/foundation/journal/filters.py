"""What one looks for in the journal, kept in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.foundation.journal.enums import verbs_like
from accord.foundation.journal.selectors import Search
from accord.kernel.periods import PartialDate

KINDS = {"reads": True, "writes": False}


class TypedDay(forms.Field):
    """A day as people type it: 22.11.2026, 22/11/2026 or 2026-11-22."""

    def to_python(self, value: Any) -> Any:
        """The day, or None when nothing was typed."""
        if not value:
            return None
        try:
            typed = PartialDate.read(str(value))
        except ValueError:
            typed = None
        if typed is None or typed.day is None:
            raise forms.ValidationError(_("Écrivez un jour, par exemple 22.11.2026."))
        return typed.earliest()


class JournalFilter(forms.Form):
    """Period, person, verb, case, reads or writes."""

    since = TypedDay(label=gettext_lazy("Depuis le"), required=False)
    until = TypedDay(label=gettext_lazy("Jusqu’au"), required=False)
    person = forms.CharField(label=gettext_lazy("Qui"), required=False, max_length=100)
    verb = forms.CharField(label=gettext_lazy("Acte"), required=False, max_length=60)
    case = forms.CharField(label=gettext_lazy("Dossier"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("Sorte"), required=False, choices=[("", ""), ("reads", ""), ("writes", "")]
    )

    def clean(self) -> dict[str, Any]:
        """A period that ends before it begins finds nothing: say so."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("La période se termine avant de commencer."))
        return cleaned


def search_from(query: QueryDict) -> tuple[Search, dict[str, list[str]]]:
    """What is looked for, and the errors by field; a field with an error does not narrow."""
    form = JournalFilter(query)
    form.is_valid()
    typed = form.cleaned_data
    search = Search(
        since=typed.get("since"),
        until=typed.get("until"),
        person=typed.get("person", ""),
        verbs=verbs_like(typed["verb"]) if typed.get("verb") else (),
        case=typed.get("case", ""),
        reads=KINDS.get(typed.get("kind", "")),
    )
    return search, {field: list(map(str, errors)) for field, errors in form.errors.items()}
