"""The form of a report: one column, a section a rubric; rows that say nothing are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Fitness, Function
from accord.casework.capacity.forms import PercentField
from accord.casework.capacity.rules import Limitation
from accord.casework.cases.forms import DayField
from accord.casework.medical.enums import MeasureKind, ReportKind
from accord.casework.medical.models import Report
from accord.casework.medical.rules.icd10 import as_code
from accord.casework.medical.rules.rubrics import (
    Agreed,
    Answer,
    Capacity,
    Diagnosis,
    Fault,
    Incapacity,
    Rubrics,
    faults_in,
)
from accord.casework.medical.selectors.reports import title_of
from accord.casework.medical.services.drafting import SENTENCES

TEXT_LENGTH = 8_000
MORE_ROWS, MOST_ROWS = 2, 20
TEXTS: dict[str, tuple[str | Promise, str | Promise, int]] = {
    "documents": (gettext_lazy("Documents lus"), gettext_lazy("Un par ligne."), 4),
    "contacts": (
        gettext_lazy("Contacts avec les médecins traitants"),
        gettext_lazy("Quand, qui, par quel moyen."),
        3,
    ),
    "present": (gettext_lazy("Présents à l’entretien"), gettext_lazy("Un par ligne."), 4),
    "complaints": (gettext_lazy("Plaintes"), gettext_lazy("Ce que la personne dit elle-même."), 4),
    "new_elements": (gettext_lazy("Éléments nouveaux"), gettext_lazy("Depuis les documents lus."), 4),
    "summary": (gettext_lazy("Situation médicale en bref"), gettext_lazy("Quelques lignes."), 6),
    "integration": (
        gettext_lazy("Conclusions de l’examen dans la situation assécurologique"),
        gettext_lazy("Ce que l’examen change, et ce qui reste."),
        5,
    ),
    "exigibility": (gettext_lazy("Exigibilité"), gettext_lazy("Ce qui est exigible, et pourquoi."), 3),
    "expectations": (
        gettext_lazy("Attentes raisonnables"),
        gettext_lazy("Sera lu par les autres institutions : ni diagnostic ni traitement."),
        3,
    ),
    "prognosis": (gettext_lazy("Pronostic"), "", 3),
    "conditions": (
        gettext_lazy("À quelles conditions ?"),
        gettext_lazy("Sera lu par les autres institutions : ni diagnostic ni traitement."),
        2,
    ),
    "further": (gettext_lazy("Examen à demander"), gettext_lazy("Rien, si les informations suffisent."), 2),
}
SECTIONS: dict[str, tuple[tuple[str, str | Promise, tuple[str, ...]], ...]] = {
    ReportKind.RM: (
        ("prepare", gettext_lazy("Avant et pendant l’entretien"), ("documents", "contacts", "present")),
        ("plaintes", gettext_lazy("Ce que la personne dit"), ("complaints", "new_elements")),
        ("diagnostics", gettext_lazy("Diagnostics"), ("*diagnosis",)),
        ("incapacites", gettext_lazy("Incapacités de travail"), ("*incapacity",)),
        ("capacite", gettext_lazy("Capacité de travail"), ("*capacity",)),
        ("limitations", gettext_lazy("Limitations fonctionnelles"), ("*limitation",)),
        (
            "exigibilite",
            gettext_lazy("Exigibilité et pronostic"),
            ("exigibility", "expectations", "prognosis"),
        ),
        ("aptitude", gettext_lazy("Aptitude aux mesures proposées"), ("fitness", "conditions")),
        ("reponses", gettext_lazy("Réponses aux questions"), ("*answer",)),
        ("mesures", gettext_lazy("Mesures médicales convenues"), ("*measure", "further")),
    ),
    ReportKind.RF: (
        ("resume", gettext_lazy("En bref"), ("summary", "in_plain_words", "integration")),
        ("diagnostics", gettext_lazy("Diagnostics"), ("*diagnosis",)),
        ("incapacites", gettext_lazy("Incapacités de travail"), ("*incapacity",)),
        ("capacite", gettext_lazy("Capacité de travail"), ("*capacity",)),
        ("limitations", gettext_lazy("Limitations fonctionnelles"), ("*limitation",)),
        ("exigibilite", gettext_lazy("Exigibilité"), ("exigibility", "expectations")),
        ("aptitude", gettext_lazy("Aptitude aux mesures proposées"), ("fitness", "conditions")),
        ("mesures", gettext_lazy("Mesures médicales convenues"), ("*measure",)),
    ),
}
"""Anchor, title and fields of each section; a star stands for rows."""
ROW_FIELDS = {
    "diagnosis": ("code", "text", "affects"),
    "incapacity": ("rate", "since", "until"),
    "measure": ("kind", "text", "responsible", "due_on"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together under a heading: a single field, or the fields of one row."""

    fields: list[Any]
    legend: str = ""
    is_row: bool = False


class ReportForm(forms.Form):
    """Everything that a report says, as typed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        self.kind = ReportKind(report.kind)
        self.was = report.said
        options["initial"] = _initial(self.was) | {"version": report.version}
        super().__init__(*args, **options)
        self.sections_wanted = SECTIONS[self.kind]
        wanted = [name for _anchor, _title, names in self.sections_wanted for name in names]
        self.rows = {
            name: self._rows_of(name, len(kept))
            for name, kept in (
                ("diagnosis", self.was.diagnoses),
                ("incapacity", self.was.incapacities),
                ("measure", self.was.measures),
            )
        }
        for name in wanted:
            self._add(name)

    def _rows_of(self, name: str, kept: int) -> int:
        """As many rows as came with the page; else those that are kept, and some to fill."""
        if not self.is_bound:
            return min(kept + MORE_ROWS, MOST_ROWS)
        pattern = re.compile(rf"{name}_(\d{{1,2}})_")
        came = [int(match[1]) for key in self.data if (match := pattern.match(key))]
        return min(max(came, default=-1) + 1, MOST_ROWS)

    def _add(self, name: str) -> None:
        if name in TEXTS:
            label, help_text, rows = TEXTS[name]
            self.fields[name] = _text(label, help_text, rows)
        elif name == "fitness":
            self.fields[name] = forms.ChoiceField(
                label=_("Aptitude"), choices=Fitness.choices, widget=forms.RadioSelect
            )
        elif name == "in_plain_words":
            self.fields[name] = forms.BooleanField(
                label=_("En langage simple, pour la personne"), required=False
            )
        else:
            getattr(self, f"_add_{name.removeprefix('*')}")()

    def _add_diagnosis(self) -> None:
        for place in range(self.rows["diagnosis"]):
            self.fields[f"diagnosis_{place}_code"] = forms.CharField(
                label=_("Code CIM-10"), max_length=10, required=False
            )
            self.fields[f"diagnosis_{place}_text"] = forms.CharField(
                label=_("Diagnostic"), max_length=300, required=False
            )
            self.fields[f"diagnosis_{place}_affects"] = forms.BooleanField(
                label=_("Réduit la capacité de travail"), required=False
            )

    def _add_incapacity(self) -> None:
        for place in range(self.rows["incapacity"]):
            self.fields[f"incapacity_{place}_rate"] = PercentField(label=_("Incapacité en %"), required=False)
            self.fields[f"incapacity_{place}_since"] = DayField(label=_("Depuis le"), required=False)
            self.fields[f"incapacity_{place}_until"] = DayField(
                label=_("Jusqu’au"), required=False, help_text=_("Rien, si la fin n’est pas connue.")
            )

    def _add_measure(self) -> None:
        kinds = [("", _("Choisissez…")), *MeasureKind.choices]
        for place in range(self.rows["measure"]):
            self.fields[f"measure_{place}_kind"] = forms.ChoiceField(
                label=_("Mesure"), choices=kinds, required=False
            )
            self.fields[f"measure_{place}_text"] = forms.CharField(
                label=_("Contenu"), max_length=300, required=False
            )
            self.fields[f"measure_{place}_responsible"] = forms.CharField(
                label=_("Qui s’en charge ?"), max_length=120, required=False
            )
            self.fields[f"measure_{place}_due_on"] = DayField(label=_("Échéance"), required=False)

    def _add_capacity(self) -> None:
        for name in ("usual", "adapted"):
            self.fields[f"{name}_time"] = PercentField(label=_("Temps, en %"), required=False)
            self.fields[f"{name}_performance"] = PercentField(label=_("Rendement, en %"), required=False)
            self.fields[f"{name}_since"] = DayField(label=_("Valable depuis le"), required=False)
            self.fields[f"{name}_until"] = DayField(label=_("Jusqu’au"), required=False)

    def _add_limitation(self) -> None:
        for function in Function:
            self.fields[f"limitation_{function}_effect"] = forms.CharField(
                label=function.label, max_length=300, required=False
            )
            self.fields[f"limitation_{function}_lasting"] = forms.BooleanField(
                label=_("Limitation durable"), required=False
            )

    def _add_answer(self) -> None:
        for place, answer in enumerate(self.was.answers):
            self.fields[f"answer_{place}"] = _text(answer.question, "", 3)

    def clean(self) -> dict[str, Any]:
        """Say beside each field what cannot stand in a report."""
        cleaned = super().clean() or self.cleaned_data
        self._demand_whole_rows()
        self._name_codes()
        if not self.errors:
            for fault in faults_in(self.rubrics):
                self.add_fault(fault)
        return cleaned

    def _name_codes(self) -> None:
        """A code without words is called as the list calls it."""
        for place in range(self.rows["diagnosis"]):
            code = self.cleaned_data.get(f"diagnosis_{place}_code")
            if code and not self.cleaned_data.get(f"diagnosis_{place}_text"):
                title = title_of(as_code(code), (get_language() or "fr")[:2])
                self.cleaned_data[f"diagnosis_{place}_text"] = title

    def _demand_whole_rows(self) -> None:
        for place in range(self.rows["incapacity"]):
            self._demand_together([f"incapacity_{place}_{part}" for part in ("rate", "since")], place)
        for name in ("usual", "adapted"):
            self._demand_together([f"{name}_{part}" for part in ("time", "performance", "since")])
        for place in range(self.rows["measure"]):
            typed = self.cleaned_data
            said = any(typed.get(f"measure_{place}_{part}") for part in ("text", "responsible", "due_on"))
            if said and not typed.get(f"measure_{place}_kind"):
                self.add_error(f"measure_{place}_kind", _("Choisissez de quelle mesure il s’agit."))

    def _demand_together(self, names: list[str], place: int | None = None) -> None:
        """Fields that say something only together: all of them, or none."""
        typed = self.cleaned_data
        others = [] if place is None else [f"incapacity_{place}_until"]
        if not any(typed.get(name) is not None for name in [*names, *others]):
            return
        for name in names:
            if typed.get(name) is None and name not in self.errors:
                self.add_error(name, _("Complétez : ces indications vont ensemble."))

    def add_fault(self, fault: Fault) -> None:
        """Say a fault of the rubrics beside the field as it stands on the page."""
        name = self.field_of(fault.field)
        self.add_error(name if name in self.fields else None, str(SENTENCES[fault.flaw]))

    def field_of(self, name: str | None) -> str | None:
        """The field on the page for a field of the rubrics, from which empty rows were left out."""
        match = re.fullmatch(r"(diagnosis|incapacity|measure)_(\d+)_(\w+)", name or "")
        if not match:
            return name
        filled = [place for place in range(self.rows[match[1]]) if self._is_filled(match[1], place)]
        place = int(match[2])
        return f"{match[1]}_{filled[place]}_{match[3]}" if place < len(filled) else None

    def _is_filled(self, row: str, place: int) -> bool:
        values = (self.cleaned_data.get(f"{row}_{place}_{part}") for part in ROW_FIELDS[row])
        return any(value not in (None, "", False) for value in values)

    def _filled(self, row: str) -> Iterator[dict[str, Any]]:
        for place in range(self.rows[row]):
            if self._is_filled(row, place):
                yield {part: self.cleaned_data.get(f"{row}_{place}_{part}") for part in ROW_FIELDS[row]}

    @property
    def rubrics(self) -> Rubrics:
        """What was typed; what the form does not ask stays as it was."""
        typed = self.cleaned_data
        return Rubrics(
            **{name: typed.get(name, "") for name in TEXTS},
            diagnoses=tuple(
                Diagnosis(as_code(row["code"]), row["text"], bool(row["affects"]))
                for row in self._filled("diagnosis")
            ),
            certified=self.was.certified,
            incapacities=tuple(
                Incapacity(row["rate"], row["since"], row["until"]) for row in self._filled("incapacity")
            ),
            usual=self._capacity("usual"),
            adapted=self._capacity("adapted"),
            limitations=tuple(
                Limitation(function.value, effect, typed[f"limitation_{function}_lasting"])
                for function in Function
                if (effect := typed.get(f"limitation_{function}_effect"))
            ),
            fitness=typed.get("fitness") or Fitness.UNKNOWN,
            answers=tuple(
                Answer(answer.key, answer.question, typed.get(f"answer_{place}", ""))
                for place, answer in enumerate(self.was.answers)
            ),
            measures=tuple(
                Agreed(row["kind"], row["text"], row["responsible"], row["due_on"])
                for row in self._filled("measure")
            ),
            in_plain_words=bool(typed.get("in_plain_words")),
        )

    def _capacity(self, name: str) -> Capacity | None:
        said = [self.cleaned_data.get(f"{name}_{part}") for part in ("time", "performance", "since", "until")]
        return Capacity(*said) if None not in said[:3] else None  # type: ignore[arg-type]

    def stands_at(self, version: int) -> None:
        """Let the form shown again carry the version that it has just saved."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data

    @property
    def sections(self) -> Iterator[tuple[str, str, list[Block]]]:
        """Anchor, title and blocks of each section, in the order of the page."""
        for anchor, title, names in self.sections_wanted:
            yield anchor, str(title), [block for name in names for block in self._blocks(name)]

    def _blocks(self, name: str) -> Iterator[Block]:
        match name:
            case "*diagnosis" | "*incapacity" | "*measure":
                yield from self._row_blocks(name.removeprefix("*"))
            case "*capacity":
                for activity, word in (
                    ("usual", _("Activité habituelle")),
                    ("adapted", _("Activité adaptée")),
                ):
                    parts = ("time", "performance", "since", "until")
                    yield Block([self[f"{activity}_{part}"] for part in parts], word, is_row=True)
            case "*limitation":
                for function in Function:
                    yield Block([self[f"limitation_{function}_{part}"] for part in ("effect", "lasting")])
            case "*answer":
                for place in range(len(self.was.answers)):
                    yield Block([self[f"answer_{place}"]])
            case _:
                yield Block([self[name]])

    def _row_blocks(self, row: str) -> Iterator[Block]:
        legend = {
            "diagnosis": _("Diagnostic %(number)s"),
            "incapacity": _("Période %(number)s"),
            "measure": _("Mesure %(number)s"),
        }[row]
        for place in range(self.rows[row]):
            fields = [self[f"{row}_{place}_{part}"] for part in ROW_FIELDS[row]]
            yield Block(fields, legend % {"number": place + 1}, is_row=True)


def _text(label: str | Promise, help_text: str | Promise, rows: int) -> forms.CharField:
    return forms.CharField(
        label=str(label),
        help_text=str(help_text),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _initial(said: Rubrics) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(said, name) for name in TEXTS}
    initial |= {"fitness": said.fitness, "in_plain_words": said.in_plain_words}
    for row, kept in (
        ("diagnosis", said.diagnoses),
        ("incapacity", said.incapacities),
        ("measure", said.measures),
    ):
        for place, one in enumerate(cast(tuple[Any, ...], kept)):
            initial |= {f"{row}_{place}_{part}": getattr(one, part) for part in ROW_FIELDS[row]}
    for name in ("usual", "adapted"):
        if (capacity := getattr(said, name)) is not None:
            parts = ("time", "performance", "since", "until")
            initial |= {f"{name}_{part}": getattr(capacity, part) for part in parts}
    for limitation in said.limitations:
        initial[f"limitation_{limitation.function}_effect"] = limitation.effect
        initial[f"limitation_{limitation.function}_lasting"] = limitation.is_lasting
    for place, answer in enumerate(said.answers):
        initial[f"answer_{place}"] = answer.text
    return initial
