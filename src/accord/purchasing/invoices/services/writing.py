"""The online form for those without a program: it makes the same file as any program would."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.decisions import Refused
from accord.kernel.periods import PartialDate
from accord.purchasing.invoices.enums import Source
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.policies import invoices
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice
from accord.purchasing.invoices.selectors import terms_of
from accord.purchasing.invoices.services.receiving import call_worker, take_file
from accord.purchasing.measures.models import Mandate
from accord.purchasing.measures.selectors import given_mandate

CANTONS = {"322": "VD", "323": "VS", "325": "GE"}


@transaction.atomic
def send_form(
    *, by: Actor, mandate_id: UUID, number: str, version: str, gender: str, lines: Sequence[DraftLine],
    reference: str = "", zsr: str = "",
) -> Invoice:  # fmt: skip
    """Write the invoice of a mandate from what was typed, and take it in like any other."""
    invoices(by).require()
    mandate = given_mandate(by, mandate_id)
    provider = mandate.provider
    if not lines:
        raise Refused(_("Ajoutez au moins une ligne."))
    if not provider.gln or not provider.iban:
        raise Refused(
            _("Il manque le GLN ou l’IBAN de votre institution : le management des contrats les enregistre.")
        )
    if not mandate.avs_number or not mandate.birth_date:
        raise Refused(
            _("Il manque le numéro AVS ou la date de naissance dans le mandat : adressez-vous au conseiller.")
        )
    data = write_invoice(_draft(mandate, number, version, gender, lines, reference, zsr))
    invoice, is_new = take_file(by=by, data=data, office=mandate.owner, source=Source.FORM)
    if invoice is None:
        raise Refused(_("Cette facture est déjà chez l’office."))
    if is_new:
        call_worker(mandate.owner)
        record(by=by, verb="invoice_received", subject_kind="invoice", subject_id=invoice.pk)
    return invoice


def _draft(
    mandate: Mandate,
    number: str,
    version: str,
    gender: str,
    lines: Sequence[DraftLine],
    reference: str,
    zsr: str,
) -> Draft:
    provider, terms = mandate.provider, terms_of(mandate.owner_id)
    return Draft(
        version=version,
        request_id=number,
        requested=now().astimezone(SWISS_TIME).replace(microsecond=0),
        provider=Address(provider.institution.name, "", "–", provider.places[:35] or "–", provider.gln),
        office=Address(mandate.owner.name, "", terms.postal_code or "–", terms.city or "–", terms.gln or provider.gln),
        insured=Address(
            mandate.family_name, mandate.street, mandate.postal_code or "–", mandate.city or "–",
            given_name=mandate.given_names,
        ),
        gender=gender,
        birth=PartialDate.read(mandate.birth_date).earliest(),
        ssn=mandate.avs_number,
        decision=mandate.decision_number,
        iban=provider.iban,
        reference=reference,
        nif=provider.nif,
        zsr=zsr or "A000000",
        language=mandate.owner.language if mandate.owner.language in ("de", "fr", "it") else "fr",
        lines=lines,
        canton=CANTONS.get(mandate.decision_number[:3], "GE"),
    )  # fmt: skip
