"""What is typed about offers, providers, quality and prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import today
from accord.network.agreements.forms import DayField
from accord.network.institutions.enums import Role
from accord.purchasing.providers.enums import Piece, ProviderKind, Unit, Verdict, Weight
from accord.purchasing.providers.models import Offer, QualityLabel
from accord.purchasing.providers.rules.identifiers import normalise_gln, normalise_iban, normalise_nif
from accord.purchasing.providers.rules.offers import REQUIRED
from accord.purchasing.providers.services.providing import PROVIDER_ROLES

LONGEST = 10_000


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-draft": ""})


class NumberField(forms.CharField):
    """An official number, checked and kept without its spaces."""

    def __init__(self, normalise: Callable[[str], str], wrong: object, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.normalise, self.wrong = normalise, wrong

    def clean(self, value: Any) -> str:
        """The number as it is kept."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        try:
            return self.normalise(typed)
        except ValueError as error:
            raise forms.ValidationError(str(self.wrong)) from error


def gln_field() -> NumberField:
    """A GLN."""
    return NumberField(
        normalise_gln,
        _("Un GLN a 13 chiffres dont le dernier vérifie les autres ; relisez-le."),
        label=_("GLN"),
        help_text=_("13 chiffres ; nécessaire pour la facturation électronique, gratuit auprès de Refdata."),
    )


def nif_field() -> NumberField:
    """A NIF."""
    return NumberField(
        normalise_nif,
        _("Un NIF a un à sept chiffres."),
        label=_("NIF"),
        help_text=_("Attribué par la Centrale de compensation après la première facture payée."),
    )


def iban_field(label: object = _("IBAN ou QR-IBAN")) -> NumberField:
    """An account."""
    return NumberField(
        normalise_iban,
        _("Ce n’est pas un compte suisse ou liechtensteinois valable ; relisez l’IBAN."),
        label=label,
        help_text=_("Par exemple CH93 0076 2011 6238 5295 7."),
    )


class EmailForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        help_text=_("Vous y recevez un lien vers votre offre ; aucun compte n’est nécessaire."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    """The offer; everything may be left empty until it is sent, and what must not then is not marked optional."""

    use_required_attribute = False

    gln = gln_field()
    nif = nif_field()
    iban = iban_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Offer
        fields = [
            "name", "provider_kind", "contact", "phone", "address", "languages", "places", "offers",
            "quality", "prices", "gln", "nif", "iban",
        ]  # fmt: skip
        widgets = {
            "address": _long(3), "offers": _long(6), "quality": _long(6), "prices": _long(4),
        }  # fmt: skip
        help_texts = {
            "languages": _("Langues de l’accompagnement, par exemple français, allemand."),
            "places": _("Où les mesures ont lieu."),
            "offers": _("Pour qui, dans quel but, de quelle durée, avec quel encadrement."),
            "quality": _("Formation du personnel, labels, façon de mesurer les résultats."),
            "prices": _("Par cas, mois, semaine, jour ou heure, avec ce que le prix comprend."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = False
        self.fields["version"].required = True
        self.fields["version"].initial = self.instance.version
        self.fields["provider_kind"] = forms.ChoiceField(
            label=_("Genre de prestataire"),
            choices=[("", _("Choisissez…")), *ProviderKind.choices],
            required=False,
        )
        if not self.is_bound:
            self._ask_for_the_rest()

    def full_clean(self) -> None:
        """A draft is kept with what it still lacks."""
        super().full_clean()
        self._ask_for_the_rest()

    def _ask_for_the_rest(self) -> None:
        for name in REQUIRED:
            self.fields[name].required = True


class PieceForm(forms.Form):
    """A document to join."""

    piece = forms.ChoiceField(label=_("Genre de document"), choices=Piece.choices)
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("PDF, image, document Word ou OpenDocument ; il est contrôlé à l’arrivée."),
        allow_empty_file=True,
        max_length=255,
    )


class AnswerForm(forms.Form):
    """The answer to a question."""

    answer = forms.CharField(label=_("Votre réponse"), max_length=LONGEST, widget=_long(6))


class QuestionForm(forms.Form):
    """What contract management would like to know."""

    question = forms.CharField(
        label=_("Question"),
        max_length=LONGEST,
        widget=_long(5),
        help_text=_("Elle arrive par un lien à l’adresse de l’offre."),
    )


class DecisionForm(forms.Form):
    """What is proposed, and why."""

    verdict = forms.ChoiceField(label=_("Décision"), choices=Verdict.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Raisons"),
        max_length=LONGEST,
        required=False,
        widget=_long(5),
        help_text=_("Celles d’un refus sont communiquées telles quelles."),
    )


class GuidanceForm(forms.Form):
    """A text to publish."""

    text = forms.CharField(label=_("Texte"), max_length=LONGEST, widget=_long(16))
    base = forms.IntegerField(widget=forms.HiddenInput)


class ProviderForm(forms.Form):
    """What is known of a provider."""

    provider_kind = forms.ChoiceField(label=_("Genre de prestataire"), choices=ProviderKind.choices)
    offers = forms.CharField(
        label=_("Ce qui est proposé"), max_length=LONGEST, required=False, widget=_long(5)
    )
    languages = forms.CharField(label=_("Langues"), max_length=60, required=False)
    places = forms.CharField(label=_("Lieux"), max_length=200, required=False)
    website = forms.URLField(label=_("Site internet"), required=False, assume_scheme="https")
    gln = gln_field()
    nif = nif_field()
    iban = iban_field()
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a provider is suspended, or readmitted."""

    reason = forms.CharField(label=_("Raison"), max_length=400, widget=_long(3))


class InvitationForm(forms.Form):
    """Who will work for the provider in Accord."""

    email = forms.EmailField(label=_("Adresse e-mail professionnelle"), max_length=254)
    first_name = forms.CharField(label=_("Prénom"), max_length=100)
    last_name = forms.CharField(label=_("Nom"), max_length=100)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=[(role.value, role.label) for role in PROVIDER_ROLES],
        initial=Role.ADMINISTRATOR,
        help_text=_("L’administration nomme elle-même ses collègues."),
    )


class CertificateForm(forms.Form):
    """A quality certificate."""

    label = forms.ChoiceField(label=_("Label"))
    number = forms.CharField(label=_("Numéro"), max_length=60, required=False)
    valid_from = DayField(label=_("Valable dès le"))
    valid_until = DayField(label=_("Valable jusqu’au"))
    file = forms.FileField(
        label=_("Certificat"), required=False, help_text=_("PDF ou image."), max_length=255
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = QualityLabel.objects.filter(is_offered=True)
        self.fields["label"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisissez…")),
            *((label.slug, label.name) for label in labels),
        ]


class VisitForm(forms.Form):
    """A visit that took place."""

    on = DayField(label=_("Jour de la visite"), initial=today)
    summary = forms.CharField(label=_("Ce qui a été vu"), max_length=LONGEST, widget=_long(6))


class FindingForm(forms.Form):
    """What the visit found."""

    weight = forms.ChoiceField(label=_("Genre"), choices=Weight.choices, initial=Weight.REMARK)
    text = forms.CharField(label=_("Constat"), max_length=LONGEST, required=False, widget=_long(2))
    due_on = DayField(
        label=_("À corriger jusqu’au"), required=False, help_text=_("Pour un point à corriger seulement.")
    )

    def clean(self) -> dict[str, Any]:
        """A point to correct has a day."""
        cleaned = super().clean() or self.cleaned_data
        is_demand = cleaned.get("weight") == Weight.DEMAND and cleaned.get("text")
        if is_demand and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Un point à corriger a un délai."))
        return cleaned


FindingForms: type[BaseFormSet[FindingForm]] = forms.formset_factory(FindingForm, extra=3, max_num=30)


class SettleForm(forms.Form):
    """How a point was put right."""

    done_note = forms.CharField(label=_("Comment c’est réglé"), max_length=400, widget=_long(3))


class PriceForm(forms.Form):
    """A position and its price."""

    code = forms.CharField(
        label=_("Position"), max_length=9, help_text=_("90x.xxx.u ; le dernier chiffre dit l’unité.")
    )
    label = forms.CharField(label=_("Prestation"), max_length=200)
    unit = forms.ChoiceField(label=_("Unité"), choices=Unit.choices)
    price = forms.DecimalField(label=_("Prix (CHF)"), max_digits=10, decimal_places=2)
    valid_from = DayField(label=_("Valable dès le"))
    comment = forms.CharField(label=_("Pourquoi"), max_length=400, required=False, widget=_long(2))


class CounterForm(forms.Form):
    """Another price."""

    price = forms.DecimalField(label=_("Prix (CHF)"), max_digits=10, decimal_places=2)
    valid_from = DayField(label=_("Valable dès le"))
    comment = forms.CharField(label=_("Pourquoi"), max_length=400, required=False, widget=_long(2))
