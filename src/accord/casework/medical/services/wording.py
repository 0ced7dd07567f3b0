"""A report in words: the same on the screen, before the signature, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Fitness, Function
from accord.casework.medical.enums import MeasureKind
from accord.casework.medical.rules.rubrics import Capacity, Rubrics

DAY = "%d.%m.%Y"
OPEN_END = "…"


@dataclass(frozen=True, slots=True)
class Passage:
    """One rubric as it is read: paragraphs, questions with answers, a table; empty ones are left out."""

    anchor: str
    title: str
    texts: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not (self.texts or self.items or self.rows)

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The rows of its table, each value with the word above it."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


def passages_of(rubrics: Rubrics) -> list[Passage]:
    """The rubrics that say something, in the order of the form."""
    return [passage for passage in _passages(rubrics) if not passage.is_empty]


def _passages(said: Rubrics) -> Iterator[Passage]:
    for anchor, title, text in (
        ("resume", _("Situation médicale en bref"), said.summary),
        ("integration", _("Conclusions de l’examen dans la situation assécurologique"), said.integration),
        ("documents", _("Documents lus"), said.documents),
        ("contacts", _("Contacts avec les médecins traitants"), said.contacts),
        ("presents", _("Présents à l’entretien"), said.present),
        ("plaintes", _("Plaintes"), said.complaints),
        ("nouveau", _("Éléments nouveaux"), said.new_elements),
    ):
        yield Passage(anchor, title, _paragraphs(text))
    yield _diagnoses(said)
    yield from _incapacities(said)
    yield _capacities(said)
    yield _limitations(said)
    for anchor, title, text in (
        ("exigibilite", _("Exigibilité"), said.exigibility),
        ("attentes", _("Attentes raisonnables"), said.expectations),
        ("pronostic", _("Pronostic"), said.prognosis),
    ):
        yield Passage(anchor, title, _paragraphs(text))
    yield _fitness(said)
    answers = [(one.question, one.text) for one in said.answers if one.text]
    yield Passage("reponses", _("Réponses aux questions"), items=answers)
    yield _measures(said)
    yield Passage("suite", _("Examen à demander"), _paragraphs(said.further))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _diagnoses(said: Rubrics) -> Passage:
    effect = {True: _("oui"), False: _("non")}
    return Passage(
        "diagnostics",
        _("Diagnostics (CIM-10)"),
        head=[_("Code"), _("Diagnostic"), _("Effet sur la capacité de travail")],
        rows=[[one.code, one.text, effect[one.affects]] for one in said.diagnoses],
    )


def _incapacities(said: Rubrics) -> Iterator[Passage]:
    yield Passage(
        "certificats",
        _("Incapacités attestées par d’autres sources"),
        head=[_("Source"), _("Taux"), _("Période")],
        rows=[[one.source, _percent(one.rate), _span(one.since, one.until)] for one in said.certified],
    )
    yield Passage(
        "incapacites",
        _("Incapacités retenues par le service médical"),
        head=[_("Taux"), _("Période")],
        rows=[[_percent(one.rate), _span(one.since, one.until)] for one in said.incapacities],
    )


def _capacities(said: Rubrics) -> Passage:
    rows = [
        [word, _percent(one.time), _percent(one.performance), _span(one.since, one.until)]
        for word, one in activities_of(said)
    ]
    head = [_("Activité"), _("Temps"), _("Rendement"), _("Valable")]
    return Passage("capacite", _("Capacité de travail"), head=head, rows=rows)


def activities_of(said: Rubrics) -> list[tuple[str, Capacity]]:
    """The usual and the adapted activity, as far as the report speaks of them."""
    both = ((_("Activité habituelle"), said.usual), (_("Activité adaptée"), said.adapted))
    return [(word, capacity) for word, capacity in both if capacity is not None]


def _limitations(said: Rubrics) -> Passage:
    lasting = {True: _("durable"), False: _("passagère")}
    rows = [
        [str(Function(one.function).label), one.effect, lasting[one.is_lasting]] for one in said.limitations
    ]
    head = [_("Fonction"), _("Effet au travail"), _("Durée")]
    return Passage("limitations", _("Limitations fonctionnelles"), head=head, rows=rows)


def _fitness(said: Rubrics) -> Passage:
    texts = [str(Fitness(said.fitness).label).capitalize()] if said.fitness != Fitness.UNKNOWN else []
    return Passage("aptitude", _("Aptitude aux mesures proposées"), [*texts, *_paragraphs(said.conditions)])


def _measures(said: Rubrics) -> Passage:
    rows = [
        [
            str(MeasureKind(one.kind).label),
            one.text,
            one.responsible,
            f"{one.due_on:{DAY}}" if one.due_on else "",
        ]
        for one in said.measures
    ]
    head = [_("Mesure"), _("Contenu"), _("Responsable"), _("Échéance")]
    return Passage("mesures", _("Mesures médicales convenues"), head=head, rows=rows)


def _percent(rate: int) -> str:
    return f"{rate} %"


def _span(since: date, until: date | None) -> str:
    return f"{since:{DAY}} – {until:{DAY}}" if until else f"{since:{DAY}} – {OPEN_END}"
