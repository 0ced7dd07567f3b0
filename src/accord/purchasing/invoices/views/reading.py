"""Lists, the page of an invoice, and its files."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.filters import filters_for, shelf_from
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.panels import clock_drawing, clock_table, told
from accord.purchasing.invoices.policies import (
    can_approve,
    can_decide,
    invoices,
    keeps_desk,
    pays,
    reads_invoices,
)
from accord.purchasing.invoices.selectors import (
    clock_of,
    invoices_page,
    progress_of,
    terms_of,
    unfinished_batches,
)
from accord.purchasing.invoices.services.answering import bytes_of
from accord.purchasing.invoices.services.printing import print_invoice
from accord.purchasing.invoices.views.loading import download, invoice_or_404
from accord.purchasing.measures.selectors import given_mandates


def _shown(request: AccordRequest) -> dict[str, object]:
    page = invoices_page(
        request.actor,
        shelf_from(request.GET),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    record_read(by=request.actor, subject_kind="invoice list")
    return {
        "page": page,
        "filters": filters_for(),
        "is_filtered": bool(request.GET),
        "batches": unfinished_batches(request.actor),
    }


@screen(keeps_desk, purpose="read invoices", methods=("GET",))
def invoice_list(request: AccordRequest) -> HttpResponse:
    """The desk: what is to be paid first, and the thirty-day clock."""
    clock = clock_of(request.actor)
    context = {
        **_shown(request),
        "clock": clock,
        "clock_table": clock_table(clock),
        "clock_drawing": clock_drawing(clock),
        "may_pay": pays(request.actor),
    }
    return render(request, "invoices/list.html", context)


@screen(invoices, purpose="read invoices", methods=("GET",))
def sent(request: AccordRequest) -> HttpResponse:
    """The provider's own invoices, and the mandates that she may bill."""
    mandates = given_mandates(request.actor, "en-cours").rows
    return render(request, "invoices/sent.html", {**_shown(request), "mandates": mandates})


@screen(reads_invoices, purpose="read invoices", methods=("GET",))
def batch(request: AccordRequest, batch_id: UUID) -> HttpResponse:
    """How far the checking of many files is."""
    counts = progress_of(request.actor, batch_id)
    total = sum(counts.values())
    if not total:
        raise Http404
    record_read(by=request.actor, subject_kind="invoice list")
    checked = total - counts.get(InvoiceState.RECEIVED, 0)
    context = {
        "total": total,
        "checked": checked,
        "counts": [(InvoiceState(state).label, count) for state, count in sorted(counts.items())],
        "is_done": checked == total,
        "back": _home(request.actor),
    }
    return render(request, "invoices/batch.html", context)


@screen(reads_invoices, purpose="check an invoice", methods=("GET",))
def show(request: AccordRequest, invoice_id: UUID) -> HttpResponse:
    """One invoice: what is wrong at which line, what to do, and what comes next."""
    invoice = invoice_or_404(request, invoice_id)
    language = (get_language() or "fr")[:2]
    context = {
        "invoice": invoice,
        "findings": told(invoice.findings.all(), language),
        "responses": list(invoice.responses.all()),
        "is_desk": keeps_desk(request.actor),
        "may_decide": can_decide(request.actor, invoice),
        "may_approve": _may_approve(request.actor, invoice),
        "why_not": can_approve(request.actor, invoice).sentence,
        "needs_second": invoice.amount > terms_of(invoice.office_id).four_eyes_above,
        "may_see_batch": invoice.batch_id is not None
        and request.actor.institution_id in (invoice.office_id, invoice.sender_id),
        "back": _home(request.actor),
    }
    return render(request, "invoices/show.html", context)


def _home(actor: Actor) -> str:
    """The list from which an invoice is opened."""
    return "invoices:list" if keeps_desk(actor) else "invoices:sent"


def _may_approve(actor: Actor, invoice: Invoice) -> bool:
    """Also what is pending: by approving, a colleague says that she has looked."""
    if invoice.state == InvoiceState.PENDING:
        return bool(can_decide(actor, invoice)) and invoice.kind == "normal" and invoice.mandate is not None
    return bool(can_approve(actor, invoice))


@screen(reads_invoices, purpose="read invoices", methods=("GET",))
def message_file(request: AccordRequest, invoice_id: UUID) -> HttpResponse:
    """The message as it came in."""
    invoice = invoice_or_404(request, invoice_id)
    return download(bytes_of(invoice), f"facture-{invoice.pk.hex[-8:]}.xml")


@screen(reads_invoices, purpose="read invoices", methods=("GET",))
def response_file(request: AccordRequest, invoice_id: UUID, response_id: UUID) -> HttpResponse:
    """The answer, for the program of the provider."""
    invoice = invoice_or_404(request, invoice_id)
    found = next((one for one in invoice.responses.all() if one.pk == response_id and one.xml), None)
    if found is None:
        raise Http404
    return download(found.xml.encode(), f"reponse-{found.pk.hex[-8:]}.xml")


@screen(reads_invoices, purpose="read invoices", methods=("GET",))
def printed(request: AccordRequest, invoice_id: UUID) -> HttpResponse:
    """The invoice on paper, with its QR slip."""
    invoice = invoice_or_404(request, invoice_id)
    pdf = print_invoice(invoice)
    return download(pdf, f"facture-{invoice.pk.hex[-8:]}.pdf", "application/pdf")
