"""Where a provider's program hands in an invoice, and asks what became of it. It speaks JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accord.foundation.journal.services import record_read
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import anyone
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.rules import Finding
from accord.purchasing.invoices.rules.reading import MOST_BYTES, read_stream, too_large
from accord.purchasing.invoices.selectors import invoice_for
from accord.purchasing.invoices.services import Caller, take_message, use_key

KINDS = ("application/xml", "text/xml", "application/octet-stream")
Answer = Callable[..., HttpResponse]


def with_key(view: Callable[..., HttpResponse]) -> Answer:
    """Let a program in by its key, and have the rest done on behalf of its provider."""

    @wraps(view)
    def guarded(request: AccordRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        caller = use_key(key.strip()) if scheme.lower() == "bearer" and key.strip() else None
        if caller is None:
            return _trouble(401, _("Il faut une clé valable."), **{"WWW-Authenticate": "Bearer"})
        if caller.wait:
            return _trouble(
                429, _("Trop de messages en une minute ; attendez."), **{"Retry-After": str(caller.wait)}
            )
        with acting_as(caller.actor):
            return view(request, caller, *args, **kwargs)

    return guarded


def _trouble(status: int, sentence: str, /, **headers: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, headers=headers)


@csrf_exempt
@screen(anyone, purpose="send an invoice", methods=("POST",), public=True)
@with_key
def reception(request: AccordRequest, caller: Caller) -> HttpResponse:
    """Take one message: 202 with the number of its receipt, or 422 with what to do."""
    if request.content_type not in KINDS:
        return _trouble(415, _("Envoyez le message lui-même, en application/xml."))
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        return _findings(413, request, [too_large(int(announced))])
    data = read_stream(request)  # type: ignore[arg-type]
    if isinstance(data, Finding):
        return _findings(413, request, [data])
    try:
        handed = take_message(caller=caller, data=data, office=request.GET.get("office", ""))
    except Refused as refused:
        return _trouble(422 if refused.field else 409, refused.sentence)
    if handed.invoice is None:
        return _findings(422, request, handed.verdict.findings)
    said = {
        "receipt": handed.invoice.receipt_number,
        "is_new": handed.is_new,
        "state": handed.invoice.state,
        "link": _link(request, handed.invoice),
        "findings": [one.as_json(request.LANGUAGE_CODE[:2]) for one in handed.verdict.findings],
    }
    return JsonResponse(said, status=202)


def _findings(status: int, request: AccordRequest, found: Any) -> JsonResponse:
    language = request.LANGUAGE_CODE[:2]
    return JsonResponse({"findings": [one.as_json(language) for one in found]}, status=status)


def _link(request: AccordRequest, invoice: Invoice) -> str:
    return request.build_absolute_uri(reverse("invoices:reception_state", args=[invoice.pk]))


@csrf_exempt
@screen(anyone, purpose="send an invoice", methods=("GET",), public=True)
@with_key
def reception_state(request: AccordRequest, caller: Caller, invoice_id: UUID) -> HttpResponse:
    """What became of an invoice: its state, what was found, and the generalInvoiceResponse."""
    try:
        invoice = invoice_for(caller.actor, invoice_id)
    except Invoice.DoesNotExist:
        return _trouble(404, _("Aucune facture de votre institution n’a cette adresse."))
    cases = [invoice.mandate.case_id] if invoice.mandate else []
    record_read(by=caller.actor, subject_kind="invoice", subject_id=invoice.pk, cases=cases)
    answers = list(invoice.responses.all())
    language = request.LANGUAGE_CODE[:2]
    said = {
        "receipt": invoice.receipt_number,
        "state": invoice.state,
        "paid_on": invoice.paid_on,
        "findings": [one.finding.as_json(language) for one in invoice.findings.all()],
        "response": answers[0].xml if answers else "",
    }
    return JsonResponse(said)
