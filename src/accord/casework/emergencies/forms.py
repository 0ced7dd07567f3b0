"""What is typed to act in an emergency, and to review it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accord.casework.cases.enums import Category
from accord.casework.emergencies.enums import Outcome, Reason
from accord.casework.emergencies.rules import SHORTEST_SENTENCE, hours_offered, is_a_sentence
from accord.casework.emergencies.services import Plea

USUAL_HOURS = 4


def _sentence(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        min_length=SHORTEST_SENTENCE if required else None,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""}),
    )


class PleaForm(forms.Form):
    """Which case, why, what and how long; the medical data have a tick and a sentence of their own."""

    number = forms.CharField(
        label=gettext_lazy("Numéro du dossier ou numéro AVS de la personne"),
        help_text=gettext_lazy("Le numéro exact : on ne cherche pas par le nom."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi est-ce urgent ?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    explanation = _sentence(
        gettext_lazy("Que se passe-t-il ?"),
        gettext_lazy("Une phrase que la personne et celui qui revoit cet accès liront."),
    )
    categories = forms.TypedMultipleChoiceField(
        label=gettext_lazy("De quoi avez-vous besoin ?"),
        help_text=gettext_lazy("Seulement ce qui aide maintenant."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    medical = forms.BooleanField(
        label=gettext_lazy("J’ai aussi besoin des données médicales"), required=False
    )
    medical_explanation = _sentence(
        gettext_lazy("Pourquoi les données médicales ?"),
        gettext_lazy("Seulement si vous les demandez."),
        required=False,
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("Pour combien de temps ?"),
        help_text=gettext_lazy("L’accès se ferme de lui-même ; le dispositif peut le limiter davantage."),
        coerce=int,
        initial=USUAL_HOURS,
    )

    def __init__(self, *args: Any, kinds: list[tuple[int, str]], longest: int, **options: Any) -> None:
        super().__init__(*args, **options)
        plain = [(mask, label) for mask, label in kinds if mask != Category.MEDICAL]
        self.fields["categories"].choices = plain  # type: ignore[attr-defined]
        self.fields["hours"].choices = [  # type: ignore[attr-defined]
            (hours, ngettext("%(n)s heure", "%(n)s heures", hours) % {"n": hours})
            for hours in hours_offered(longest)
        ]

    def clean(self) -> dict[str, Any]:
        """Something is asked for, and the medical data with their own sentence."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("categories") and not cleaned.get("medical"):
            self.add_error("categories", _("Choisissez au moins une sorte de données."))
        if cleaned.get("medical") and not is_a_sentence(cleaned.get("medical_explanation", "")):
            self.add_error(
                "medical_explanation",
                _(
                    "Dites en une phrase d’au moins 20 caractères pourquoi il vous faut les données médicales."
                ),
            )
        return cleaned

    def plea(self) -> Plea:
        """What was asked, as the service takes it."""
        data = self.cleaned_data
        mask = sum(data["categories"]) | (int(Category.MEDICAL) if data["medical"] else 0)
        return Plea(
            number=data["number"],
            reason=data["reason"],
            explanation=data["explanation"],
            categories=mask,
            hours=data["hours"],
            medical_explanation=data["medical_explanation"] if data["medical"] else "",
        )


class ReviewForm(forms.Form):
    """What the review finds."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Cet accès était-il justifié ?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    review = _sentence(
        gettext_lazy("Ce que vous constatez"), gettext_lazy("Une phrase d’au moins 20 caractères.")
    )
    follow_up = forms.CharField(
        label=gettext_lazy("Suites données"),
        help_text=gettext_lazy("Nécessaire si l’accès n’était pas justifié."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
