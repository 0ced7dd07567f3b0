"""The question, its answers, its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme

TEXT_LENGTH = 5_000
CONFIRM = _("J’ai relu : personne n’est reconnaissable dans ce texte")


class Traceless(forms.Form):
    """A text in which nobody may be recognised; the confirmation is asked for once something looks like it."""

    confirmed = forms.BooleanField(label=CONFIRM, required=False)

    def show_refusal(self, refused: Refused) -> None:
        """The sentence beside its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)

    @property
    def asks_to_confirm(self) -> bool:
        """Whether the box to confirm is shown: after a refusal, or when it was ticked."""
        return self.is_bound and (bool(self.errors) or bool(self.data.get("confirmed")))


class AskForm(Traceless):
    """What one asks, about which programme, and whom."""

    programme = forms.ChoiceField(label=_("Dispositif"), widget=forms.RadioSelect)
    addressee = forms.TypedChoiceField(
        label=_("À qui ?"),
        coerce=lambda value: UUID(value) if value else None,
        empty_value=None,
        required=False,
        help_text=_("Sans choix, le premier référent disponible du cercle répond."),
    )
    subject = forms.CharField(
        label=_("Sujet"), max_length=200, help_text=_("En une ligne, sans nom ni numéro.")
    )
    text = forms.CharField(
        label=_("Votre question"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Décrivez la situation sans nommer la personne : ni nom, ni numéro AVS, ni date de naissance, ni téléphone."
        ),
    )
    field_order = ("programme", "addressee", "subject", "text", "confirmed")

    def __init__(
        self, *args: Any, programmes: list[Programme], addressees: Iterable[Institution], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        language = get_language() or "fr"
        choices = [(programme.slug, programme.label.in_(language)) for programme in programmes]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["programme"].initial = choices[0][0]
        self.fields["addressee"].choices = [  # type: ignore[attr-defined]
            ("", _("N’importe quel référent du cercle")),
            *((str(house.pk), house.name) for house in addressees),
        ]


class AnswerForm(Traceless):
    """Advice, or what the asker adds."""

    text = forms.CharField(
        label=_("Votre texte"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Sans nommer la personne."),
    )
    field_order = ("text", "confirmed")


class CloseForm(forms.Form):
    """Whether the advice helped."""

    was_helpful = forms.TypedChoiceField(
        label=_("Ce conseil vous a-t-il aidé ?"),
        choices=[("yes", _("Oui")), ("no", _("Non")), ("", _("Je ne me prononce pas"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
