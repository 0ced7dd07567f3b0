"""What is typed at the invoice desk and by providers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import today
from accord.network.agreements.forms import DayField
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.models import PaymentTerms
from accord.purchasing.invoices.rules.writing import DraftLine
from accord.purchasing.measures.models import MandatePosition
from accord.purchasing.providers.forms import gln_field, iban_field

LINES = 4
"""Lines of the online form; longer invoices come from a program."""


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each looked at like one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Every file that was chosen."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    """XML files, and to which office."""

    office = forms.ChoiceField(label=_("Office AI"))
    messages = FilesField(
        label=_("Factures en XML"),
        help_text=_("generalInvoiceRequest 4.5 ou 5.0, une facture par fichier, 20 Mo au plus chacune."),
        widget=FilesInput(attrs={"accept": ".xml,text/xml,application/xml"}),
    )

    def __init__(self, *args: Any, offices: Iterable[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].choices = [(str(one.pk), one.name) for one in offices]  # type: ignore[attr-defined]


class InvoiceForm(forms.Form):
    """The invoice of a mandate for those without a program."""

    number = forms.CharField(label=_("Votre numéro de facture"), max_length=35)
    gender = forms.ChoiceField(
        label=_("Sexe de la personne, tel que le format l’exige"),
        choices=[("female", _("femme")), ("male", _("homme"))],
    )
    reference = forms.CharField(
        label=_("Référence de paiement"),
        max_length=27,
        required=False,
        help_text=_("27 chiffres avec un QR-IBAN ; sinon une référence RF, ou rien."),
    )

    def __init__(self, *args: Any, positions: Iterable[MandatePosition], **options: Any) -> None:
        super().__init__(*args, **options)
        self.positions = {one.code: one for one in positions}
        choices = [("", "–"), *((code, f"{code}  {one.label}") for code, one in self.positions.items())]
        for place in range(1, LINES + 1):
            self.fields[f"code_{place}"] = forms.ChoiceField(
                label=_("Position"), choices=choices, required=place == 1
            )
            self.fields[f"quantity_{place}"] = forms.DecimalField(
                label=_("Quantité"),
                min_value=Decimal("0.0001"),
                max_digits=9,
                decimal_places=4,
                required=place == 1,
                localize=True,
            )
            self.fields[f"begin_{place}"] = DayField(label=_("Du"), required=place == 1)
            self.fields[f"end_{place}"] = DayField(label=_("Au"), required=False)

    def clean(self) -> dict[str, Any]:
        """A line that was begun is complete."""
        cleaned: dict[str, Any] = super().clean() or {}
        for place in range(1, LINES + 1):
            if not cleaned.get(f"code_{place}"):
                continue
            for name in ("quantity", "begin"):
                if cleaned.get(f"{name}_{place}") is None and f"{name}_{place}" not in self.errors:
                    self.add_error(f"{name}_{place}", _("Complétez cette ligne."))
        return cleaned

    @property
    def lines(self) -> list[DraftLine]:
        """The lines that were typed."""
        typed = self.cleaned_data
        return [
            DraftLine(
                code=position.code,
                name=position.label,
                quantity=typed[f"quantity_{place}"],
                price=position.price,
                begin=typed[f"begin_{place}"],
                end=typed[f"end_{place}"],
            )
            for place in range(1, LINES + 1)
            if (position := self.positions.get(typed.get(f"code_{place}", "")))
        ]


class WordForm(forms.Form):
    """A question to the provider, or the reason of a refusal."""

    text = forms.CharField(
        label=_("Ce que le prestataire lira"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        help_text=_("Sans donnée de santé : la réponse part aussi dans le fichier XML."),
    )


class KeyForm(forms.Form):
    """A key for a program; the key itself was drawn when the page was made."""

    name = forms.CharField(
        label=_("Nom de la clé"), max_length=60, help_text=_("Le programme ou l’appareil qui l’utilisera.")
    )
    signed = forms.CharField(widget=forms.HiddenInput)


class OrderForm(forms.Form):
    """When the bank pays."""

    execute_on = DayField(label=_("Jour d’exécution"), initial=today)


class StatementForm(forms.Form):
    """What the bank booked."""

    statement = forms.FileField(
        label=_("Avis de débit (camt.054)"), help_text=_("Le fichier XML de la banque.")
    )


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the office pays."""

    gln = gln_field()
    iban = iban_field(_("Compte débité (IBAN)"))

    class Meta:
        model = PaymentTerms
        fields = ["iban", "gln", "postal_code", "city", "four_eyes_above", "days"]
