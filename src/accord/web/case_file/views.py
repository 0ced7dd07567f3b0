"""Read the whole case as one page, and print it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accord.casework.cases.models import Case, WorkingCopy
from accord.casework.cases.selectors import case_for
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.web.case_file.chapters import chapters_of
from accord.web.case_file.copying import PRINTING, ask_for_copy, copy_for, hand_out
from accord.web.case_file.printing import print_case_file
from accord.web.case_page import folder_for


@screen(works_on_cases, purpose="read a case file", methods=("GET",))
def case_file(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """One long page of everything that the reader may see, and why the rest is hidden."""
    folder = folder_for(request.actor, case_id)
    context = {
        "case": folder.case,
        "emergency": folder.emergency,
        "chapters": chapters_of(folder),
        "programme_label": folder.programme.label.in_(folder.language),
    }
    return render(request, "web/case_file.html", context)


@screen(works_on_cases, purpose=PRINTING, methods=("GET",))
def case_print(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The file as a PDF; its name says nothing about the person."""
    folder = folder_for(request.actor, case_id)
    return _pdf(print_case_file(folder), folder.case.number)


@screen(works_on_cases, purpose=PRINTING, methods=("POST",))
def case_copy(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Ask for the file with its documents, which the worker puts together."""
    try:
        case = case_for(request.actor, case_id)
    except Case.DoesNotExist:
        raise Http404 from None
    copy = ask_for_copy(by=request.actor, case=case)
    return HttpResponseRedirect(reverse("web:working-copy", args=[copy.pk]))


@screen(works_on_cases, purpose=PRINTING, methods=("GET",))
def working_copy(request: AccordRequest, copy_id: UUID) -> HttpResponse:
    """How far the copy is; it is fetched here."""
    return render(request, "web/working_copy.html", {"copy": _copy_or_404(request, copy_id)})


@screen(works_on_cases, purpose=PRINTING, methods=("GET",))
def working_copy_file(request: AccordRequest, copy_id: UUID) -> HttpResponse:
    """The finished copy, for its requester alone."""
    copy = _copy_or_404(request, copy_id)
    if copy.pdf is None:
        raise Http404
    return _pdf(hand_out(by=request.actor, copy=copy), copy.case.number)


def _copy_or_404(request: AccordRequest, copy_id: UUID) -> WorkingCopy:
    try:
        return copy_for(request.actor, copy_id)
    except WorkingCopy.DoesNotExist:
        raise Http404 from None


def _pdf(data: bytes, number: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="copie-{number.lower()}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
