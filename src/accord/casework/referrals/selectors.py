"""Questions about announcements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from accord.casework.cases.enums import CaseState, Category
from accord.casework.cases.models import Case
from accord.casework.cases.policies import cases_visible_to, current_disclosures, persons_visible_to
from accord.casework.cases.selectors.compiled import Compiled
from accord.casework.cases.selectors.conditions import shown_name
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.policies import can_announce, visible_to
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.pages import Page, page_of
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import circle_institutions, current_programmes
from accord.people.persons.models import Person
from accord.people.persons.rules import name_key

FORGOTTEN_AFTER = timedelta(days=7)
MOST_ON_WORKLIST = 25


def _referrals(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.filter(visible_to(actor)).select_related(
        "case", "sender", "desk", "sender_user", "decided_by"
    )


def referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """One announcement with its exchanges; Referral.DoesNotExist if the actor may not see it."""
    return (
        _referrals(actor)
        .prefetch_related("exchanges__asked_by", "exchanges__answered_by")
        .get(pk=referral_id)
    )


def referral_of(actor: Actor, case: Case) -> Referral | None:
    """The announcement of a case, if the actor may see it."""
    return _referrals(actor).filter(case=case).first()


def to_triage(actor: Actor) -> QuerySet[Referral]:
    """What waits on the actor's desk, the oldest first."""
    return (
        _referrals(actor).filter(desk_id=actor.institution_id, state=ReferralState.SENT).order_by("sent_at")
    )


def asked_back(actor: Actor) -> QuerySet[Referral]:
    """One's own announcements to which the desk asks something."""
    return (
        _referrals(actor)
        .filter(sender_id=actor.institution_id, state=ReferralState.ASKED_BACK)
        .order_by("updated_at")
    )


def drafts(actor: Actor) -> QuerySet[Referral]:
    """One's own announcements in preparation."""
    return (
        _referrals(actor)
        .filter(sender_id=actor.institution_id, state=ReferralState.DRAFT)
        .order_by("-updated_at")
    )


def waiting_for_answer(actor: Actor) -> QuerySet[Referral]:
    """One's own announcements that wait for a desk elsewhere."""
    return (
        _referrals(actor)
        .filter(sender_id=actor.institution_id, state=ReferralState.SENT)
        .exclude(desk_id=actor.institution_id)
        .order_by("sent_at")
    )


def desks_for(programme: Programme) -> list[Institution]:
    """The bodies of the circle that triage announcements in a programme."""
    return [house for house in circle_institutions(programme) if house.kind == programme.desk.kind]


def programmes_for(actor: Actor) -> list[Programme]:
    """Programmes under which the actor may announce a case."""
    return [programme for programme in current_programmes() if can_announce(actor, programme)]


def persons_to_announce(actor: Actor, text: str = "", size: int = 10) -> list[Person]:
    """Persons whom the actor's institution registered: those found by name or AVS number, else the latest."""
    own = Person.objects.filter(institution_id=actor.institution_key, merged_into__isnull=True)
    digits = re.sub(r"\D", "", text)
    if len(digits) == 13:
        return list(own.filter(avs_number=digits)[:size])
    for word in name_key(text).split():
        own = own.filter(name_key__contains=word)
    return list(own.order_by("-updated_at", "pk")[:size])


def own_person(actor: Actor, person_id: UUID) -> Person:
    """A person whom the actor's institution registered; Person.DoesNotExist for any other."""
    return Person.objects.get(institution_id=actor.institution_key, merged_into__isnull=True, pk=person_id)


def running_cases_of(actor: Actor, person: Person, programme_slug: str) -> list[Case]:
    """Cases of the same person that the actor already sees running under a programme.

    The same person is the same registration, or one with the same AVS number.
    """
    same = Q(pk=person.pk) | (Q(avs_number=person.avs_number) if person.avs_number else Q())
    return list(
        Case.objects.filter(
            cases_visible_to(actor),
            programme=programme_slug,
            state__in=[CaseState.DRAFT, CaseState.ANNOUNCED, CaseState.OPEN],
            person__in=Person.objects.filter(persons_visible_to(actor)).filter(same),
        )
        .select_related("lead")
        .order_by("-updated_at")
    )


@dataclass(frozen=True, slots=True)
class ReferralShelf:
    """One list of announcements: for whom, in which states, the oldest or the last changed first."""

    key: str
    for_desk: bool
    states: tuple[ReferralState, ...]
    oldest_first: bool


DECIDED = (
    ReferralState.ACCEPTED,
    ReferralState.DECLINED,
    ReferralState.EXPIRED,
    ReferralState.WITHDRAWN,
)
SHELVES = {
    shelf.key: shelf
    for shelf in (
        ReferralShelf("a-trier", True, (ReferralState.SENT,), True),
        ReferralShelf("complements", True, (ReferralState.ASKED_BACK,), True),
        ReferralShelf("triees", True, DECIDED, False),
        ReferralShelf("brouillons", False, (ReferralState.DRAFT,), False),
        ReferralShelf("en-attente", False, (ReferralState.SENT,), True),
        ReferralShelf("a-completer", False, (ReferralState.ASKED_BACK,), True),
        ReferralShelf("reponses", False, DECIDED, False),
    )
}


def referrals_page(
    actor: Actor, shelf: ReferralShelf, *, after: str = "", before: str = "", size: int = 25
) -> Page[Referral]:
    """One page by keyset; each row knows `who` (null while hidden) and whether its subject `is_shown`."""
    own = Q(sender_id=actor.institution_id)
    if shelf.for_desk:
        own = Q(desk_id=actor.institution_id, sent_at__isnull=False)
    return page_of(
        with_sight(actor, _referrals(actor).filter(own, state__in=shelf.states)),
        instant="sent_at" if shelf.oldest_first else "updated_at",
        oldest_first=shelf.oldest_first,
        after=after,
        before=before,
        size=size,
    )


def with_sight(actor: Actor, query: QuerySet[Referral]) -> QuerySet[Referral]:
    """Add to each announcement the person's name (null while hidden) and whether its subject `is_shown`."""
    opened = (
        current_disclosures(actor)
        .filter(case=OuterRef("case_id"))
        .annotate(seen=F("categories").bitand(int(Category.WORK)))
        .filter(seen__gt=0)
    )
    return query.annotate(
        who=shown_name(actor, "case__person_id"),
        is_shown=ExpressionWrapper(
            Q(sender_id=actor.institution_id) | Exists(opened), output_field=BooleanField()
        ),
    )


@dataclass(frozen=True, slots=True)
class ReferralToDo:
    """An announcement on the worklist: `triage`, `asked_back`, `draft` or `waiting`."""

    kind: str
    pk: UUID
    case_id: UUID
    number: str
    who: str | None
    updated_at: datetime
    sent_at: datetime | None
    expires_on: date | None
    sender: str
    desk: str | None


def referrals_on_worklist(actor: Actor) -> list[ReferralToDo]:
    """What announcements want of us, and what we wait for; at most 25 of each sort, one query.

    Of our drafts, those that nobody touched for a week.
    """
    found = [ReferralToDo(*row) for row in _worklist.rows(actor)]
    return [item for item in found if item.kind != "draft" or item.updated_at < now() - FORGOTTEN_AFTER]


def _worklist_question(actor: Actor, today: date, instant: datetime) -> QuerySet[Any]:
    questions = (
        ("triage", to_triage(actor)),
        ("asked_back", asked_back(actor)),
        ("draft", drafts(actor).order_by("updated_at")),
        ("waiting", waiting_for_answer(actor)),
    )
    first, *others = [
        Referral.objects.filter(pk__in=query.values("pk")[:MOST_ON_WORKLIST]).values_list(
            Value(kind),
            "pk",
            "case_id",
            "case__number",
            Cast(shown_name(actor, "case__person_id"), CharField()),
            "updated_at",
            "sent_at",
            "expires_on",
            "sender__short_name",
            "desk__short_name",
        )
        for kind, query in questions
    ]
    return first.union(*others, all=True)


_worklist = Compiled(_worklist_question)
