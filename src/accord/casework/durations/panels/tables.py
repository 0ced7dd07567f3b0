"""Every table of the page; the export holds the same ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.durations.enums import Measure
from accord.casework.durations.rules import BUCKETS
from accord.casework.durations.selectors import Figure, Figures, Scope
from accord.network.institutions.enums import Kind
from accord.network.programmes.enums import Holder, OutcomeCategory
from accord.network.programmes.rules import Programme


class Hidden:
    """In the place of a number that is not published."""

    def __str__(self) -> str:
        return _("non publié")


HIDDEN = Hidden()
NOTHING = "–"
Value = str | int | float | Hidden | None
"""A word, a number, a number that is not published, or nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first cell of each row is its head."""

    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]

    @property
    def labelled(self) -> list[tuple[Value, list[tuple[str, Value]]]]:
        """Each row as its head and its other cells beside the words of their columns."""
        return [(head, list(zip(self.columns[1:], cells, strict=True))) for head, *cells in self.rows]

    @property
    def spoken(self) -> list[tuple[Value, list[str]]]:
        """Each row as its head and its other cells in words."""
        hidden = str(HIDDEN)
        return [
            (
                head,
                [
                    NOTHING if cell is None else hidden if isinstance(cell, Hidden) else localize(cell)
                    for cell in cells
                ],
            )
            for head, *cells in self.rows
        ]


def _said(cell: Figure | None, read: Callable[[Figure], int | float | None]) -> Value:
    if cell is None:
        return None
    if cell.is_hidden:
        return HIDDEN
    value = read(cell)
    return round(value, 1) if isinstance(value, float) else value


def _count(cell: Figure | None) -> Value:
    return _said(cell, lambda one: one.count)


def _median(cell: Figure | None) -> Value:
    return _said(cell, lambda one: one.median)


def _decile(cell: Figure | None) -> Value:
    return _said(cell, lambda one: one.ninth_decile)


def _total(cell: Figure | None) -> Value:
    return _said(cell, lambda one: one.total_days)


def _stages(programme: Programme) -> list[tuple[str, str, int | None]]:
    language = get_language() or "fr"
    return [(stage.key, stage.label.in_(language), stage.days) for stage in programme.stages]


def _cells(figures: Figures, measure: Measure, scope: Scope, period: str | None = None) -> dict[str, Figure]:
    return figures.of(
        measure,
        institution=scope.institution_id,
        period=scope.period if period is None else period,
        region=scope.region,
    )


def _periods(figures: Figures, scope: Scope) -> list[str]:
    """The quarters, of one institution the years, of the chosen period."""
    known = figures.extent.quarters if scope.institution is None else figures.extent.years
    return [period for period in known if period.startswith(scope.period)]


def stages_table(programme: Programme, figures: Figures, scope: Scope) -> Table:
    """How long each stage took: how many cases, the median, and within how many days nine of ten were through."""
    cells = _cells(figures, Measure.STAGE, scope)
    return Table(
        "etapes",
        _("Durée des étapes achevées, en jours"),
        [_("Étape"), _("Dossiers"), _("Médiane"), _("9 sur 10 en moins de"), _("Délai prévu")],
        [
            [label, _count(cells.get(key)), _median(cells.get(key)), _decile(cells.get(key)), days]
            for key, label, days in _stages(programme)
        ],
    )


def running_table(programme: Programme, figures: Figures, scope: Scope) -> Table:
    """What is not over yet: it is in no median above, or long stages would be left out of sight."""
    cells = _cells(figures, Measure.RUNNING, scope, period="")
    return Table(
        "en-cours",
        _("Étapes en cours, en jours jusqu’au calcul"),
        [_("Étape"), _("Dossiers"), _("Médiane"), _("9 sur 10 depuis moins de")],
        [
            [label, _count(cells.get(key)), _median(cells.get(key)), _decile(cells.get(key))]
            for key, label, _days in _stages(programme)
        ],
    )


def periods_table(programme: Programme, figures: Figures, scope: Scope) -> Table:
    """The median of each stage by quarter in which it was left; of one institution by year."""
    stages = _stages(programme)
    rows: list[list[Value]] = []
    for period in _periods(figures, scope):
        cells = _cells(figures, Measure.STAGE, scope, period=period)
        rows.append([period, *(_median(cells.get(key)) for key, _label, _days in stages)])
    return Table(
        "trimestres",
        _("Médiane par trimestre, en jours")
        if scope.institution is None
        else _("Médiane par année, en jours"),
        [_("Période"), *(label for _key, label, _days in stages)],
        rows,
    )


def houses_table(programme: Programme, figures: Figures, scope: Scope) -> Table:
    """The median of each stage by the institution that held it."""
    stages = _stages(programme)
    rows: list[list[Value]] = []
    for house in figures.extent.houses:
        cells = figures.of(Measure.STAGE, institution=house.pk, period=scope.period)
        rows.append([house.short_name, *(_median(cells.get(key)) for key, _label, _days in stages)])
    whole = figures.of(Measure.STAGE, period=scope.period)
    rows.append([_("tout le cercle"), *(_median(whole.get(key)) for key, _label, _days in stages)])
    return Table(
        "institutions",
        _("Médiane par institution qui tenait l’étape, en jours"),
        [_("Institution"), *(label for _key, label, _days in stages)],
        rows,
    )


def bucket_words() -> list[str]:
    """The classes of the distribution in words."""
    lows = (0, *(high + 1 for high in BUCKETS))
    words = [
        _("%(low)s à %(high)s") % {"low": low, "high": high} for low, high in zip(lows, BUCKETS, strict=False)
    ]
    return [*words, _("plus de %(days)s") % {"days": BUCKETS[-1]}]


def distribution_table(programme: Programme, figures: Figures) -> Table:
    """How many cases took how long in each stage, over the whole circle and all years."""
    cells = figures.of(Measure.STAGE)
    rows: list[list[Value]] = []
    for key, label, _days in _stages(programme):
        cell = cells.get(key)
        if cell is None or cell.is_hidden:
            rows.append([label, *[HIDDEN if cell else None] * (len(BUCKETS) + 1)])
        else:
            rows.append([label, *(HIDDEN if number is None else number for number in cell.buckets)])
    return Table(
        "distribution",
        _("Dossiers par durée de l’étape, en jours"),
        [_("Étape"), *bucket_words()],
        rows,
    )


def waiting_table(figures: Figures, scope: Scope) -> Table:
    """Where time was lost, the most first: days over the deadline by whom the stage waited for."""
    cells = _cells(figures, Measure.WAITING, scope)
    ordered = sorted(cells.items(), key=lambda item: -(item[1].total_days or 0))
    return Table(
        "attente",
        _("Jours perdus, par qui devait agir"),
        [_("On attendait"), _("Fois"), _("Jours perdus"), _("Médiane")],
        [[_awaited(key), _count(cell), _total(cell), _median(cell)] for key, cell in ordered],
    )


def _awaited(key: str) -> str:
    if key == "asked_back":
        return _("le complément demandé à qui annonce")
    if key.startswith("step:"):
        return _("une démarche : %(kind)s") % {"kind": Kind(key.removeprefix("step:")).label}
    return str(Holder(key).label)


def outcomes_table(programme: Programme, figures: Figures, scope: Scope) -> Table:
    """How cases ended, and how long they had been open."""
    language = get_language() or "fr"
    cells = _cells(figures, Measure.OUTCOME, scope)
    rows: list[list[Value]] = [
        [
            outcome.label.in_(language),
            str(OutcomeCategory(outcome.category).label),
            _count(cells.get(f"{outcome.category}/{outcome.key}")),
            _median(cells.get(f"{outcome.category}/{outcome.key}")),
        ]
        for outcome in programme.outcomes
    ]
    rows.append([_("tous les dossiers clos"), "", _count(cells.get("")), _median(cells.get(""))])
    return Table(
        "resultats",
        _("Résultats à la clôture"),
        [_("Résultat"), _("Compte comme"), _("Dossiers"), _("Durée médiane du dossier, en jours")],
        rows,
    )


def outcomes_by_period(figures: Figures, scope: Scope) -> Table:
    """The outcomes of each quarter by what they count as."""
    categories = list(OutcomeCategory)
    rows: list[list[Value]] = []
    for period in _periods(figures, scope):
        cells = _cells(figures, Measure.OUTCOME, scope, period=period)
        if cells:
            rows.append([period, *(_count(cells.get(key)) for key in (*categories, ""))])
    return Table(
        "resultats-trimestres",
        _("Résultats par trimestre") if scope.institution is None else _("Résultats par année"),
        [_("Période"), *(str(category.label) for category in categories), _("Ensemble")],
        rows,
    )
