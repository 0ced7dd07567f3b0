"""Documents of a case: file one, read one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.cases.forms import DocumentForm
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.cases.panels import why_shown
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import filed_document_for, sight_of
from accord.casework.cases.services import file_document, read_document
from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.foundation.documents.policies import may_be_opened
from accord.foundation.documents.services import store_document
from accord.foundation.documents.views import serve_download, serve_preview
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="file a document")
def documents(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """File a document under a kind of data and for an audience."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        programme=programme_for(case.programme, case.programme_version),
    )
    return answer_form(
        request,
        case,
        form,
        lambda data: _file(request, case, data),
        title=_("Nouveau document"),
        button=_("Ajouter le document"),
        back=back_to(case.pk, "documents"),
        done=_("Le document est ajouté."),
    )


@transaction.atomic
def _file(request: AccordRequest, case: Case, data: dict[str, Any]) -> CaseDocument:
    stored = store_document(by=request.actor, file=data["file"], title=data["title"])
    return file_document(
        by=request.actor,
        case_id=case.pk,
        document=stored,
        title=data["title"],
        category=data["category"],
        audience=data["audience"],
    )


@screen(works_on_cases, purpose="read a document", methods=("GET",))
def document(request: AccordRequest, filed_id: UUID) -> HttpResponseBase:
    """Show a document's pages; with `?fichier`, hand out the file itself. Each reading is journalled."""
    filed = _filed_or_404(request, filed_id)
    sight = sight_of(request.actor, filed.case)
    if "fichier" in request.GET:
        response = serve_download(filed.document)
        read_document(by=request.actor, filed=filed, legal_basis=sight.legal_basis)
        return response
    decision = may_be_opened(filed.document)
    read_document(by=request.actor, filed=filed, legal_basis=sight.legal_basis)
    context = {
        "filed": filed,
        "case": filed.case,
        "back": back_to(filed.case_id, "documents"),
        "pages": range(1, (filed.document.pages or 0) + 1) if filed.document.is_previewed else (),
        "held_back": decision.sentence,
        "why": why_shown(sight, filed.category, filed.owner_id),
    }
    return render(request, "cases/document.html", context)


@screen(works_on_cases, purpose="read a document", methods=("GET",))
def document_preview(request: AccordRequest, filed_id: UUID) -> HttpResponseBase:
    """The picture of one page, `?page=2`; each page that is shown is journalled."""
    filed = _filed_or_404(request, filed_id)
    page = request.GET.get("page", "1")
    if not (page.isascii() and page.isdecimal() and len(page) < 6):
        raise Http404
    response = serve_preview(filed.document, int(page))
    read_document(by=request.actor, filed=filed, legal_basis=sight_of(request.actor, filed.case).legal_basis)
    return response


def _filed_or_404(request: AccordRequest, filed_id: UUID) -> CaseDocument:
    try:
        return filed_document_for(request.actor, filed_id)
    except CaseDocument.DoesNotExist:
        raise Http404 from None
