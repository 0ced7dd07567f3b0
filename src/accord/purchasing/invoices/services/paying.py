"""Hand payments to the bank once, and read back what it booked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Booking, Invoice, PaymentOrder, PaymentTerms
from accord.purchasing.invoices.policies import of_own_office, pays
from accord.purchasing.invoices.rules.numbers import is_mod97, is_qr_iban
from accord.purchasing.invoices.rules.paying import Booked, Payee, Payment, read_statement, write_order
from accord.purchasing.invoices.selectors import terms_of
from accord.purchasing.invoices.services.moving import move
from accord.purchasing.invoices.services.telling import tell_provider

IBAN = re.compile(r"(CH|LI)[0-9]{7}[0-9A-Z]{12}")


@dataclass(frozen=True, slots=True)
class BookedCount:
    """What a statement brought."""

    paid: int = 0
    known: int = 0
    foreign: int = 0
    different: int = 0


@transaction.atomic
def order_payments(*, by: Actor, execute_on: date) -> PaymentOrder:
    """Put all that is approved into one order for the bank; each invoice is in one order only."""
    pays(by).require()
    office = Institution.objects.get(pk=by.institution_key)
    terms = terms_of(office.pk)
    if not terms.iban:
        raise Refused(_("Indiquez d’abord le compte à débiter, dans les conditions de paiement."))
    if execute_on < today():
        raise Refused(_("Choisissez aujourd’hui ou un jour à venir."), field="execute_on")
    ready = Invoice.objects.select_for_update(of=("self",)).filter(
        of_own_office(by), state=InvoiceState.APPROVED, amount__gt=0
    )
    invoices = [invoice for invoice in ready.order_by("due_on", "id") if IBAN.fullmatch(invoice.iban)]
    if not invoices:
        raise Refused(_("Aucune facture approuvée n’attend d’être payée."))
    order_id = new_id()
    payments = [_payment(invoice) for invoice in invoices]
    order = PaymentOrder.objects.create(
        id=order_id,
        office=office,
        message_id=f"ACCORD{order_id.hex[-26:]}",
        execute_on=execute_on,
        count=len(payments),
        total=sum((payment.amount for payment in payments), Decimal(0)),
        xml=write_order(
            f"ACCORD{order_id.hex[-26:]}", now(), execute_on, office.name, terms.iban, payments
        ).decode(),
        created_by_id=by.user_id,
    )
    for invoice in invoices:
        move(invoice, InvoiceState.ORDERED)
        invoice.order = order
        invoice.save()
    record(
        by=by,
        verb="payment_ordered",
        subject_kind="payment order",
        subject_id=order.pk,
        subject_label=order.message_id,
    )
    return order


def _payment(invoice: Invoice) -> Payment:
    """A QR reference goes only with a QR-IBAN."""
    is_qr = is_qr_iban(invoice.iban)
    fits = bool(invoice.reference) and is_qr == (not invoice.reference.upper().startswith("RF"))
    return Payment(
        end_to_end_id=invoice.end_to_end_id,
        amount=invoice.amount,
        payee=Payee(
            invoice.creditor or "–",
            invoice.creditor_zip,
            invoice.creditor_city,
            invoice.iban,
            invoice.iban[:2],
        ),
        reference=invoice.reference if fits else "",
        message=invoice.number,
    )


@transaction.atomic
def export_order(*, by: Actor, order_id: UUID) -> PaymentOrder:
    """Give the file out, once: a second file would pay a second time."""
    pays(by).require()
    order = PaymentOrder.objects.select_for_update(of=("self",)).get(of_own_office(by), pk=order_id)
    if order.exported_at is not None:
        raise Refused(
            _(
                "Ce fichier a déjà été remis : il ne l’est pas deux fois, pour que rien ne soit payé deux fois."
            )
        )
    order.exported_at, order.exported_by_id = now(), by.user_id
    order.save(update_fields=["exported_at", "exported_by"])
    record(
        by=by,
        verb="payment_exported",
        subject_kind="payment order",
        subject_id=order.pk,
        subject_label=order.message_id,
    )
    return order


@transaction.atomic
def mark_paid(*, by: Actor, statement: bytes) -> BookedCount:
    """Read a camt.054 and mark what the bank booked; reading it twice changes nothing more."""
    pays(by).require()
    read = read_statement(statement)
    if read.refused is not None:
        raise Refused(read.refused.message(by.language), field="statement")
    counts = {"paid": 0, "known": 0, "foreign": 0, "different": 0}
    for booked in read.booked:
        counts[_book(by, booked)] += 1
    record(by=by, verb="payment_booked", subject_kind="payment order", data=counts)
    return BookedCount(**counts)


def _book(by: Actor, booked: Booked) -> str:
    try:
        key = UUID(hex=booked.end_to_end_id)
    except ValueError:
        return "foreign"
    invoice = Invoice.objects.select_for_update(of=("self",)).filter(of_own_office(by), pk=key).first()
    if invoice is None:
        return "foreign"
    if invoice.state == InvoiceState.PAID:
        return "known"
    if invoice.state != InvoiceState.ORDERED or invoice.amount != booked.amount:
        return "different"
    try:
        with transaction.atomic():
            Booking.objects.create(
                office_id=invoice.office_id,
                invoice=invoice,
                entry=booked.entry[:80],
                booked_on=booked.on,
                amount=booked.amount,
            )
    except IntegrityError:
        return "known"
    move(invoice, InvoiceState.PAID)
    invoice.paid_on = booked.on
    invoice.save()
    tell_provider(invoice, "invoice.paid")
    return "paid"


@transaction.atomic
def set_terms(
    *, by: Actor, iban: str, gln: str, postal_code: str, city: str, four_eyes_above: Decimal, days: int
) -> PaymentTerms:
    """Fix how the office pays: account, days, and the amount above which two people approve."""
    pays(by).require()
    plain = re.sub(r"\s", "", iban).upper()
    if not IBAN.fullmatch(plain) or not is_mod97(plain) or is_qr_iban(plain):
        raise Refused(_("Ce n’est pas un IBAN de Suisse ou du Liechtenstein à débiter."), field="iban")
    terms, _new = PaymentTerms.objects.update_or_create(
        office_id=by.institution_id,
        defaults={
            "iban": plain,
            "gln": gln,
            "postal_code": postal_code,
            "city": city,
            "four_eyes_above": four_eyes_above,
            "days": days,
        },
    )
    record(
        by=by,
        verb="payment_terms_set",
        subject_kind="payment terms",
        data={"four_eyes_above": str(four_eyes_above), "days": days},
    )
    return terms
