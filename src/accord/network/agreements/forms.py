"""What is typed to write, sign, renew and end a convention."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import today
from accord.network.agreements.enums import AgreementKind, PartKind, PartyRole
from accord.network.agreements.models import Agreement, Version
from accord.network.institutions.models import Institution

DATE_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y"]


class DayField(forms.DateField):
    """A day, typed as people write it here: 22.11.2026 or 22/11/2026."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", DATE_FORMATS)
        options.setdefault(
            "widget",
            forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric", "placeholder": "31.12.2026"}),
        )
        options.setdefault("error_messages", {"invalid": _("Écrivez la date ainsi : 22.11.2026.")})
        super().__init__(**options)


def as_choices(institutions: Iterable[Institution]) -> list[tuple[str, str]]:
    """Institutions by name, with an empty first line."""
    return [("", str(_("Choisissez…"))), *((str(found.pk), found.name) for found in institutions)]


class DraftForm(forms.Form):
    """With whom, about what, from when to when."""

    kind = forms.ChoiceField(label=_("Genre"), choices=AgreementKind.choices)
    title = forms.CharField(
        label=_("Titre"),
        max_length=200,
        help_text=_("Ce que l’on cherchera : « Mesures de réinsertion 2027 »."),
    )
    partner = forms.TypedChoiceField(label=_("Avec qui"), coerce=UUID)
    role = forms.ChoiceField(label=_("En qualité de"), choices=PartyRole.choices, initial=PartyRole.PROVIDER)
    starts_on = DayField(label=_("Entre en vigueur le"))
    ends_on = DayField(
        label=_("Prend fin le"), required=False, help_text=_("Laissez vide pour une durée indéterminée.")
    )
    notice_months = forms.IntegerField(
        label=_("Délai de dénonciation"),
        min_value=0,
        max_value=24,
        initial=3,
        help_text=_("En mois, pour la fin d’un mois."),
    )

    def __init__(self, *args: Any, partners: Iterable[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partner"].choices = as_choices(partners)  # type: ignore[attr-defined]


class AdoptionForm(forms.Form):
    """Which framework, with whom, from when."""

    framework = forms.TypedChoiceField(label=_("Convention-cadre"), coerce=UUID)
    partner = forms.TypedChoiceField(label=_("Avec qui"), coerce=UUID)
    role = forms.ChoiceField(label=_("En qualité de"), choices=PartyRole.choices, initial=PartyRole.PARTNER)
    starts_on = DayField(label=_("Entre en vigueur le"))

    def __init__(
        self,
        *args: Any,
        frameworks: Iterable[Agreement],
        partners: Iterable[Institution],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["framework"].choices = [  # type: ignore[attr-defined]
            ("", str(_("Choisissez…"))),
            *((str(found.pk), f"{found.number} · {found.title}") for found in frameworks),
        ]
        self.fields["partner"].choices = as_choices(partners)  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """One article, or one committee."""

    kind = forms.ChoiceField(label=_("Genre"), choices=PartKind.choices, initial=PartKind.CLAUSE)
    title = forms.CharField(label=_("Titre"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Texte"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean(self) -> dict[str, Any]:
        """An article has a title and a text; one that has neither is left out."""
        cleaned = super().clean() or self.cleaned_data
        title, text = cleaned.get("title", ""), cleaned.get("text", "")
        if text and not title:
            self.add_error("title", _("Donnez un titre à cet article."))
        if title and not text:
            self.add_error("text", _("Écrivez cet article, ou effacez son titre."))
        return cleaned


PartForms: type[BaseFormSet[PartForm]] = forms.formset_factory(PartForm, extra=2, max_num=60)


def part_forms(data: Any, text: Version | None) -> BaseFormSet[PartForm]:
    """The articles of the newest text, and two empty ones."""
    parts = text.parts.all() if text else ()
    initial = [{"kind": part.kind, "title": part.title, "text": part.text} for part in parts]
    return PartForms(data, initial=initial, prefix="part")


class VersionForm(forms.Form):
    """What goes with the articles: why it changes, which annexes stay, which one comes."""

    comment = forms.CharField(
        label=_("Ce qui change, et pourquoi"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    kept = forms.TypedMultipleChoiceField(
        label=_("Annexes qui restent"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    annex_title = forms.CharField(label=_("Titre d’une nouvelle annexe"), max_length=200, required=False)
    annex = forms.FileField(
        label=_("Nouvelle annexe"),
        required=False,
        help_text=_("PDF, image ou document Word."),
        max_length=255,
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, text: Version | None, **options: Any) -> None:
        annexes = [(str(annex.pk), annex.title) for annex in text.annexes.all()] if text else []
        kept = [key for key, _title in annexes]
        options["initial"] = {"base": text.number if text else 0, "kept": kept}
        super().__init__(*args, **options)
        self.fields["kept"].choices = annexes  # type: ignore[attr-defined]
        if not annexes:
            del self.fields["kept"]

    def clean(self) -> dict[str, Any]:
        """An annex has a title."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("annex") and not cleaned.get("annex_title"):
            self.add_error("annex_title", _("Donnez un titre à l’annexe."))
        return cleaned


class PaperForm(forms.Form):
    """The signed paper comes back."""

    signatory = forms.CharField(
        label=_("Qui a signé, et en quelle qualité"),
        max_length=200,
        help_text=_("Par exemple « C. Favre, directrice »."),
    )
    signed_on = DayField(label=_("Signée le"))
    scan = forms.FileField(
        label=_("Feuille signée"), help_text=_("PDF ou image."), allow_empty_file=True, max_length=255
    )


class ElectronicForm(forms.Form):
    """Signed on the screen by somebody entitled to; the number is typed again as a second confirmation."""

    signatory = forms.CharField(
        label=_("Vos nom et fonction"),
        max_length=200,
        help_text=_("Tels qu’ils figureront sur la convention."),
    )
    entitled = forms.BooleanField(
        label=_("Je suis habilitée ou habilité à engager mon institution et j’ai lu le texte qui suit.")
    )
    confirmation = forms.CharField(
        label=_("Numéro de la convention"),
        max_length=40,
        help_text=_("Écrivez-le à nouveau pour confirmer votre signature."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TerminationForm(forms.Form):
    """The last day, and why."""

    last_day = DayField(label=_("Dernier jour"))
    reason = forms.CharField(label=_("Raison"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    is_mutual = forms.BooleanField(
        label=_("Les parties sont d’accord de ne pas attendre le délai de dénonciation."), required=False
    )


class RenewalForm(forms.Form):
    """A new convention, or a later end for this one."""

    NEW, PROLONG = "new", "prolong"
    how = forms.ChoiceField(
        label=_("Comment"),
        choices=[
            (PROLONG, _("prolonger : le même texte, une fin plus tardive, signée par toutes les parties")),
            (NEW, _("renouveler : une nouvelle convention, dont le texte se négocie")),
        ],
        widget=forms.RadioSelect,
    )
    ends_on = DayField(label=_("Nouvelle fin"), required=False, help_text=_("Nécessaire pour prolonger."))

    def clean(self) -> dict[str, Any]:
        """A prolongation has an end."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("how") == self.PROLONG and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Écrivez la nouvelle fin."))
        return cleaned


def signed_today() -> dict[str, Any]:
    """What a signature on paper begins with."""
    return {"signed_on": today()}
