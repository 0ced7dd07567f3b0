"""The shape of a decision to merge."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.kernel.identifiers import format_avs
from accord.kernel.periods import PartialDate
from accord.people.matching.rules import Choice, Difference
from accord.people.persons.models import Person


class Row(NamedTuple):
    """One thing that two registrations say differently, in words."""

    difference: Difference
    label: str
    kept: str
    gone: str


class MergeForm(forms.Form):
    """One question for each contradiction, and why it is one person."""

    reason = forms.CharField(
        label=_("Pourquoi est-ce la même personne ?"),
        max_length=200,
        error_messages={"required": _("Dites pourquoi c’est la même personne.")},
        help_text=_("Par exemple : pièce d’identité vue, confirmé par elle au téléphone."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    read = forms.RegexField(r"^\d+-\d+$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, contradictions: list[Row], **options: Any) -> None:
        super().__init__(*args, **options)
        questions = {
            row.difference.key: forms.ChoiceField(
                label=row.label,
                choices=[
                    (Choice.KEPT.value, _("%(word)s (celle qui reste)") % {"word": row.kept}),
                    (Choice.GONE.value, _("%(word)s (celle qui est réunie)") % {"word": row.gone}),
                ],
                error_messages={"required": _("Les deux enregistrements se contredisent : choisissez.")},
                widget=forms.RadioSelect,
            )
            for row in contradictions
        }
        self.fields = {**questions, **self.fields}

    def decided(self) -> dict[str, Choice]:
        """Whose word is kept, question by question."""
        asked = self.fields.keys() - {"reason", "read"}
        return {name: Choice(value) for name, value in self.cleaned_data.items() if name in asked}

    def versions(self) -> tuple[int, int]:
        """The versions of both registrations that were compared."""
        kept, gone = self.cleaned_data["read"].split("-")
        return int(kept), int(gone)


def versions_of(kept: Person, gone: Person) -> str:
    """As the form carries them."""
    return f"{kept.version}-{gone.version}"


def words_of(person: Person, fields: tuple[str, ...]) -> str:
    """What a registration says under these fields, as one reads it."""
    if fields[0] == "street":
        town = " ".join(filter(None, (person.postal_code, person.city, person.canton)))
        return ", ".join(filter(None, (person.street, town))) or "–"
    return ", ".join(filter(None, (_word(person, name) for name in fields))) or "–"


def label_of(fields: tuple[str, ...]) -> str:
    """How what is decided together is called."""
    groups = {"street": _("Adresse"), "representative_kind": _("Représentant")}
    return str(groups.get(fields[0]) or Person._meta.get_field(fields[0]).verbose_name)  # type: ignore[union-attr]


def _word(person: Person, name: str) -> str:
    value = getattr(person, name)
    match name:
        case "birth_date":
            return PartialDate.read(value).display() if value else ""
        case "avs_number":
            return format_avs(value)
        case "needs_interpreter":
            return str(_("Interprète nécessaire") if value else _("sans interprète"))
    display = getattr(person, f"get_{name}_display", None)
    return str(display() if display and value else value)
