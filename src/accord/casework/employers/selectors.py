"""Questions about employers and contacts; the actor comes first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.compiled import records_in_case
from accord.casework.employers.enums import ContactState
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.employers.rules import enterprise_key, normalise_uid
from accord.kernel.actors import Actor

MOST_FOUND, MOST_DOUBLES, MOST_PAST = 50, 5, 50
LIKELY = 0.45
"""Trigram similarity from which two enterprises in one place are shown as perhaps the same."""


def employers_like(actor: Actor, typed: str = "") -> list[Employer]:
    """Enterprises whose name or number holds what was typed, each with `open_contacts` that one may see."""
    mine = contacts_visible_to(actor).filter(employer=OuterRef("pk"), state=ContactState.OPEN)
    counted = mine.order_by().values("employer").annotate(n=Count("pk")).values("n")
    found = Employer.objects.annotate(open_contacts=Coalesce(Subquery(counted), 0))
    if number := normalise_uid(typed):
        return list(found.filter(uid=number))
    for word in enterprise_key(typed).split():
        found = found.filter(name_key__contains=word)
    return list(found.order_by("name_key", "city", "id")[:MOST_FOUND])


def likely_doubles(name: str, city: str, uid: str = "") -> list[Employer]:
    """Enterprises that may be the one about to be registered, the likeliest first."""
    near = Employer.objects.annotate(near=TrigramSimilarity("name_key", enterprise_key(name)))
    same = Q(near__gte=LIKELY, city__iexact=city.strip()) | Q(name_key=enterprise_key(name))
    if uid:
        same |= Q(uid=uid)
    return list(near.filter(same).order_by("-near", "name_key")[:MOST_DOUBLES])


def contacts_visible_to(actor: Actor) -> QuerySet[EmployerContact]:
    """Contacts that the actor may know of, in whichever case."""
    return EmployerContact.objects.filter(records_visible_to(actor))


def _shown(contacts: QuerySet[EmployerContact]) -> QuerySet[EmployerContact]:
    return contacts.select_related("case", "owner", "colleague", "employer")


def contacts_of(actor: Actor, case: Case) -> list[EmployerContact]:
    """Contacts of a case: the planned ones by day, then the others, the newest first."""
    rows = _contacts(actor, case)
    planned = [row for row in rows if row.state == ContactState.OPEN]
    return planned + [row for row in reversed(rows) if row.state != ContactState.OPEN]


_contacts = records_in_case(lambda actor: _shown(contacts_visible_to(actor)).order_by("planned_for", "id"))


def contact_for(actor: Actor, contact_id: UUID) -> EmployerContact:
    """One contact; EmployerContact.DoesNotExist when the actor may not know of it."""
    return _shown(contacts_visible_to(actor)).get(pk=contact_id)


def contacts_with(actor: Actor, employer: Employer) -> tuple[list[EmployerContact], list[EmployerContact]]:
    """The planned contacts with an employer in all cases that one may see, and the past ones."""
    rows = _shown(contacts_visible_to(actor)).filter(employer=employer)
    planned = rows.filter(state=ContactState.OPEN).order_by("planned_for", "id")
    past = rows.exclude(state=ContactState.OPEN).order_by(
        F("done_on").desc(nulls_last=True), "-planned_for", "id"
    )
    return list(planned), list(past[:MOST_PAST])


@dataclass(frozen=True, slots=True)
class Others:
    """Who else is in contact with an employer now: in this case by row, elsewhere by institution and number."""

    here: tuple[EmployerContact, ...]
    elsewhere: tuple[tuple[str, int], ...]

    def __bool__(self) -> bool:
        """Whether somebody is."""
        return bool(self.here or self.elsewhere)


def others_in_contact(actor: Actor, case: Case, employer: Employer) -> Others:
    """Who else has a planned contact with this employer, as far as one may know; two queries."""
    planned = contacts_visible_to(actor).filter(employer=employer, state=ContactState.OPEN)
    here = _shown(planned).filter(case=case).exclude(owner_id=actor.institution_key).order_by("planned_for")
    elsewhere = (
        planned.exclude(case=case)
        .order_by("owner__short_name")
        .values_list("owner__short_name")
        .annotate(n=Count("pk"))
    )
    return Others(tuple(here), tuple(elsewhere))
