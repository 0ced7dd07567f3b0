"""Questions about questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accord.casework.advice.enums import QuestionState
from accord.casework.advice.models import Question
from accord.casework.advice.policies import ANSWERING_ROLES, answerable_by, visible_to
from accord.casework.advice.rules import Asked, quarter_of
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME
from accord.kernel.pages import Page, page_of
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import circle_of, current_programmes

MOST_ON_WORKLIST = 20
SHELVES: dict[str, Callable[[Actor], Q]] = {
    "a-repondre": lambda actor: answerable_by(actor) & Q(state=QuestionState.ASKED),
    "repondues": lambda actor: answerable_by(actor) & ~Q(state=QuestionState.ASKED),
    "posees": lambda actor: Q(asked_by_id=actor.institution_key),
}


def questions_page(actor: Actor, shelf: str, *, after: str = "", before: str = "") -> Page[Question]:
    """One page of a list: to answer the oldest first, the others as they last changed."""
    oldest_first = shelf == "a-repondre"
    return page_of(
        _questions(actor).filter(SHELVES[shelf](actor)),
        instant="asked_at" if oldest_first else "updated_at",
        oldest_first=oldest_first,
        after=after,
        before=before,
    )


def _questions(actor: Actor) -> QuerySet[Question]:
    return Question.objects.filter(visible_to(actor)).select_related(
        "asked_by", "asker", "addressee", "referral"
    )


def question_for(actor: Actor, question_id: UUID) -> Question:
    """One question with its thread; Question.DoesNotExist if the actor may not see it."""
    return _questions(actor).prefetch_related("answers__author", "answers__institution").get(pk=question_id)


def is_addressed(actor: Actor, question: Question) -> bool:
    """Whether the actor's institution is one of those that answer it."""
    return Question.objects.filter(answerable_by(actor), pk=question.pk).exists()


def programmes_to_ask(actor: Actor) -> list[Programme]:
    """The programmes about which one may ask: those whose circle one belongs to."""
    seats = ProgrammeMember.objects.filter(institution_id=actor.institution_key, until__isnull=True)
    slugs = set(seats.values_list("programme_slug", flat=True))
    return [programme for programme in current_programmes() if programme.slug in slugs]


def addressees_for(actor: Actor, programme_slug: str) -> list[Institution]:
    """The institutions of the circle in which a referent or a desk answers."""
    seats = circle_of(programme_slug).values("institution")
    answering = Membership.objects.filter(role__in=ANSWERING_ROLES, until__isnull=True, institution__in=seats)
    found = Institution.objects.filter(pk__in=answering.values("institution"))
    return list(found.exclude(pk=actor.institution_key).order_by("name"))


@dataclass(frozen=True, slots=True)
class QuestionToDo:
    """A question on the worklist: to answer, or one of ours that waits."""

    pk: UUID
    subject: str
    asker: str
    addressee: str | None
    is_ours: bool
    asked_at: datetime
    due_on: date
    escalated_at: datetime | None


def questions_on_worklist(actor: Actor) -> list[QuestionToDo]:
    """What referents and their managers have to answer, and what the institution waits for; one query.

    A manager who is no referent finds what was escalated.
    """
    theirs = answerable_by(actor)
    if not actor.has_role(*ANSWERING_ROLES):
        theirs &= Q(escalated_at__isnull=False) if actor.has_role(Role.MANAGER) else Q(pk__in=[])
    waiting = Q(asked_by_id=actor.institution_key, asker_id=actor.user_key)
    rows = (
        Question.objects.filter(theirs | waiting, state=QuestionState.ASKED)
        .order_by("due_on")
        .values_list(
            "pk", "subject", "asked_by__short_name", "addressee__short_name", "asked_by_id", "asker_id",
            "asked_at", "due_on", "escalated_at",
        )[:MOST_ON_WORKLIST]
    )  # fmt: skip
    return [
        QuestionToDo(
            pk=pk,
            subject=subject,
            asker=asker,
            addressee=addressee,
            is_ours=not (asked_by == actor.institution_id and asker_id == actor.user_id),
            asked_at=asked_at,
            due_on=due_on,
            escalated_at=escalated_at,
        )
        for pk, subject, asker, addressee, asked_by, asker_id, asked_at, due_on, escalated_at in rows
    ]


def asked_of_us(actor: Actor) -> list[Asked]:
    """What the statistics of the actor's referents are made from: every question that she may answer."""
    rows = (
        Question.objects.filter(answerable_by(actor))
        .annotate(asker_name=F("asked_by__short_name"))
        .values_list("asked_at", "asker_name", "answered_at", "was_helpful", "referral_id")
    )
    return [
        Asked(
            quarter=quarter_of(asked_at.astimezone(SWISS_TIME).date()),
            asker=asker,
            answered_after=(
                answered_at.astimezone(SWISS_TIME).date() - asked_at.astimezone(SWISS_TIME).date()
            ).days
            if answered_at
            else None,
            was_helpful=was_helpful,
            became_announcement=referral_id is not None,
        )
        for asked_at, asker, answered_at, was_helpful, referral_id in rows
    ]
