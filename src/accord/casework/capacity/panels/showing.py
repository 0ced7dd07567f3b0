"""Incapacity and functional summaries as the case page and the joint diagnosis show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Fitness, Source
from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.panels.chart import Chart, chart_of
from accord.casework.capacity.policies import can_change_incapacity, can_publish_summary
from accord.casework.capacity.rules import LONG_RUN_DAYS, longest_run, runs_on, short_absences_within
from accord.casework.capacity.selectors import every_period_of, summaries_of
from accord.casework.cases.models import Case
from accord.kernel.actors import Actor
from accord.kernel.clock import today

STATE_OF_FITNESS = {
    Fitness.YES: "done",
    Fitness.CONDITIONAL: "soon",
    Fitness.NO: "stopped",
    Fitness.UNKNOWN: "draft",
}
"""The chip of each answer."""


def capacity_panel(actor: Actor, case: Case, *, may_write: bool) -> dict[str, Any]:
    """All sources over time with their table, the summary that holds with those before it, and the forms."""
    every = list(every_period_of(actor, case))
    periods = [period for period in every if period.withdrawn_at is None]
    summaries = list(summaries_of(actor, case))
    return {
        "template": "capacity/panel.html",
        **chart_words(periods),
        "rows": [_row(actor, period, may_write) for period in every],
        "summary": summary_words(summaries[0]) if summaries else None,
        "earlier": [summary_words(summary) for summary in summaries[1:]],
        "may_note": may_write,
        "may_publish": may_write and bool(can_publish_summary(actor, case, is_participant=True)),
        "hints": hints_about(periods, today()),
    }


def chart_words(periods: Sequence[IncapacityPeriod]) -> dict[str, Any]:
    """The chart for a screen and for a phone, with its description; nothing when there is no period."""
    if not periods:
        return {"charts": [], "description": ""}
    lying = chart_of(periods, today())
    standing = chart_of(periods, today(), name="standing", width=360, height=300)
    return {"charts": [lying, standing], "description": _description(lying)}


def _description(chart: Chart) -> str:
    said = [
        _("%(source)s : %(rate)s %%") % {"source": line.source, "rate": line.now}
        for line in chart.lines
        if line.now is not None
    ]
    return _("Aujourd’hui : %(what)s.") % {"what": " ; ".join(said) or _("aucune incapacité notée")}


def hints_about(periods: Sequence[IncapacityPeriod], on: date) -> list[str]:
    """What the periods make one think of, without ever forbidding anything."""
    hints = []
    run, absences = longest_run(periods, on), short_absences_within(periods, on)
    if run >= LONG_RUN_DAYS:
        hints.append(_("La plus longue incapacité sans interruption dure %(days)s jours.") % {"days": run})
    if absences > 1:
        hints.append(
            _("%(count)s absences de moins de 30 jours ont commencé ces douze derniers mois.")
            % {"count": absences}
        )
    return hints


def incapacity_told(data: Mapping[str, Any]) -> str:
    """What the timeline adds to a line about an incapacity: who says it, and the rate."""
    return _("%(source)s : %(rate)s %%") % {"source": Source(data["source"]).label, "rate": data["rate"]}


def _row(actor: Actor, period: IncapacityPeriod, may_write: bool) -> dict[str, Any]:
    return {
        "period": period,
        "is_current": period.withdrawn_at is None and runs_on(period, today()),
        "may_change": may_write and bool(can_change_incapacity(actor, period)),
    }


def summary_words(summary: FunctionalSummary) -> dict[str, Any]:
    """A functional summary as it is read."""
    return {
        "summary": summary,
        "fitness": Fitness(summary.fitness).label,
        "fitness_kind": STATE_OF_FITNESS[Fitness(summary.fitness)],
        "activities": [
            {"word": word, "capacity": capacity}
            for word, capacity in (
                (_("Activité habituelle"), summary.usual),
                (_("Activité adaptée"), summary.adapted),
            )
            if capacity is not None
        ],
        "limits": summary.limits,
        "published_as": summary.get_published_as_display(),
    }
