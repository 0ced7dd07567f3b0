"""What is typed at the window, and by colleagues about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.consents.forms import ScreenForm
from accord.casework.window.enums import Addressee, RequestKind, RequestState
from accord.kernel.periods import PartialDate
from accord.people.persons.models import Person


class SignInForm(forms.Form):
    """What stands on the letter, and her birth date; all that is wrong with it is said in one sentence, but no date."""

    number = forms.CharField(
        label=_("Numéro de la lettre"),
        max_length=40,
        help_text=_("Huit chiffres, en haut du cadre."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Un code de la liste"),
        max_length=40,
        help_text=_(
            "Un code que vous n’avez pas encore utilisé. Majuscules ou minuscules, cela ne change rien."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    birth_date = forms.CharField(
        label=_("Votre date de naissance"),
        max_length=40,
        help_text=_("Par exemple 22.11.1980."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "bday"}),
    )

    def clean_birth_date(self) -> str:
        """A slip of the pen is no try: what is no date never reaches the letter."""
        typed: str = self.cleaned_data["birth_date"]
        try:
            PartialDate.read(typed)
        except ValueError as error:
            raise forms.ValidationError(
                _("Cette date n’existe pas. Écrivez-la comme dans l’exemple.")
            ) from error
        return typed


class AskForm(forms.Form):
    """What she asks for."""

    text = forms.CharField(max_length=4_000, widget=forms.Textarea(attrs={"rows": 6}))
    right_text = forms.CharField(
        label=_("Qu’est-ce qui est juste ?"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = {
            RequestKind.CORRECTION: _("Quelle information est fausse ?"),
            RequestKind.OBJECTION: _("À quoi vous opposez-vous ?"),
            RequestKind.NOT_INFORMED: _("Qu’est-ce que l’on ne vous a pas dit ?"),
            RequestKind.QUESTION: _("Votre question"),
        }[RequestKind(kind)]
        if kind != RequestKind.CORRECTION:
            del self.fields["right_text"]


class DeclineForm(forms.Form):
    """She does not sign; a word if she likes."""

    word = forms.CharField(
        label=_("Voulez-vous dire pourquoi ?"),
        required=False,
        max_length=200,
        help_text=_("Vous n’avez pas à donner de raison."),
    )


class SignForm(ScreenForm):
    """Her signature."""

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["signatory"].label = _("Qui signe ?")
        choices = [("person", _("Je suis %(name)s.") % {"name": person.name})]
        if person.representative_name:
            choices.append(
                (
                    "representative",
                    _("Je suis son représentant légal : %(name)s.") % {"name": person.representative_name},
                )
            )
        self.fields["signatory"].choices = choices  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """To whom the letter goes."""

    addressee = forms.ChoiceField(
        label=_("À qui la lettre est-elle adressée ?"),
        choices=Addressee.choices,
        initial=Addressee.PERSON,
        widget=forms.RadioSelect,
        help_text=_("À son représentant légal, si la personne est mineure ou sous curatelle."),
    )


class AnswerForm(forms.Form):
    """What the person is answered."""

    state = forms.ChoiceField(
        label=_("Que devient la demande ?"),
        choices=[
            (RequestState.DONE, _("Elle est faite")),
            (RequestState.REFUSED, _("Elle est refusée, pour la raison écrite ci-dessous")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Réponse à la personne"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Elle la lit à sa fenêtre. Mots simples, « vous »."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
