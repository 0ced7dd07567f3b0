"""The shape of what is written about employers and contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.casework.employers.enums import About, Ground, Way
from accord.kernel.clock import today

RESULT_LENGTH = 4000


class EmployerForm(forms.Form):
    """An enterprise as the directory keeps it."""

    name = forms.CharField(label=_("Nom de l’entreprise"), max_length=150)
    uid = forms.CharField(
        label=_("Numéro IDE"),
        max_length=30,
        required=False,
        help_text=_("Par exemple CHE-123.456.788 ; il se trouve sur le papier à lettres."),
    )
    postal_code = forms.CharField(label=_("NPA"), max_length=10, required=False)
    city = forms.CharField(label=_("Localité"), max_length=100)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewEmployerForm(EmployerForm):
    """An enterprise that is not in the directory yet; `is_new` is asked once likely doubles were shown."""

    is_new = forms.BooleanField(label=_("C’est une autre entreprise que celles-ci"), required=False)
    field_order = ("name", "uid", "postal_code", "city", "is_new")

    def __init__(self, *args: Any, has_doubles: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_doubles:
            self.fields["is_new"].widget = forms.HiddenInput()


class ContactForm(forms.Form):
    """A contact about to be planned."""

    about = forms.ChoiceField(label=_("À quel sujet ?"), choices=[("", _("Choisissez…")), *About.choices])
    planned_for = DayField(label=_("Prévu le"), initial=today)
    way = forms.ChoiceField(
        label=_("Comment ?"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.PHONE
    )
    counterpart = forms.CharField(
        label=_("Avec qui, chez l’employeur ?"),
        max_length=120,
        required=False,
        help_text=_("Le nom ou la fonction : « responsable du personnel »."),
    )
    colleague = forms.TypedChoiceField(label=_("Qui, chez nous ?"), coerce=UUID)
    ground = forms.ChoiceField(
        label=_("La personne est-elle d’accord ?"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        help_text=_("Sans son accord, seule l’entreprise en général peut être abordée."),
    )
    consent_on = DayField(
        label=_("Accord donné le"), required=False, help_text=_("Quand la personne est d’accord.")
    )
    legal_article = forms.CharField(
        label=_("Article de loi"), max_length=100, required=False, help_text=_("Quand un article le permet.")
    )
    is_coordinated = forms.BooleanField(
        label=_("J’ai vu qui d’autre est en contact, et nous nous sommes mis d’accord"), required=False
    )

    def __init__(
        self, *args: Any, colleagues: Iterable[tuple[UUID, str]], has_others: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["colleague"].choices = [(str(key), name) for key, name in colleagues]  # type: ignore[attr-defined]
        if not has_others:
            del self.fields["is_coordinated"]


class ResultForm(forms.Form):
    """How a contact went."""

    state = forms.ChoiceField(
        label=_("Ce contact"),
        choices=[("done", _("a eu lieu")), ("dropped", _("n’aura pas lieu"))],
        widget=forms.RadioSelect,
        initial="done",
    )
    done_on = DayField(label=_("A eu lieu le"), required=False, initial=today)
    result = forms.CharField(
        label=_("Ce qu’il en est ressorti"),
        max_length=RESULT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": ""}),
        help_text=_("En quelques mots, sans détail médical."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
