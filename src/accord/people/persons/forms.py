"""The shape of what is typed about a person."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import today
from accord.kernel.identifiers import format_avs
from accord.kernel.periods import PartialDate
from accord.people.persons.enums import SENTENCES, ContactWay, Language, RepresentativeKind, Sex
from accord.people.persons.models import Person
from accord.people.persons.rules import CANTONS, TEXTS, examine
from accord.people.persons.services import Particulars

DATE_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]


def countries() -> list[tuple[str, str]]:
    """Countries in the reader's language, by name, with an empty first line."""
    names = Locale.parse(get_language() or "fr", sep="-").territories
    known = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return [("", "–"), *sorted(known, key=lambda pair: pair[1])]


def _text(
    name: str, label: Any, *, required: bool = False, help_text: Any = "", **attributes: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXTS[name],
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributes}),
    )


class PersonForm(forms.Form):
    """All particulars of a person; what is optional says so."""

    family_name = _text("family_name", _("Nom"), required=True)
    given_names = _text("given_names", _("Prénoms"), required=True)
    birth_name = _text("birth_name", _("Nom de naissance"))
    birth_date = _text(
        "birth_date",
        _("Date de naissance"),
        help_text=_("22.11.1980 ; si le jour n’est pas connu, 11.1980 ou 1980."),
    )
    avs_number = _text("avs_number", _("Numéro AVS"), help_text=_("756.1234.5678.97"), inputmode="numeric")
    sex = forms.ChoiceField(label=_("Sexe"), choices=Sex.choices, initial=Sex.UNKNOWN)
    nationality = forms.ChoiceField(label=_("Nationalité"), choices=countries, required=False)
    language = forms.ChoiceField(
        label=_("Langue"),
        choices=Language.choices,
        initial=Language.FRENCH,
        help_text=_("Celle des courriers et de l’autorisation."),
    )
    needs_interpreter = forms.BooleanField(label=_("Interprète nécessaire"), required=False)
    street = _text("street", _("Rue et numéro"))
    postal_code = _text("postal_code", _("NPA"), inputmode="numeric")
    city = _text("city", _("Localité"))
    canton = forms.ChoiceField(
        label=_("Canton"), choices=[("", "–"), *((code, code) for code in CANTONS)], required=False
    )
    phone = _text("phone", _("Téléphone"), inputmode="tel")
    email = _text("email", _("Courriel"), inputmode="email")
    contact_way = forms.ChoiceField(
        label=_("Préfère être contactée"), choices=ContactWay.choices, initial=ContactWay.LETTER
    )
    representative_kind = forms.ChoiceField(
        label=_("Représentée par"), choices=[("", "–"), *RepresentativeKind.choices], required=False
    )
    representative_name = _text("representative_name", _("Nom du représentant"))
    representative_contact = _text("representative_contact", _("Coordonnées du représentant"))

    def __init__(self, *args: Any, may_hold_avs: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_hold_avs:
            del self.fields["avs_number"]

    def clean(self) -> dict[str, Any]:
        """Put each problem that the rules find beside its field."""
        cleaned = super().clean() or self.cleaned_data
        self.examined = examine(cleaned, today=today())
        for name, problem in self.examined.problems.items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, str(SENTENCES[problem]))
        return cleaned

    def particulars(self, known: Person | None = None) -> Particulars:
        """What was typed, tidied; a field that the form does not show stays as it is known."""
        values = {name: value for name, value in self.examined.values.items() if name in self.fields}
        kept = {name: getattr(known, name) for name in self.examined.values} if known else {}
        return Particulars(**{**kept, **values})  # type: ignore[typeddict-item]


class RegisterForm(PersonForm):
    """The same, with the word that she is not one of those already known."""

    is_another = forms.BooleanField(
        label=_("J’ai vérifié : ce n’est aucune de ces personnes"), required=False
    )


class CorrectForm(PersonForm):
    """The same, with the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def initial_of(person: Person) -> dict[str, Any]:
    """Her particulars as one would type them."""
    initial = {name: getattr(person, name) for name in PersonForm.base_fields}
    born = person.birth_date
    return initial | {
        "version": person.version,
        "birth_date": PartialDate.read(born).display() if born else "",
        "avs_number": format_avs(person.avs_number),
    }


class FileOpeningForm(forms.Form):
    """One's own institution opens a file on the person."""

    number = forms.CharField(label=_("Numéro de dossier"), max_length=40, required=False)
    opened_on = forms.DateField(label=_("Ouvert le"), input_formats=DATE_FORMATS, initial=today)


class FileClosingForm(forms.Form):
    """One's own institution closes its file."""

    closed_on = forms.DateField(label=_("Fermé le"), input_formats=DATE_FORMATS, initial=today)
    reason = forms.CharField(label=_("Motif de fermeture"), max_length=200, required=False)
