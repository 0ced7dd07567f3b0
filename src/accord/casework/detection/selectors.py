"""Questions about communications and préavis, as far as the actor may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, Prefetch, QuerySet, Value
from django.db.models.functions import Cast

from accord.casework.cases.enums import CaseState, EventKind
from accord.casework.cases.models import Case, Event
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors import circles_of, laws_for
from accord.casework.cases.selectors.compiled import Compiled
from accord.casework.cases.selectors.conditions import shown_name
from accord.casework.detection.enums import Position
from accord.casework.detection.models import Detection, Notice, NoticeParty
from accord.casework.detection.policies import parties_visible_to
from accord.casework.detection.rules import LAW, answer_days, notice_days
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import circle_institutions

FOLLOWED = (CaseState.OPEN, CaseState.ANNOUNCED)
MOST_ON_WORKLIST, MOST_LISTED = 25, 200


def detection_of(actor: Actor, case: Case) -> Detection | None:
    """The communication of a case, or None when there is none that the actor may read."""
    return (
        Detection.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner", "answered_by")
        .first()
    )


def detection_for(actor: Actor, detection_id: UUID) -> Detection:
    """One communication with its case; Detection.DoesNotExist when the actor may not read it."""
    return (
        Detection.objects.filter(records_visible_to(actor))
        .select_related("case", "owner")
        .get(pk=detection_id)
    )


def answered_event(actor: Actor, case: Case) -> Event | None:
    """That a communication was answered, and when: this every party of the case may know."""
    return (
        Event.objects.filter(records_visible_to(actor), case=case, kind=EventKind.DETECTION)
        .order_by("-at")
        .first()
    )


def notices_of(actor: Actor, case: Case) -> list[Notice]:
    """The préavis of a case, the newest first, each with the parties that the actor may see."""
    parties = NoticeParty.objects.filter(parties_visible_to(actor)).select_related("institution", "notice")
    return list(
        Notice.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner")
        .prefetch_related(Prefetch("parties", parties))
        .order_by("-sent_on", "-id")
    )


def notice_for(actor: Actor, notice_id: UUID) -> Notice:
    """One préavis with its case; Notice.DoesNotExist when the actor may not read it."""
    return Notice.objects.filter(records_visible_to(actor)).select_related("case", "owner").get(pk=notice_id)


def party_for(actor: Actor, party_id: UUID) -> NoticeParty:
    """One party of a préavis; NoticeParty.DoesNotExist when the actor may not see it."""
    return (
        NoticeParty.objects.filter(parties_visible_to(actor))
        .select_related("notice", "case", "institution")
        .get(pk=party_id)
    )


def answer_days_of(actor: Actor, case: Case) -> int | None:
    """How long the AI office has to answer a communication; None when no circle of the case knows them."""
    return next((days for one in circles_of(actor, case) if (days := answer_days(one)) is not None), None)


def notifying_circle(actor: Actor, case: Case) -> Programme | None:
    """The circle of the case under which the AI office serves préavis; None when neither knows them."""
    return next((one for one in circles_of(actor, case) if notice_days(one) is not None), None)


def institutions_affected(actor: Actor, case: Case, programme: Programme) -> list[Institution]:
    """The institutions of the circle that the article lets the AI office serve."""
    return [
        institution
        for institution in circle_institutions(programme)
        if any(law.key == LAW for law in laws_for(case, programme, actor.institution_kind, institution.kind))
    ]


@dataclass(frozen=True, slots=True)
class DetectionToDo:
    """One line of a worklist: `answer` a communication, take `position` on a préavis, or `decide`."""

    kind: str
    case_id: UUID
    number: str
    who: str | None
    institution: str
    since: date
    due_on: date


def detection_worklist(actor: Actor) -> list[DetectionToDo]:
    """What early detection and préavis want of the actor's institution, the most urgent first; one query."""
    return sorted(
        (DetectionToDo(*row) for row in _to_do.rows(actor)), key=lambda found: (found.due_on, found.number)
    )


def _to_do_question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    ours = actor.institution_key
    answers = Detection.objects.filter(
        owner_id=ours, answered_on__isnull=True, case__state__in=FOLLOWED
    ).order_by("due_on")
    positions = NoticeParty.objects.filter(
        institution_id=ours,
        position=Position.NONE,
        notice__decided_on__isnull=True,
        notice__objections_until__gte=today,
    ).order_by("notice__objections_until")
    decisions = Notice.objects.filter(
        owner_id=ours, decided_on__isnull=True, objections_until__lt=today
    ).order_by("objections_until")
    parts = (
        _rows(actor, "answer", Detection, answers, "owner", "received_on", "due_on"),
        _rows(
            actor,
            "position",
            NoticeParty,
            positions,
            "notice__owner",
            "notice__sent_on",
            "notice__objections_until",
        ),
        _rows(actor, "decide", Notice, decisions, "owner", "sent_on", "objections_until"),
    )
    return parts[0].union(*parts[1:], all=True)


def _rows(
    actor: Actor, kind: str, model: Any, found: QuerySet[Any], owner: str, since: str, due_on: str
) -> QuerySet[Any]:
    first = model.objects.filter(pk__in=found.values("pk")[:MOST_ON_WORKLIST]).order_by()
    rows: QuerySet[Any] = first.values_list(
        Value(kind, output_field=CharField()),
        "case_id",
        "case__number",
        Cast(shown_name(actor, "case__person_id"), CharField()),
        f"{owner}__short_name",
        Cast(F(since), DateField()),
        Cast(F(due_on), DateField()),
    )
    return rows


_to_do = Compiled(_to_do_question)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One communication on the AI office's list."""

    case_id: UUID
    number: str
    who: str | None
    announcer: str
    state: str
    received_on: date
    due_on: date
    interview_on: date | None


def communications_to_answer(actor: Actor) -> list[Waiting]:
    """The communications that wait for the answer of the actor's office, the most urgent first; one query."""
    rows = (
        Detection.objects.filter(
            owner_id=actor.institution_key, answered_on__isnull=True, case__state__in=FOLLOWED
        )
        .order_by("due_on", "id")
        .values_list(
            "case_id",
            "case__number",
            shown_name(actor, "case__person_id"),
            "case__announced_by__short_name",
            "state",
            "received_on",
            "due_on",
            "interview_on",
        )
    )
    return [Waiting(*row) for row in rows[:MOST_LISTED]]
