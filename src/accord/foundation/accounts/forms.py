"""The page about oneself."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.enums import Theme


class ProfileForm(forms.Form):
    """Name, language, appearance, telephone."""

    first_name = forms.CharField(
        label=_("Prénom"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    phone = forms.CharField(
        label=_("Téléphone professionnel"),
        max_length=40,
        required=False,
        help_text=_("Vos collègues des autres institutions le voient dans les dossiers communs."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Apparence"), choices=Theme.choices, widget=forms.RadioSelect)
