"""Programmes, for every member to read: no personal data here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accord.kernel.http import AccordRequest, screen
from accord.network.programmes import enums, panels
from accord.network.programmes.models import ProgrammeVersion
from accord.network.programmes.policies import can_read_programmes
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import (
    circle_of,
    current_programme,
    current_programmes,
    programme_for,
    versions_of,
)


@screen(can_read_programmes, purpose="read programmes", methods=("GET",))
def programmes(request: AccordRequest) -> HttpResponse:
    """All programmes in their current version."""
    return render(request, "programmes/list.html", {"programmes": current_programmes()})


@screen(can_read_programmes, purpose="read programmes", methods=("GET",))
def programme(request: AccordRequest, slug: str, version: str = "") -> HttpResponse:
    """One programme whole, in its current version or in an earlier one; 404 if it was never loaded."""
    try:
        found = programme_for(slug, version) if version else current_programme(slug)
    except ProgrammeVersion.DoesNotExist as missing:
        raise Http404 from missing
    context = _page(found)
    ours = request.actor.institution_id
    context["is_ours"] = any(seat.institution_id == ours for seat in context["members"])
    return render(request, "programmes/programme.html", context)


def _page(found: Programme) -> dict[str, Any]:
    path, members = panels.stage_path(found), list(circle_of(found.slug))
    return {
        "programme": found,
        "versions": versions_of(found.slug),
        "path": path,
        "path_width": panels.STEP_WIDTH * len(path),
        "members": members,
        "seats": panels.circle_seats(found, members),
        "goals": panels.goals(found),
        "offers": panels.offers(found),
        "settings": panels.settings_of(found),
        "laws": panels.laws(found),
        "clocks": panels.clocks(found),
        "meetings": [(meeting, panels.meeting_words(meeting)) for meeting in found.meetings],
        "outcomes": [(item, enums.OutcomeCategory(item.category).label) for item in found.outcomes],
        "retention": [(rule, enums.RetentionKind(rule.kind).label) for rule in found.retention],
        "criteria": [(item, enums.Confidence(item.confidence).label) for item in found.criteria],
    }
