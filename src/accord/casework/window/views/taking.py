"""Her data to take away."""

from __future__ import annotations

import json

from django.http import HttpResponse

from accord.casework.window.selectors import own_case
from accord.casework.window.services import SCHEMA, data_as_pdf, data_of
from accord.casework.window.views.shell import page, window_screen
from accord.kernel.http import AccordRequest


@window_screen(purpose="take own data", methods=("GET",))
def data(request: AccordRequest) -> HttpResponse:
    """In which two ways she can take her data with her."""
    return page(request, "window/data.html", {}, here="more")


@window_screen(purpose="take own data", methods=("GET",))
def data_json(request: AccordRequest) -> HttpResponse:
    """For machines."""
    found = data_of(by=request.actor, case=own_case(request.actor))
    return _file(
        json.dumps(found, ensure_ascii=False, indent=2).encode(), "application/json", "mes-donnees.json"
    )


@window_screen(purpose="take own data", methods=("GET",))
def data_pdf(request: AccordRequest) -> HttpResponse:
    """To read and to print."""
    return _file(
        data_as_pdf(by=request.actor, case=own_case(request.actor)), "application/pdf", "ma-situation.pdf"
    )


@window_screen(purpose="take own data", methods=("GET",))
def schema(request: AccordRequest) -> HttpResponse:
    """What the file for machines is made of."""
    return _file(json.dumps(SCHEMA, indent=2).encode(), "application/schema+json", "schema.json")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
