"""What is typed to prepare, sign, narrow and end an authorisation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.casework.consents.enums import Signatory
from accord.casework.consents.rules import add_months, is_drawn, mark_of
from accord.casework.consents.selectors import Grid, purpose_texts
from accord.kernel.clock import today
from accord.network.programmes.rules import LawRule, Programme
from accord.people.persons.enums import Language

OWN_WORDS = "own"
"""The purpose that is told in own words."""
ONCE, SEVERAL = "once", "several"
LONGEST_DRAWING = 1_000_000
"""Characters of a drawn signature; a long one takes some thirty thousand."""


def grants_from(marks: Iterable[str], programme: Programme) -> dict[UUID, int]:
    """The ticked cells as a bit set for each institution."""
    grants: dict[UUID, int] = {}
    for mark in marks:
        institution_id, _colon, category = mark.partition(":")
        key = UUID(institution_id)
        grants[key] = grants.get(key, 0) | programme.category(category).mask
    return grants


class GridField(forms.MultipleChoiceField):
    """The ticked cells of the grid; only cells that the grid offers are accepted."""

    def __init__(self, grid: Grid, *, only_granted: bool = False) -> None:
        super().__init__(
            label=_("Qui peut voir quoi"),
            choices=[
                (mark_of(row.institution.pk, cell.key), f"{row.institution} : {cell.category.label}")
                for row in grid.rows
                for cell in row.cells
                if (cell.granted if only_granted else not cell.article)
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Cochez au moins une sorte de données pour une institution."),
                "invalid_choice": _("Une case ne fait pas partie de ce tableau : relisez-le."),
            },
        )


class ComposeForm(forms.Form):
    """The authorisation before it is signed."""

    language = forms.ChoiceField(
        label=_("Langue de la personne"),
        choices=Language.choices,
        help_text=_("La phrase et le formulaire sont écrits dans cette langue."),
    )
    purpose = forms.ChoiceField(label=_("Dans quel but ?"), widget=forms.RadioSelect)
    own_purpose = forms.CharField(
        label=_("Le but en mots simples"),
        required=False,
        max_length=200,
        help_text=_("Si le but n’est pas dans la liste. Écrivez-le dans la langue de la personne."),
    )
    exchanges = forms.ChoiceField(
        label=_("Combien de fois ?"),
        choices=[(SEVERAL, _("plusieurs échanges")), (ONCE, _("un seul échange"))],
        widget=forms.RadioSelect,
    )
    valid_from = DayField(label=_("Valable dès le"))
    valid_until = DayField(label=_("Valable jusqu’au"))

    def __init__(self, *args: Any, programme: Programme, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self._choice("purpose").choices = [
            *purpose_texts(programme, get_language() or "fr"),
            (OWN_WORDS, _("Un autre but, à écrire ci-dessous")),
        ]
        if not programme.consent.recurring_allowed:
            self._choice("exchanges").choices = [(ONCE, _("un seul échange"))]
        self.fields["valid_until"].help_text = _("Au plus %(months)d mois après le début.") % {
            "months": programme.consent.max_months
        }
        self.fields["grants"] = GridField(grid)

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    @staticmethod
    def defaults(programme: Programme, language: str) -> dict[str, Any]:
        """What stands in a new form: from today, for as long as the programme proposes."""
        several = programme.consent.recurring_allowed
        return {
            "language": language,
            "exchanges": SEVERAL if several else ONCE,
            "valid_from": today(),
            "valid_until": add_months(today(), programme.consent.default_months) - timedelta(days=1),
        }

    def clean(self) -> dict[str, Any]:
        """A purpose in own words needs the words."""
        cleaned = super().clean() or {}
        if cleaned.get("purpose") == OWN_WORDS and not cleaned.get("own_purpose"):
            self.add_error("own_purpose", _("Dites en une phrase courte à quoi sert l’échange."))
        return cleaned

    def purpose_in_words(self) -> str:
        """The purpose as the person reads it; empty while none is chosen."""
        chosen = self.cleaned_data.get("purpose", "")
        if chosen == OWN_WORDS:
            return str(self.cleaned_data.get("own_purpose", ""))
        language = self.cleaned_data.get("language", "fr")
        return self.programme.purpose(chosen).label.in_(language) if chosen else ""

    def granted(self) -> dict[UUID, int]:
        """The ticked cells as bit sets; those that are accepted, even while the form has faults."""
        return grants_from(self.cleaned_data.get("grants", []), self.programme)

    def days(self) -> tuple[date | None, date | None]:
        """First and last day, as far as they could be read."""
        return self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")

    def is_recurring(self) -> bool:
        """Whether several exchanges are meant."""
        return bool(self.cleaned_data.get("exchanges", SEVERAL) == SEVERAL)


class SignedForm(forms.Form):
    """Who signed."""

    signatory = forms.ChoiceField(
        label=_("Qui a signé ?"),
        choices=Signatory.choices,
        widget=forms.RadioSelect,
        initial=Signatory.PERSON,
    )


class PaperForm(SignedForm):
    """The signed sheet."""

    signed_on = DayField(label=_("Signée le"))
    scan = forms.FileField(
        label=_("Feuille signée"),
        help_text=_("Toutes les pages, en PDF, ou une photo bien lisible (PNG, JPEG)."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_signed_on(self) -> date:
        """Nobody signed tomorrow."""
        signed_on: date = self.cleaned_data["signed_on"]
        if signed_on > today():
            raise forms.ValidationError(_("La date de signature est dans le futur."))
        return signed_on


class ScreenForm(SignedForm):
    """The signature drawn on the screen."""

    strokes = forms.CharField(
        label=_("Signature"),
        max_length=LONGEST_DRAWING,
        widget=forms.HiddenInput,
        error_messages={"required": _("Signez dans le cadre.")},
    )

    def clean_strokes(self) -> list[list[list[float]]]:
        """Strokes of points, and nothing else."""
        try:
            drawn = json.loads(self.cleaned_data["strokes"])
        except (ValueError, RecursionError):
            drawn = None
        if not is_drawn(drawn):
            raise forms.ValidationError(_("Signez dans le cadre."))
        strokes: list[list[list[float]]] = drawn
        return strokes


class NarrowForm(forms.Form):
    """What the person still grants."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = GridField(grid, only_granted=True)
        left.error_messages["required"] = _("Il ne resterait rien : révoquez l’autorisation.")
        self.fields["grants"] = left


class RevokeForm(forms.Form):
    """How the person made it known."""

    note = forms.CharField(
        label=_("Comment la personne l’a-t-elle fait savoir ?"),
        required=False,
        max_length=200,
        help_text=_("Par exemple : « par téléphone ». Elle n’a pas à donner de raison."),
    )


class LawForm(forms.Form):
    """Whom an article allows to inform."""

    choice = forms.ChoiceField(label=_("Article et institution"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self) -> tuple[str, str, UUID]:
        """The circle, the key of the article, and the institution."""
        law, institution_id, *circle = self.cleaned_data["choice"].split(":")
        return "".join(circle), law, UUID(institution_id)


def law_choice(law: LawRule, institution_id: UUID, circle: str = "") -> str:
    """How a choice of article and institution is sent, and of the second circle when it is that one's."""
    return f"{law.key}:{institution_id}{f':{circle}' if circle else ''}"
