"""One line of the worklist, read as a sentence: who, what, whose turn, since when, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from accord.network.programmes.selectors import programme_for

LATER = date.max


@dataclass(frozen=True, slots=True)
class Item:
    """A line; `is_awaited` when it is others' turn."""

    sentence: str
    who: str | None
    number: str
    url: str
    holder: str
    since: datetime
    due_on: date | None
    case_id: UUID | None = None
    is_awaited: bool = False


def urgent_first(items: Iterable[Item]) -> list[Item]:
    """What is due soonest before the rest, and of the same day what waits longest."""
    return sorted(items, key=lambda item: (item.due_on or LATER, item.since))


def panel_of(case_id: UUID | None, panel: str) -> str:
    """The address of one panel of a case."""
    return f"{reverse('web:case', args=[case_id])}?panneau={panel}"


def stage_label(programme: str, version: str, stage: str) -> str:
    """A stage by its name in the programme."""
    stages = programme_for(programme, version).stages
    return next((s.label.in_(get_language() or "fr") for s in stages if s.key == stage), stage)
