"""The shape of what is noted and published about the capacity for work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.casework.capacity.enums import Cause, Fitness, Function, Source
from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.rules import Conclusions, Limitation, WorkCapacity
from accord.casework.cases.enums import Audience
from accord.casework.cases.forms import DayField

SHARED = [(key, word) for key, word in Audience.choices if key != Audience.OWN]


class PercentField(forms.IntegerField):
    """A rate between 0 and 100, typed without its sign."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_value", 100)
        options.setdefault("widget", forms.NumberInput(attrs={"inputmode": "numeric"}))
        wrong = _("Un taux va de 0 à 100.")
        options["error_messages"] = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        super().__init__(**options)


class IncapacityForm(forms.Form):
    """A period according to a source."""

    source_kind = forms.ChoiceField(label=_("D’après qui ?"), choices=Source.choices)
    source_name = forms.CharField(
        label=_("Nom de la source"),
        max_length=120,
        required=False,
        help_text=_("Le médecin, l’institution ou l’employeur. Rien, si c’est la personne elle-même."),
    )
    rate = PercentField(label=_("Incapacité en %"), help_text=_("100 signifie : aucun travail possible."))
    since = DayField(label=_("Depuis le"), help_text=_("Par exemple 22.11.2026."))
    until = DayField(
        label=_("Jusqu’au"), required=False, help_text=_("Le dernier jour. Rien, si la fin n’est pas connue.")
    )
    cause = forms.ChoiceField(label=_("Cause"), choices=Cause.choices, initial=Cause.UNKNOWN)
    note = forms.CharField(
        label=_("Remarque"), max_length=300, required=False, help_text=_("Sans diagnostic ni traitement.")
    )
    audience = forms.ChoiceField(
        label=_("Qui peut la lire ?"),
        choices=Audience.choices,
        initial=Audience.CIRCLE,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, period: IncapacityPeriod | None = None, **options: Any) -> None:
        if period is not None:
            options["initial"] = {name: getattr(period, name) for name in KEPT}
        super().__init__(*args, **options)
        if period is not None:
            del self.fields["audience"]


KEPT = ("source_kind", "source_name", "rate", "since", "until", "cause", "note", "version")
"""What may be corrected afterwards; who reads it is said once."""


class EndForm(forms.Form):
    """The last day of an incapacity."""

    until = DayField(label=_("Dernier jour de l’incapacité"), help_text=_("Par exemple 22.11.2026."))


class RetractionForm(forms.Form):
    """Why a period is taken back."""

    reason = forms.CharField(
        label=_("Pourquoi ?"), max_length=200, help_text=_("Par exemple : saisie par erreur.")
    )


class SummaryForm(forms.Form):
    """What the person can do at work: no diagnosis, no treatment."""

    def __init__(self, *args: Any, latest: FunctionalSummary | None = None, **options: Any) -> None:
        options.setdefault("initial", initial_of(latest))
        super().__init__(*args, **options)
        for name, word in ACTIVITIES:
            self._add_activity(name, str(word))
        for function in Function:
            self.fields[f"effect_{function}"] = forms.CharField(
                label=function.label, max_length=300, required=False
            )
            self.fields[f"lasting_{function}"] = forms.BooleanField(
                label=_("Limitation durable"), required=False
            )
        long = forms.Textarea(attrs={"rows": 3})
        self.fields["expectations"] = forms.CharField(
            label=_("Ce que l’on peut raisonnablement attendre (exigibilité)"),
            max_length=3000,
            required=False,
            widget=long,
        )
        self.fields["fitness"] = forms.ChoiceField(
            label=_("Aptitude aux mesures proposées"), choices=Fitness.choices, widget=forms.RadioSelect
        )
        self.fields["conditions"] = forms.CharField(
            label=_("À quelles conditions ?"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["audience"] = forms.ChoiceField(
            label=_("Qui peut le lire ?"), choices=SHARED, initial=Audience.CIRCLE, widget=forms.RadioSelect
        )

    def _add_activity(self, name: str, word: str) -> None:
        self.fields[f"{name}_time"] = PercentField(
            label=_("Temps de présence possible, en %"), required=False
        )
        self.fields[f"{name}_performance"] = PercentField(
            label=_("Rendement pendant ce temps, en %"), required=False
        )
        self.fields[f"{name}_since"] = DayField(label=_("Valable depuis le"), required=False)

    def clean(self) -> dict[str, Any]:
        """An activity is told whole: time, performance, and since when."""
        cleaned = super().clean() or self.cleaned_data
        for name, _word in ACTIVITIES:
            keys = [f"{name}_{part}" for part in PARTS]
            if any(cleaned.get(key) is not None for key in keys):
                for key in keys:
                    if cleaned.get(key) is None and key not in self.errors:
                        self.add_error(key, _("Complétez : temps, rendement et date vont ensemble."))
        return cleaned

    @property
    def activities(self) -> list[tuple[str, list[Any]]]:
        """The fields of each activity under its heading."""
        return [(str(word), [self[f"{name}_{part}"] for part in PARTS]) for name, word in ACTIVITIES]

    @property
    def functions(self) -> Iterator[tuple[Any, Any]]:
        """Each function with the mark that the limitation lasts."""
        for function in Function:
            yield self[f"effect_{function}"], self[f"lasting_{function}"]

    @property
    def conclusions(self) -> Conclusions:
        """What the form says, as the service takes it."""
        data = self.cleaned_data
        return Conclusions(
            usual=_capacity(data, "usual"),
            adapted=_capacity(data, "adapted"),
            limitations=tuple(
                Limitation(function.value, effect, data[f"lasting_{function}"])
                for function in Function
                if (effect := data[f"effect_{function}"])
            ),
            expectations=data["expectations"],
            fitness=data["fitness"],
            conditions=data["conditions"],
        )


ACTIVITIES = (("usual", _("Dans l’activité habituelle")), ("adapted", _("Dans une activité adaptée")))
PARTS = ("time", "performance", "since")


def _capacity(data: dict[str, Any], name: str) -> WorkCapacity | None:
    if data[f"{name}_time"] is None:
        return None
    return WorkCapacity(*(data[f"{name}_{part}"] for part in PARTS))


def initial_of(latest: FunctionalSummary | None) -> dict[str, Any]:
    """The form begins with what holds now."""
    if latest is None:
        return {"fitness": Fitness.UNKNOWN}
    parts = [f"{activity}_{part}" for activity, _word in ACTIVITIES for part in PARTS]
    names = ("expectations", "fitness", "conditions", "audience", *parts)
    initial: dict[str, Any] = {name: getattr(latest, name) for name in names}
    for row in latest.limitations:
        initial[f"effect_{row['function']}"] = row["effect"]
        initial[f"lasting_{row['function']}"] = row["is_lasting"]
    return initial
