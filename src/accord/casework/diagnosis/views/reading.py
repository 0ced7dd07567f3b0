"""Earlier versions with what changed, and the diagnosis on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accord.casework.cases.panels import why_hidden
from accord.casework.cases.selectors import person_of, sight_of
from accord.casework.cases.services import read_case
from accord.casework.cases.views.answering import back_to, case_or_404
from accord.casework.diagnosis.panels import history_words, part_words, whole_words
from accord.casework.diagnosis.selectors import diagnosis_of
from accord.casework.diagnosis.views.loading import PANEL, anchor_of, section_or_404
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="read the diagnosis", methods=("GET",))
def versions(request: AccordRequest, section_id: UUID) -> HttpResponse:
    """Every signed version of a part that one may read, with what changed since the one before."""
    actor, found = request.actor, section_or_404(request, section_id)
    section = next(view for view in diagnosis_of(actor, found.case).sections if view.id == found.pk)
    if not section.versions:
        raise Http404
    read_case(by=actor, case=found.case, what="diagnosis section")
    context = {
        "case": found.case,
        "section": section,
        "history": history_words(section),
        "back": back_to(found.case_id, PANEL, anchor_of(found.part)),
    }
    return render(request, "diagnosis/versions.html", context)


@screen(works_on_cases, purpose="print the diagnosis", methods=("GET",))
def sheet(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The diagnosis as a document: what is hidden from the reader is named, not printed."""
    actor, case = request.actor, case_or_404(request, case_id)
    whole, sight = diagnosis_of(actor, case), sight_of(actor, case)
    programme = programme_for(case.programme, case.programme_version)
    read_case(by=actor, case=case, what="diagnosis", legal_basis=sight.legal_basis)
    context = {
        "case": case,
        "person": person_of(actor, case),
        "parts": [
            part_words(section, whole) | {"hidden": why_hidden(sight, section.category, programme)}
            for section in whole.sections
            if section.is_needed or section.number
        ],
        **whole_words(whole),
    }
    return render(request, "diagnosis/sheet.html", context)
