"""What is typed about examinations, measures, and documents that came in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.casework.medical.enums import Discipline, ExaminationKind, MeasureKind
from accord.casework.medical.models import MedicalMeasure
from accord.casework.medical.states import MEASURE
from accord.kernel.clock import SWISS_TIME

TEXT_LENGTH = 3_000
LONG = {"rows": 4}


class OrderForm(forms.Form):
    """Which examination, in which disciplines, and what it should answer."""

    kind = forms.ChoiceField(
        label=_("Quel examen ?"), choices=ExaminationKind.choices, widget=forms.RadioSelect
    )
    disciplines = forms.MultipleChoiceField(
        label=_("Disciplines"),
        choices=Discipline.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Une, deux ou plusieurs."),
        error_messages={"required": _("Choisissez au moins une discipline.")},
    )
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Ce qui manque pour répondre."),
    )
    questions = forms.CharField(
        label=_("Questions à l’examinateur"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs=LONG)
    )
    examiner = forms.CharField(
        label=_("Chez qui ?"),
        max_length=200,
        required=False,
        help_text=_("Nécessaire pour une expertise externe."),
    )


class AppointmentForm(forms.Form):
    """When and where."""

    day = DayField(label=_("Jour"), help_text=_("Par exemple 22.11.2026."))
    hour = forms.TimeField(
        label=_("Heure"),
        input_formats=["%H:%M", "%H.%M", "%Hh%M"],
        help_text=_("Par exemple 14:30."),
        error_messages={"invalid": _("Écrivez l’heure ainsi : 14:30.")},
    )
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)

    @property
    def at(self) -> datetime:
        """The instant, by the clock of the country."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], SWISS_TIME)


class ReportFileForm(forms.Form):
    """The report of an examination."""

    file = forms.FileField(label=_("Rapport de l’examen"), help_text=_("PDF ou image."))


class ReasonForm(forms.Form):
    """Why something is called off or put aside."""

    reason = forms.CharField(label=_("Pourquoi ?"), max_length=200)


class MeasureForm(forms.Form):
    """A measure that was agreed on after the report."""

    kind = forms.ChoiceField(label=_("Quelle mesure ?"), choices=MeasureKind.choices)
    text = forms.CharField(label=_("Que faut-il faire ?"), max_length=300)
    responsible = forms.CharField(
        label=_("Qui s’en charge ?"),
        max_length=120,
        required=False,
        help_text=_("Le médecin traitant, le service médical, la personne…"),
    )
    due_on = DayField(label=_("Échéance"), required=False, help_text=_("Par exemple 22.11.2026."))


class FollowUpForm(forms.Form):
    """Where a measure stands."""

    text = forms.CharField(
        label=_("Où en est-on ?"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs=LONG)
    )
    state = forms.ChoiceField(label=_("La mesure est maintenant"), widget=forms.RadioSelect)
    due_on = DayField(
        label=_("Échéance"), required=False, help_text=_("La prochaine, ou rien s’il n’y en a plus.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: MedicalMeasure, **options: Any) -> None:
        options["initial"] = {
            "state": measure.state,
            "due_on": measure.due_on,
            "version": measure.version,
        }
        super().__init__(*args, **options)
        following = (measure.state, *MEASURE.allowed[measure.state])
        words = dict(MedicalMeasure._meta.get_field("state").flatchoices)
        choices = [(state, words[state]) for state in dict.fromkeys(following)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class SortForm(forms.Form):
    """To which case a document of the tray belongs."""

    number = forms.CharField(
        label=_("Numéro du dossier"), max_length=40, help_text=_("Tel qu’il figure sur la page du dossier.")
    )
