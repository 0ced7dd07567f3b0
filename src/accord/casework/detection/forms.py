"""What is typed to answer a communication, to serve a préavis and to take position on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.casework.detection.enums import Affected, Outcome, Position, Subject
from accord.casework.detection.models import Detection, Notice
from accord.casework.detection.services.answering import LONGEST_REASONS
from accord.casework.detection.services.notifying import LONGEST_NAME, LONGEST_TEXT
from accord.kernel.clock import today
from accord.network.institutions.models import Institution

OUTSIDE = (Affected.COMPENSATION, Affected.MILITARY, Affected.ACCIDENT, Affected.HEALTH, Affected.PENSION)
"""Whom a préavis may have to reach outside Accord."""


class ReceptionForm(forms.Form):
    """A communication that came on paper."""

    received_on = DayField(label=_("Communication reçue le"), initial=today)


class VersionedForm(forms.Form):
    """An act on what was read in this version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, record: Detection | Notice, **options: Any) -> None:
        options["initial"] = {"version": record.version} | options.get("initial", {})
        super().__init__(*args, **options)


class InterviewForm(VersionedForm):
    """When the person is invited to come."""

    interview_on = DayField(
        label=_("Entretien fixé au"), help_text=_("L’entretien de détection précoce est facultatif.")
    )


class HeldForm(VersionedForm):
    """When the person came."""

    held_on = DayField(label=_("Entretien tenu le"), initial=today)


class AnswerForm(VersionedForm):
    """Whether an application is indicated, and why."""

    outcome = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si une demande est indiquée.")},
    )
    reasons = forms.CharField(
        label=_("Pourquoi, en mots simples"),
        max_length=LONGEST_REASONS,
        widget=forms.Textarea(attrs={"rows": 5, "data-draft": ""}),
        help_text=_("La personne lira ces phrases dans la lettre. Sans détail médical."),
        error_messages={"required": _("Expliquez la réponse en quelques mots simples.")},
    )
    answered_on = DayField(label=_("Répondu le"), initial=today)


class ApplicationForm(VersionedForm):
    """The application arrived."""

    applied_on = DayField(label=_("Demande reçue le"), initial=today)


class NoticeForm(forms.Form):
    """What the AI office intends to decide, and whom it must tell."""

    subject = forms.ChoiceField(label=_("Objet du préavis"), choices=Subject.choices)
    summary = forms.CharField(
        label=_("Ce qui est prévu"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "data-draft": ""}),
        help_text=_("Quelques phrases, sans détail médical. Les parties et la personne les lisent."),
    )
    sent_on = DayField(label=_("Envoyé le"), initial=today, help_text=_("Le délai court dès ce jour."))

    def __init__(self, *args: Any, institutions: Iterable[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institutions"] = forms.TypedMultipleChoiceField(
            label=_("Institutions touchées"),
            coerce=UUID,
            required=False,
            choices=[(str(one.pk), one.name) for one in institutions],
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "Celles dont l’obligation de payer est touchée. Si la compétence n’est pas claire : la dernière"
                " institution de prévoyance, ou celle qui a été avisée."
            ),
        )
        for kind in OUTSIDE:
            self.fields[f"outside_{kind}"] = forms.CharField(
                label=_("Hors d’Accord, %(kind)s") % {"kind": kind.label},
                max_length=LONGEST_NAME,
                required=False,
            )

    def outside(self) -> dict[str, str]:
        """Those outside Accord, by what they are."""
        return {str(kind): self.cleaned_data[f"outside_{kind}"] for kind in OUTSIDE}


class PositionForm(forms.Form):
    """What a party says to the préavis."""

    position = forms.ChoiceField(
        label=_("Réponse au préavis"),
        choices=[choice for choice in Position.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Prise de position, en bref"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": ""}),
        help_text=_("Rien, si vous y renoncez."),
    )
    position_on = DayField(label=_("Le"), initial=today)


class DecisionForm(VersionedForm):
    """The decision was rendered."""

    decided_on = DayField(label=_("Décision rendue le"), initial=today)
