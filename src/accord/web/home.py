"""Home: what I must do, what waits on others, what changed since my last visit."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_list
from accord.kernel.clock import today
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import signed_in, works_on_cases
from accord.purchasing.measures.policies import provides
from accord.web.worklist import worklist

SOON = timedelta(days=14)
"""What is due later is folded away."""
MOST_URGENT, MOST_AWAITED, MOST_CHANGED = 20, 10, 10
"""Lines of each part of the page; it stays quick to read and quick to come."""


@screen(signed_in, purpose="home", methods=("GET",))
def home(request: AccordRequest) -> HttpResponse:
    """The worklist of the actor (`?pour=institution`: of her whole institution; `?tout=1`: to its end)."""
    decision = works_on_cases(request.actor)
    if not decision:
        elsewhere = {"sentence": decision.sentence, "provides": bool(provides(request.actor))}
        return render(request, "web/home_elsewhere.html", elsewhere)
    own, only_mine = request.actor.institution_id, request.GET.get("pour") != "institution"
    us = next((m.institution.short_name for m in request.memberships if m.institution_id == own), "")
    to_do, waiting, changed = worklist(request.actor, us=us, only_mine=only_mine)
    soon = today() + SOON
    urgent = [item for item in to_do if item.due_on is None or item.due_on <= soon]
    later = [item for item in to_do if item.due_on and item.due_on > soon]
    total = len(to_do) + len(waiting) + len(changed)
    if request.GET.get("tout") != "1":
        urgent, waiting, changed = urgent[:MOST_URGENT], waiting[:MOST_AWAITED], changed[:MOST_CHANGED]
        later = later[: MOST_URGENT - len(urgent)]
    listed = [*urgent, *later, *waiting, *changed]
    if shown := {item.case_id for item in listed if item.case_id}:
        read_list(by=request.actor, cases=sorted(shown))
    context = {
        "to_do": urgent,
        "later": later,
        "waiting": waiting,
        "changed": changed,
        "unlisted": total - len(listed),
        "only_mine": only_mine,
        "choices": [("", _("moi")), ("institution", _("mon institution"))],
    }
    return render(request, "web/home.html", context)
