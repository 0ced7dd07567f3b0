"""The shape of what is written into the joint diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import Audience
from accord.casework.cases.forms import institutions_as_choices
from accord.casework.diagnosis.enums import PROMPTS, SHARED, Part
from accord.casework.diagnosis.models import Draft
from accord.casework.diagnosis.rules import Texts
from accord.network.institutions.models import Institution

TEXT_LENGTH = 5_000
HELP = {
    "known": _("Les faits, en phrases courtes."),
    "helps": _("Ce sur quoi l’on peut bâtir."),
    "hinders": _("Ce qui empêche d’avancer."),
    "needed": _("Ce qui devrait arriver, sans encore dire qui le fait."),
}


class ArrangementForm(forms.Form):
    """Which parts this case needs, and who writes each."""

    needed = forms.MultipleChoiceField(
        label=_("Parties nécessaires dans ce dossier"),
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le plan commun peut commencer quand chacune d’elles est signée."),
        error_messages={"required": _("Choisissez au moins une partie.")},
    )

    def __init__(self, *args: Any, institutions: Iterable[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = institutions_as_choices(institutions)
        for part in Part:
            self.fields[f"holder_{part}"] = forms.TypedChoiceField(
                label=_("Qui écrit « %(part)s » ?") % {"part": part.label},
                choices=choices,
                coerce=UUID,
                empty_value=None,
                required=False,
            )

    @property
    def holders(self) -> dict[str, UUID | None]:
        """Each part with the institution chosen for it."""
        return {part.value: self.cleaned_data[f"holder_{part}"] for part in Part}


class SectionForm(forms.Form):
    """One part in short prompts, and who may read it once it is signed."""

    readers = forms.ChoiceField(
        label=_("Qui pourra la lire une fois signée ?"), choices=SHARED, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (*PROMPTS, "readers", "version")

    def __init__(self, *args: Any, draft: Draft, **options: Any) -> None:
        options["initial"] = {**draft.texts.by_prompt(), "readers": draft.readers, "version": draft.version}
        super().__init__(*args, **options)
        for prompt, label in PROMPTS.items():
            self.fields[prompt] = forms.CharField(
                label=label,
                max_length=TEXT_LENGTH,
                required=False,
                help_text=HELP[prompt],
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.order_fields(self.field_order)

    def stands_at(self, version: int) -> None:
        """Let the form shown again carry the version that it has just saved."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data

    @property
    def texts(self) -> Texts:
        """What was typed, prompt by prompt."""
        return Texts(*(self.cleaned_data.get(prompt, "") for prompt in PROMPTS))


class DifferenceForm(forms.Form):
    """How one’s own institution sees it."""

    text = forms.CharField(
        label=_("Comment votre institution voit-elle cette partie ?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Votre avis se lit à côté du texte signé ; il ne le remplace pas."),
    )
    audience = forms.ChoiceField(
        label=_("Qui peut lire cet avis ?"), choices=SHARED, initial=Audience.CIRCLE, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    """What the institution that writes the part replies."""

    text = forms.CharField(
        label=_("Votre réponse"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5})
    )
