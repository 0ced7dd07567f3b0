"""What measures want of an office, for home."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.lines import lines
from accord.kernel.actors import Actor
from accord.purchasing.measures.enums import MeasureState, ReportState
from accord.purchasing.measures.models import IndividualMeasure, Report

MOST = 20


def measure_lines(actor: Actor, only_mine: bool, today: date, now: datetime) -> list[QuerySet[Any]]:
    """Measures that wait for a second pair of eyes (`validate`), and reports that came in (`read`)."""
    proposed = IndividualMeasure.objects.filter(
        records_visible_to(actor), owner_id=actor.institution_key, state=MeasureState.PROPOSED
    ).exclude(author_id=actor.user_key)
    sent = Report.objects.filter(mandate__owner_id=actor.institution_key, state=ReportState.SENT)
    if only_mine:
        sent = sent.filter(Q(mandate__counsellor_id=actor.user_key) | Q(mandate__counsellor=None))
    first = proposed.order_by("since", "id")
    came = sent.order_by("sent_at", "id")
    return [
        lines(actor, "measure", "validate", first, most=MOST, since="created_at", due_on="since"),
        lines(actor, "measure", "read", came, most=MOST, since="sent_at", case="mandate__case"),
    ]
