"""What changed in a case since the reader's last visit, as far as she may read it; one query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Case, CaseDocument, Event, Note, Record, Step
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.compiled import SOME_CASE, SOME_VISIT, Compiled
from accord.kernel.actors import Actor

MOST_NEWS = 12
TOLD_AS_RECORDS = (EventKind.DOCUMENT, EventKind.STEP_DONE)
"""Lines of the timeline that say again what the record itself says."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new: what kind of record, who wrote it, when, and its title or what the line tells."""

    kind: str
    id: UUID
    at: datetime
    institution: str
    first_name: str | None
    last_name: str | None
    word: str
    detail: str

    @property
    def data(self) -> dict[str, Any]:
        """What a line of the timeline tells beside its kind."""
        return dict(json.loads(self.detail)) if self.kind == "event" else {}

    @property
    def who(self) -> str:
        """The colleague and her institution."""
        name = f"{self.first_name or ''} {self.last_name or ''}".strip()
        return f"{name}, {self.institution}" if name else self.institution


def news_of(actor: Actor, case: Case, since: datetime) -> list[News]:
    """Events, notes, steps and documents of others since then, the newest first, and one more than is shown."""
    return [News(*row) for row in _news.rows(actor, case_id=case.pk, since=since)]


def _question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    nothing = Value("")
    events = _newer(actor, Event, "at", F("kind"), F("data")).exclude(kind__in=TOLD_AS_RECORDS)
    rows = events.union(
        _newer(actor, Note, "updated_at", nothing, nothing),
        _newer(actor, Step, "updated_at", F("title"), F("state")),
        _newer(actor, CaseDocument, "created_at", F("title"), nothing),
        all=True,
    ).order_by("-at")
    return rows[: MOST_NEWS + 1]


def _newer(
    actor: Actor, model: type[Record], moment: str, word: Combinable, detail: Combinable
) -> QuerySet[Any]:
    visible: Any = model._default_manager
    rows: QuerySet[Any] = (
        visible.filter(records_visible_to(actor), case_id=SOME_CASE, **{f"{moment}__gt": SOME_VISIT})
        .exclude(author_id=actor.user_id)
        .order_by()
        .values_list(
            Value(model._meta.model_name, output_field=CharField()),
            "id",
            moment,
            "owner__short_name",
            "author__first_name",
            "author__last_name",
            Cast(word, CharField()),
            Cast(detail, CharField()),
        )
    )
    return rows


_news = Compiled(_question)
