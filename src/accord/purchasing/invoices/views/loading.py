"""What every screen of an invoice begins and ends with."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accord.foundation.journal.services import record_read
from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.selectors import invoice_for

XML = "application/xml"


def invoice_or_404(request: AccordRequest, invoice_id: UUID) -> Invoice:
    """The invoice, its reading journalled; 404 when the actor may not know of it."""
    try:
        invoice = invoice_for(request.actor, invoice_id)
    except Invoice.DoesNotExist:
        raise Http404 from None
    cases = [invoice.mandate.case_id] if invoice.mandate else []
    record_read(
        by=request.actor,
        subject_kind="invoice",
        subject_id=invoice.pk,
        subject_label=invoice.number,
        cases=cases,
    )
    return invoice


def demand(decision: Decision) -> None:
    """403 with the sentence of the policy, unless it says yes."""
    if not decision:
        raise PermissionDenied(decision.sentence)


def refuse(form: forms.BaseForm, refused: Refused) -> None:
    """Put the sentence of a refused verb beside the field that it concerns."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def status_of(*forms_sent: forms.BaseForm) -> int:
    """422 when a form comes back with its faults."""
    return 422 if any(form.is_bound and form.errors for form in forms_sent) else 200


def to_invoice(invoice_id: UUID) -> HttpResponse:
    """The page of the invoice."""
    return HttpResponseRedirect(reverse("invoices:show", args=[invoice_id]))


def download(data: bytes, name: str, kind: str = XML) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
