"""Questions about what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accord.foundation.journal.models import Entry
from accord.foundation.journal.policies import visible_to
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME
from accord.kernel.pages import Page, page_of

MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class Search:
    """Which entries one looks for; what is empty does not narrow."""

    since: date | None = None
    until: date | None = None
    person: str = ""
    verbs: tuple[str, ...] = ()
    case: str = ""
    reads: bool | None = None


def entries(actor: Actor, search: Search) -> QuerySet[Entry]:
    """The entries that the actor may read, narrowed by her search."""
    query = Entry.objects.filter(visible_to(actor))
    if search.since:
        query = query.filter(at__gte=_midnight(search.since))
    if search.until:
        query = query.filter(at__lt=_midnight(search.until + timedelta(days=1)))
    if search.person:
        query = query.filter(user_name__icontains=search.person)
    if search.verbs:
        query = query.filter(verb__in=search.verbs)
    if search.reads is not None:
        query = query.filter(is_read=search.reads)
    if search.case:
        query = query.filter(_of_case(actor, search.case))
    return query


def entries_page(actor: Actor, search: Search, *, after: str = "", before: str = "") -> Page[Entry]:
    """One page of them, the newest first."""
    return page_of(entries(actor, search), instant="at", after=after, before=before, size=50)


def entries_to_export(actor: Actor, search: Search) -> Iterator[Entry]:
    """All of them, at most 50,000, the newest first."""
    return iter(entries(actor, search).order_by("-at", "-id")[:MOST_EXPORTED])


def _of_case(actor: Actor, typed: str) -> Q:
    """A case by its key, or by its number as the entries about it carry it."""
    try:
        return Q(cases__contains=[UUID(typed)])
    except ValueError:
        named = Entry.objects.filter(visible_to(actor), subject_label__iexact=typed.strip())
        keys = {key for cases in named.order_by("-at").values_list("cases", flat=True)[:50] for key in cases}
        return Q(cases__overlap=list(keys)) if keys else Q(pk__in=[])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SWISS_TIME)
