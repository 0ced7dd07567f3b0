"""What the person asked for, as she sees it and as those see it who answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from accord.casework.cases.models import Case
from accord.casework.cases.selectors.lines import lines
from accord.casework.window.enums import ANSWERED, RequestKind
from accord.casework.window.models import PersonRequest
from accord.casework.window.policies import requests_visible_to
from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of

MOST_LISTED = 50


def own_requests(actor: Actor, case: Case) -> list[PersonRequest]:
    """What she asked for, the newest first, with the answers."""
    return list(
        PersonRequest.objects.filter(requests_visible_to(actor), case=case)
        .select_related("answered_by")
        .order_by("-received_at", "-id")
    )


def request_lines(actor: Actor, only_mine: bool, today: date, now: datetime) -> list[QuerySet[Any]]:
    """What waits for an answer in the cases that the actor's institution leads.

    Objections are not among them: they are the data-protection officer's.
    """
    waiting = (
        PersonRequest.objects.filter(requests_visible_to(actor))
        .exclude(state__in=ANSWERED)
        .exclude(kind=RequestKind.OBJECTION)
        .order_by("due_on", "id")
    )
    return [
        lines(actor, "request", F("kind"), waiting, most=MOST_LISTED, since="received_at", due_on="due_on")
    ]


def requests_page(
    actor: Actor, *, objections: bool, after: str = "", before: str = ""
) -> Page[PersonRequest]:
    """Requests or objections to the actor's institution, the newest first."""
    query = PersonRequest.objects.filter(requests_visible_to(actor)).select_related("case")
    of_kind = (
        query.filter(kind=RequestKind.OBJECTION) if objections else query.exclude(kind=RequestKind.OBJECTION)
    )
    return page_of(of_kind, instant="received_at", after=after, before=before)


def request_for(actor: Actor, request_id: UUID, *, objections: bool) -> PersonRequest:
    """One of them with its case; PersonRequest.DoesNotExist when it is none of the actor's."""
    query = PersonRequest.objects.filter(requests_visible_to(actor)).select_related("case", "answered_by")
    of_kind = (
        query.filter(kind=RequestKind.OBJECTION) if objections else query.exclude(kind=RequestKind.OBJECTION)
    )
    return of_kind.get(pk=request_id)
