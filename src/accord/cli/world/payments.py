"""What an office of the demo approved, handed to the bank, and was told to be paid."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import groupby

from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, today
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution, Membership
from accord.network.institutions.selectors import actor_for
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Booking, Invoice, PaymentOrder
from accord.purchasing.invoices.selectors import terms_of
from accord.purchasing.invoices.services.paying import order_payments


def pay_some(office: Institution) -> None:
    """From the oldest to the newest: paid, ordered, approved; one old one was forgotten, and is overdue."""
    manager = User.objects.filter(
        pk__in=Membership.objects.filter(institution=office, role=Role.MANAGER).values("user")
    ).first()
    if manager is None:
        return
    by, _memberships = actor_for(manager, office.pk)
    accepted = Invoice.objects.filter(office=office, state=InvoiceState.ACCEPTED)
    rows = [row for row in accepted.order_by("received_at", "id") if not _wants_another(row, manager)]
    forgotten, recent = rows[1:2], [row for row in rows if row.due_on >= today()]
    settled = [row for row in rows if row not in forgotten and row not in recent]
    for _month, found in groupby(settled, key=lambda row: f"{row.received_at:%Y-%m}"):
        _pay(by, list(found))
    _order(by, recent[:1])
    _approve(by, recent[1 : max(2, len(recent) // 2)])


def _wants_another(invoice: Invoice, manager: User) -> bool:
    """Above the amount of the office a second colleague approves: the first one has."""
    if invoice.amount <= terms_of(invoice.office_id).four_eyes_above:
        return False
    invoice.approved_by, invoice.approved_at = manager, invoice.received_at + timedelta(days=2)
    invoice.save(update_fields=["approved_by", "approved_at"])
    return True


def _approve(by: Actor, invoices: list[Invoice]) -> None:
    for invoice in invoices:
        invoice.state, invoice.approved_by_id = InvoiceState.APPROVED, by.user_id
        invoice.approved_at = invoice.received_at + timedelta(days=3)
    Invoice.objects.bulk_update(invoices, ["state", "approved_by", "approved_at"])


def _order(by: Actor, invoices: list[Invoice]) -> PaymentOrder | None:
    """One order for all; its file waits to be handed to the bank."""
    if not invoices:
        return None
    _approve(by, invoices)
    return order_payments(by=by, execute_on=today())


def _pay(by: Actor, invoices: list[Invoice]) -> None:
    """An order that was handed over, and that the bank has booked."""
    if (order := _order(by, invoices)) is None:
        return
    last = max(invoice.received_at for invoice in invoices).date()
    order.execute_on = min(today() - timedelta(days=1), last + timedelta(days=12))
    order.created_at = datetime.combine(order.execute_on - timedelta(days=2), time(8, 40), SWISS_TIME)
    order.exported_at, order.exported_by_id = order.created_at + timedelta(minutes=9), by.user_id
    order.save()
    ordered = list(order.invoices.all())
    for invoice in ordered:
        invoice.state, invoice.paid_on = InvoiceState.PAID, order.execute_on
    Invoice.objects.bulk_update(ordered, ["state", "paid_on"])
    Booking.objects.bulk_create(
        Booking(
            office_id=invoice.office_id,
            invoice=invoice,
            entry=f"{order.message_id}/{number}",
            booked_on=order.execute_on,
            amount=invoice.amount,
        )
        for number, invoice in enumerate(ordered, 1)
    )
