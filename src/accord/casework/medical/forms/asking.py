"""Ask the doctor: why she, what was tried, which questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.casework.medical.enums import Help
from accord.casework.medical.rules.asking import Plea
from accord.network.programmes.rules import Programme

TEXT_LENGTH = 3_000


class ReasonForm(forms.Form):
    """One sentence that says why."""

    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une phrase, sans détail médical."),
    )


class AskForm(forms.Form):
    """A request to the doctor; a precise question has the same form without the measures."""

    region = forms.ChoiceField(label=_("Région de la personne"), widget=forms.RadioSelect)
    help_needed = forms.ChoiceField(
        label=_("Qu’est-ce qui demande une compétence médicale ?"),
        choices=Help.choices,
        widget=forms.RadioSelect,
        help_text=_("Le médecin n’est pas chargé de ce que d’autres peuvent faire."),
    )
    why_medical = forms.CharField(
        label=_("Pourquoi est-elle nécessaire dans ce cas ?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tried_before = forms.CharField(
        label=_("Qu’a-t-on déjà tenté sans le médecin ?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : qui a été interrogé, quels documents ont été demandés."),
    )
    is_insisted = forms.BooleanField(
        label=_("Le médecin du service est nécessaire malgré cela"),
        required=False,
        widget=forms.HiddenInput,
    )
    usual = forms.MultipleChoiceField(
        label=_("Questions habituelles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    offered = forms.MultipleChoiceField(
        label=_("Questions écrites sur l’annonce"), required=False, widget=forms.CheckboxSelectMultiple
    )
    specific = forms.CharField(
        label=_("Questions particulières"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une question par ligne."),
    )
    measures = forms.CharField(
        label=_("Mesures proposées"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Celles pour lesquelles il faut savoir si la personne est apte."),
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        offered: Iterable[str],
        is_advice: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        language = get_language() or "fr"
        self._choose("region", [(one.key, one.label.in_(language)) for one in programme.regions])
        self._choose("usual", [(one.key, one.label.in_(language)) for one in programme.questions])
        self._choose("offered", [(text, text) for text in offered])
        if not is_advice:
            self.fields["usual"].initial = [one.key for one in programme.questions]
        else:
            del self.fields["measures"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def plea(self) -> Plea:
        """Why the doctor is needed."""
        typed = self.cleaned_data
        return Plea(typed["help_needed"], typed["why_medical"], typed["tried_before"])

    def own_questions(self) -> list[str]:
        """Questions in words: those taken from the announcement, and one from each line."""
        typed = self.cleaned_data
        lines = (line.strip(" -–•\t") for line in typed["specific"].splitlines())
        return [*typed.get("offered", []), *(line for line in lines if line)]

    def show_other_way(self) -> None:
        """Offer to go on although others could answer."""
        self.fields["is_insisted"].widget = forms.CheckboxInput()
