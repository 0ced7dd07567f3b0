"""Lists of invoices, for the office and for the provider."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from accord.kernel.actors import NIL, Actor
from accord.kernel.clock import today
from accord.kernel.pages import Page, page_of
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Batch, Invoice, PaymentOrder, PaymentTerms, ReceptionKey
from accord.purchasing.invoices.models.receiving import RECEIPT
from accord.purchasing.invoices.policies import (
    batches_visible_to,
    invoices_visible_to,
    keys_visible_to,
    of_own_office,
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which invoices a list shows."""

    states: tuple[str, ...] = ()
    number: str = ""
    overdue_only: bool = False
    last_first: bool = False


def _invoices(actor: Actor) -> QuerySet[Invoice]:
    return Invoice.objects.filter(invoices_visible_to(actor)).select_related(
        "office", "provider__institution", "sender", "mandate"
    )


def invoices_page(actor: Actor, shelf: Shelf, *, after: str = "", before: str = "") -> Page[Invoice]:
    """One page of a shelf, the invoice to be paid first on top; of what is over, the last one."""
    query = _invoices(actor)
    if shelf.states:
        query = query.filter(state__in=shelf.states)
    if shelf.overdue_only:
        query = query.filter(due_on__lt=today())
    if shelf.number:
        query = query.filter(_called(shelf.number))
    return page_of(query, instant="due_on", oldest_first=not shelf.last_first, after=after, before=before)


def _called(number: str) -> Q:
    """Its own number, that of its decision, or that of its receipt."""
    found = Q(number__istartswith=number) | Q(decision_number__startswith=number.replace(".", ""))
    serial = number.upper().removeprefix(RECEIPT)
    return found | Q(receipt=int(serial)) if serial != number and serial.isdecimal() else found


def invoice_for(actor: Actor, invoice_id: UUID) -> Invoice:
    """One invoice with all that was found and answered; Invoice.DoesNotExist for anybody else."""
    return (
        _invoices(actor)
        .select_related("approved_by", "second_by", "order", "cancels", "batch")
        .prefetch_related("lines", "findings", "responses__author")
        .get(pk=invoice_id)
    )


def unfinished_batches(actor: Actor, *, limit: int = 10) -> list[Batch]:
    """The last batches of which something still waits to be checked, each with how much."""
    query = Batch.objects.filter(batches_visible_to(actor)).annotate(
        waiting=Count("invoices", filter=Q(invoices__state=InvoiceState.RECEIVED))
    )
    return list(query.filter(waiting__gt=0).order_by("-created_at")[:limit])


def progress_of(actor: Actor, batch_id: UUID) -> dict[str, int]:
    """How many invoices of a batch stand in each state."""
    query = Invoice.objects.filter(invoices_visible_to(actor), batch=batch_id).values("state")
    return dict(query.annotate(n=Count("id")).values_list("state", "n"))


def keys_of(actor: Actor) -> list[ReceptionKey]:
    """The keys of the provider's programs: those that hold first."""
    keys = ReceptionKey.objects.filter(keys_visible_to(actor)).select_related("created_by")
    return list(keys.order_by(F("revoked_at").asc(nulls_first=True), "-created_at"))


def ready_to_pay(actor: Actor) -> list[Invoice]:
    """What was approved and is not yet in an order."""
    return list(
        _invoices(actor).filter(of_own_office(actor), state=InvoiceState.APPROVED).order_by("due_on", "id")
    )


def orders_of(actor: Actor, *, limit: int = 20) -> list[PaymentOrder]:
    """The last payment orders of the office."""
    query = PaymentOrder.objects.filter(of_own_office(actor)).select_related("created_by", "exported_by")
    return list(query.order_by("-created_at")[:limit])


def terms_of(office_id: UUID | None) -> PaymentTerms:
    """How an office pays; the usual terms while it set none."""
    found = PaymentTerms.objects.filter(pk=office_id).first() if office_id else None
    return found or PaymentTerms(office_id=office_id or NIL)
