"""The list of conventions, and those that want renewing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from accord.foundation.journal.services import record_read
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements import selectors
from accord.network.agreements.filters import filters_for, shelf_from
from accord.network.agreements.policies import can_draft, member

MOST_SHOWN = 200


@screen(member, purpose="list of agreements", methods=("GET",))
def agreement_list(request: AccordRequest) -> HttpResponse:
    """Conventions that one's institution knows of, the first to end on top."""
    rows = list(selectors.agreements_page(request.actor, shelf_from(request.GET))[: MOST_SHOWN + 1])
    record_read(by=request.actor, subject_kind="agreement list")
    context = {
        "rows": rows[:MOST_SHOWN],
        "is_cut": len(rows) > MOST_SHOWN,
        "parties": selectors.parties_named(rows, request.actor.institution_id),
        "filters": filters_for(),
        "is_filtered": bool(request.GET),
        "may_draft": can_draft(request.actor),
    }
    return render(request, "agreements/list.html", context)


@screen(member, purpose="list of agreements", methods=("GET",))
def renewals(request: AccordRequest) -> HttpResponse:
    """One's own conventions that end within three months and that nothing follows yet."""
    rows = selectors.to_renew(request.actor)
    record_read(by=request.actor, subject_kind="agreement list")
    context = {
        "rows": rows,
        "parties": selectors.parties_named(rows, request.actor.institution_id),
        "may_renew": can_draft(request.actor),
    }
    return render(request, "agreements/renewals.html", context)
