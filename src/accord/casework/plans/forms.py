"""The shape of what is written into a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField

Choices = Iterable[tuple[str, str]]


class GoalForm(forms.Form):
    """A goal, in the person's words."""

    key = forms.ChoiceField(label=_("Sorte d’objectif"), required=False)
    text = forms.CharField(
        label=_("L’objectif, avec les mots de la personne"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Par exemple : « Reprendre à mi-temps dans un métier moins lourd ». Sans détail médical."
        ),
    )
    target_on = DayField(
        label=_("À atteindre jusqu’au"), required=False, help_text=_("Par exemple 22.11.2026.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if choices := list(kinds):
            self.fields["key"].choices = [("", _("aucune de celles-ci")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["key"]


class MeasureForm(forms.Form):
    """What one's institution does for a goal, and who pays."""

    goal = forms.TypedChoiceField(label=_("Pour quel objectif ?"), coerce=UUID)
    kind = forms.ChoiceField(label=_("Sorte de mesure"), required=False)
    title = forms.CharField(
        label=_("Que sera-t-il fait ?"),
        max_length=200,
        help_text=_("Une phrase courte, sans détail médical."),
    )
    colleague = forms.TypedChoiceField(
        label=_("Qui s’en occupe chez nous ?"), coerce=UUID, empty_value=None, required=False
    )
    since = DayField(label=_("Dès le"), required=False)
    until = DayField(label=_("Jusqu’au"), required=False, help_text=_("Vide : sans fin prévue."))
    intensity = forms.IntegerField(
        label=_("Taux en %"), required=False, min_value=1, max_value=100, help_text=_("Par exemple 50.")
    )
    cost_bearer = forms.TypedChoiceField(
        label=_("Qui paie ?"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("La question peut rester ouverte : d’abord clarifier, ensuite régler qui paie."),
    )
    employer = forms.TypedChoiceField(
        label=_("Chez quel employeur ?"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Ceux avec lesquels un contact est noté dans ce dossier."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        goals: Choices,
        kinds: Choices,
        colleagues: Iterable[tuple[UUID, str]],
        bearers: Choices,
        employers: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offered: dict[str, list[tuple[str, Any]]] = {
            "goal": [("", _("Choisissez…")), *goals],
            "kind": [("", _("aucune de celles-ci")), *kinds],
            "colleague": [("", _("personne encore")), *((str(key), name) for key, name in colleagues)],
            "cost_bearer": [("", _("à régler plus tard")), *bearers],
            "employer": [("", _("aucun")), *employers],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name in ("kind", "employer"):
            if len(offered[name]) == 1:
                del self.fields[name]


class StopForm(forms.Form):
    """Why a measure stops."""

    reason = forms.CharField(
        label=_("Pourquoi la mesure s’interrompt-elle ?"),
        max_length=300,
        help_text=_("En quelques mots, sans détail médical."),
    )


class JustificationForm(forms.Form):
    """Why two strategies may stand side by side."""

    sentence = forms.CharField(
        label=_("Pourquoi c’est voulu"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une phrase que toutes les institutions liront. Elle tombe si ces lignes changent."),
    )
