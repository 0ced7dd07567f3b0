"""Take an invoice from a program: checked at once, kept once, or given back with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import Source
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.rules.verdicts import Verdict, check_bytes
from accord.purchasing.invoices.services.keys import Caller
from accord.purchasing.invoices.services.receiving import call_worker, take_file
from accord.purchasing.measures.selectors import own_provider


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a message: kept under a number, or given back with its findings."""

    verdict: Verdict
    invoice: Invoice | None = None
    is_new: bool = False


@transaction.atomic
def take_message(*, caller: Caller, data: bytes, office: str = "") -> Handed:
    """Keep a message whose form and sums are right; what the mandate says to it is the worker's to check.

    What is wrong in itself is given back at once and not kept. The same bytes again are the same invoice.
    """
    by, receiver = caller.actor, _office(caller, office)
    verdict = check_bytes(data, schemas=settings.ACCORD_SCHEMA_DIR)
    if not verdict.is_accepted:
        codes = sorted({one.code for one in verdict.findings})
        record(
            by=by,
            verb="invoice_turned_away",
            subject_kind="invoice",
            data={"key": str(caller.key), "findings": codes},
        )
        return Handed(verdict)
    invoice, is_new = take_file(by=by, data=data, office=receiver, source=Source.PROGRAM)
    if invoice is None or invoice.sender_id not in (None, by.institution_id):
        raise Refused(_("Ce message est déjà chez l’office, envoyé par quelqu’un d’autre."))
    if is_new:
        call_worker(receiver)
        record(
            by=by,
            verb="invoice_received",
            subject_kind="invoice",
            subject_id=invoice.pk,
            data={"key": str(caller.key)},
        )
    return Handed(verdict, invoice, is_new)


def _office(caller: Caller, slug: str) -> Institution:
    """The office that is named, or the one that admitted the provider. Raises Refused."""
    provider = own_provider(caller.actor)
    if not slug and provider is not None:
        return provider.office
    found = Institution.objects.filter(slug=slug, kind=Kind.AI_OFFICE, is_active=True).first()
    if found is None:
        raise Refused(_("Aucun office AI ne porte ce nom."), field="office")
    return found
