"""Questions about communications and préavis, as far as the actor may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accord.casework.cases.enums import CaseState, EventKind
from accord.casework.cases.models import Case, Event
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors import circles_of, laws_for
from accord.casework.cases.selectors.conditions import shown_name
from accord.casework.cases.selectors.lines import lines
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


def detection_lines(actor: Actor, only_mine: bool, today: date, now: datetime) -> list[QuerySet[Any]]:
    """To `answer` a communication, to take `position` on a préavis, to `decide` when its time is over."""
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
    return [
        lines(actor, "detection", why, found, most=MOST_ON_WORKLIST, since=since, due_on=due_on)
        for why, found, since, due_on in (
            ("answer", answers, "received_on", "due_on"),
            ("position", positions, "notice__sent_on", "notice__objections_until"),
            ("decide", decisions, "sent_on", "objections_until"),
        )
    ]


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
