"""The case page: the situation in ten seconds, its picture, and one panel at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.selectors import (
    Sight,
    case_with_person,
    circles_of,
    disclosures_of,
    read_next_step,
    sights_by_institution,
    stretches_of,
)
from accord.casework.cases.services import note_visit, read_case
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.web.case_panels import PANELS, Folder, authorisations_of
from accord.web.case_panels.news import news


@screen(works_on_cases, purpose="follow a case", methods=("GET",))
def case_page(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Open a case at one of its panels; the reading is journalled and the visit remembered."""
    key = request.GET.get("panneau", "")
    if key not in PANELS:
        raise Http404
    folder = folder_for(request.actor, case_id)
    panel = PANELS[key]
    context = {
        "folder": folder,
        "case": folder.case,
        "person": folder.person,
        "panel_key": key,
        "panel_template": panel.template,
        "tabs": _tabs(folder, key),
        **_header(folder),
        **news(folder),
        **panel.gather(folder),
    }
    return render(request, "web/case_page.html", context)


def folder_for(actor: Actor, case_id: UUID) -> Folder:
    """Load what every panel needs, journal the reading with its basis, remember the visit; Http404 otherwise."""
    try:
        case, person = case_with_person(actor, case_id)
    except Case.DoesNotExist:
        raise Http404 from None
    disclosures = disclosures_of(actor, case)
    own = actor.institution_id
    if own is None:
        raise Http404
    sight = sights_by_institution(disclosures).get(own, Sight(own))
    read_case(by=actor, case=case, legal_basis=sight.legal_basis)
    look = note_visit(by=actor, case=case)
    circles = circles_of(actor, case)
    return Folder(
        actor=actor,
        case=case,
        person=person,
        programme=circles[0],
        circles=circles,
        disclosures=disclosures,
        sight=sight,
        stretches=stretches_of(actor, case),
        visited_at=look.since,
        follows=look.follows,
        language=get_language() or "fr",
    )


def _header(folder: Folder) -> dict[str, Any]:
    case, person, sight = folder.case, folder.person, folder.sight
    owner = person.institution_id if person else None
    knows_something = bool(sight.mask) or case.announced_by_id == sight.institution_id or folder.takes_part
    told: Any = case
    return {
        "next_up": read_next_step(told.next_step),
        "subject": case.subject if knows_something else "",
        "circle_labels": [programme.label.in_(folder.language) for programme in folder.circles],
        "stage_label": folder.stage_label(case.stage),
        "emergency": folder.emergency,
        "authorisations": authorisations_of(folder),
        "why_person": why_shown(sight, Category.IDENTITY, owner, folder.circles),
        "person_hidden": "" if person else why_hidden(sight, Category.IDENTITY, folder.programme),
    }


def _tabs(folder: Folder, current: str) -> list[dict[str, Any]]:
    address = reverse("web:case", args=[folder.case.pk])
    return [
        {"word": panel.word, "url": f"{address}?panneau={key}" if key else address, "current": key == current}
        for key, panel in PANELS.items()
        if key == current or panel.is_for(folder)
    ]
