"""Questions about accesses in an emergency; the actor comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from accord.casework.cases.enums import Category
from accord.casework.emergencies.enums import Outcome, Reason
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import visible_to
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.pages import Page, page_of
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programmes


def accesses(actor: Actor) -> QuerySet[EmergencyAccess]:
    """The accesses that the actor may know of, the last one first."""
    return (
        EmergencyAccess.objects.filter(visible_to(actor))
        .select_related("institution", "lead", "user", "reviewer")
        .order_by("-opened_at", "-id")
    )


def access_for(actor: Actor, access_id: UUID) -> EmergencyAccess:
    """One access; EmergencyAccess.DoesNotExist when the actor may not know of it."""
    return accesses(actor).get(pk=access_id)


def running_for(actor: Actor) -> list[EmergencyAccess]:
    """What the actor's institution reads in an emergency now."""
    running = Q(until__gt=now(), ended_at__isnull=True) | Q(ended_at__gt=now())
    return list(accesses(actor).filter(running, institution_id=actor.institution_key))


def accesses_page(
    actor: Actor, *, shown: str = "", after: str = "", before: str = ""
) -> Page[EmergencyAccess]:
    """One page for the officer: what waits for a review, what was reviewed, or all."""
    query = accesses(actor)
    if shown == "":
        query = query.filter(reviewed_at__isnull=True)
    elif shown == "reviewed":
        query = query.filter(reviewed_at__isnull=False)
    return page_of(query, instant="opened_at", after=after, before=before)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one reason was given, and what the reviews found."""

    reason: str
    all: int
    justified: int
    not_justified: int

    @property
    def unreviewed(self) -> int:
        """Those that nobody has reviewed yet."""
        return self.all - self.justified - self.not_justified


def tallies(actor: Actor) -> list[Tally]:
    """Accesses of the actor's institution by reason and outcome; one query, a line for each reason."""
    rows = (
        EmergencyAccess.objects.filter(visible_to(actor), institution_id=actor.institution_key)
        .order_by()
        .values_list("reason")
        .annotate(
            all=Count("id"),
            justified=Count("id", filter=Q(outcome=Outcome.JUSTIFIED)),
            not_justified=Count("id", filter=Q(outcome=Outcome.NOT_JUSTIFIED)),
        )
    )
    counted = {reason: counts for reason, *counts in rows}
    return [Tally(str(label), *counted.get(key, [0, 0, 0])) for key, label in Reason.choices]


def officers_at(institutions: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The data-protection officers of institutions, by institution."""
    return _holding(institutions, Role.DATA_PROTECTION)


def managers_at(institutions: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The managers of institutions, by institution."""
    return _holding(institutions, Role.MANAGER)


def _holding(institutions: Iterable[UUID], role: str) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    rows = Membership.objects.filter(institution_id__in=set(institutions), until__isnull=True, role=role)
    for house, user in rows.values_list("institution_id", "user_id"):
        found.setdefault(house, []).append(user)
    return found


def longest_hours() -> int:
    """The longest access that any current programme allows."""
    return max((programme.parameters["emergency_hours"] for programme in current_programmes()), default=1)


def category_words() -> list[tuple[int, str]]:
    """The kinds of data that every programme knows, in the reader's language, the medical ones last."""
    language = get_language() or "fr"
    known: dict[int, str] = {}
    for programme in current_programmes():
        for kind in programme.categories:
            known.setdefault(kind.mask, kind.label.in_(language))
    common = [(int(kind), known[kind]) for kind in Category if kind in known]
    return sorted(common, key=lambda pair: pair[0] == Category.MEDICAL)


def labels_of(categories: int, programme: Programme | None = None) -> list[str]:
    """The kinds of data of a bit set, in words."""
    if programme is not None:
        language = get_language() or "fr"
        return [kind.label.in_(language) for kind in programme.categories_in(categories)]
    return [label for mask, label in category_words() if categories & mask]
