"""What the doctor types before her report: releases, contacts, notes, conclusions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.casework.medical.enums import Means
from accord.casework.medical.services import Learnt

TEXT_LENGTH = 20_000


class TreatingDoctorForm(forms.Form):
    """A doctor who treats the person."""

    name = forms.CharField(label=_("Nom"), max_length=120, help_text=_("Par exemple Dre Rey."))
    speciality = forms.CharField(label=_("Spécialité"), max_length=120, required=False)
    reached_at = forms.CharField(
        label=_("Où la joindre"),
        max_length=200,
        required=False,
        help_text=_("Téléphone du cabinet ou adresse."),
    )


class ReleaseForm(forms.Form):
    """What the person signed."""

    signed_on = DayField(label=_("Signée le"), help_text=_("Par exemple 22.11.2026."))
    valid_until = DayField(label=_("Valable jusqu’au"), help_text=_("Ce jour compris, selon la feuille."))
    scan = forms.FileField(
        label=_("Feuille signée"),
        help_text=_("Toutes les pages, en PDF, ou une photo bien lisible (PNG, JPEG)."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class ContactForm(forms.Form):
    """A contact with a treating doctor; it is kept while one types, complete or not."""

    on = DayField(label=_("Jour"), required=False, help_text=_("Le jour où vous l’avez joint."))
    means = forms.ChoiceField(
        label=_("Par quel moyen"), choices=Means.choices, initial=Means.PHONE, widget=forms.RadioSelect
    )
    learnt = forms.CharField(
        label=_("Ce que vous avez appris"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def typed(self) -> Learnt:
        """What was typed so far."""
        return Learnt(self.cleaned_data["on"], self.cleaned_data["means"], self.cleaned_data["learnt"])


class NotesForm(forms.Form):
    """Notes of the interview."""

    text = forms.CharField(
        label=_("Notes d’entretien"),
        required=False,
        max_length=TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Elles restent à votre service, et servent à votre rapport."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ConclusionForm(forms.Form):
    """What the doctor found out about an incapacity."""

    conclusion = forms.CharField(
        label=_("Ce qui est éclairci"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Reste dans le compartiment médical ; publiez le résumé fonctionnel si la capacité de travail change."
        ),
    )
