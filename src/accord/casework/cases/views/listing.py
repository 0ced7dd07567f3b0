"""The list of cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from accord.casework.cases.filters import filters_for, shelf_from
from accord.casework.cases.selectors import CaseRow, cases_page
from accord.casework.cases.services import read_list
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import current_programmes, programme_for


@screen(works_on_cases, purpose="list of cases", methods=("GET",))
def case_list(request: AccordRequest) -> HttpResponse:
    """Cases that one's institution knows of, filtered by visible words, twenty-five at a time."""
    programmes = current_programmes()
    page = cases_page(request.actor, shelf_from(request.GET, programmes))
    if page.rows:
        read_list(by=request.actor, cases=[row.case_id for row in page.rows])
    context = {
        "rows": [as_row(row) for row in page.rows],
        "filters": filters_for(request.GET, programmes),
        "page": page,
        "is_filtered": bool(request.GET),
    }
    return render(request, "cases/list.html", context)


def as_row(row: CaseRow) -> dict[str, Any]:
    """One line of the list, with the words of the case's own version of its programme."""
    language = get_language() or "fr"
    programme = programme_for(row.programme, row.programme_version)
    stage = next((known.label.in_(language) for known in programme.stages if known.key == row.stage), "")
    return {"row": row, "stage": stage}
