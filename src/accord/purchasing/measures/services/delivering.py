"""The three ways in of a provider, kept apart; each hands out a receipt with a number."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store_document
from accord.foundation.journal.services import record
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
from accord.purchasing.measures.enums import Channel
from accord.purchasing.measures.models import Delivery, Mandate, Report
from accord.purchasing.measures.policies import provides
from accord.purchasing.measures.rules import better_channel
from accord.purchasing.measures.selectors import delivery_for, given_mandate, own_provider
from accord.purchasing.measures.services.numbering import next_receipt
from accord.purchasing.measures.services.telling import members_of, tell_counsellor
from accord.purchasing.measures.services.wording import HINTS


@transaction.atomic
def hand_in_contract(*, by: Actor, title: str, file: File[bytes], is_confirmed: bool = False) -> Delivery:
    """Send an offer or a convention to contract management of the office that admitted the provider."""
    provides(by).require()
    provider = own_provider(by)
    if provider is None:
        raise Refused(_("Votre institution n’est pas encore admise comme prestataire."))
    _demand_right_channel(Channel.CONTRACTS, title, file, is_confirmed)
    delivery = hand_in(
        by,
        Channel.CONTRACTS,
        office_id=provider.office_id,
        title=title,
        document=store_document(by=by, file=file, title=title),
    )
    notify(
        users=members_of(provider.office_id, (Role.MANAGER,)),
        institution_id=provider.office_id,
        kind="delivery.contracts",
        params={"receipt": delivery.number},
        path=reverse("measures:delivery", args=[delivery.pk]),
    )
    return delivery


@transaction.atomic
def hand_in_document(
    *, by: Actor, mandate_id: UUID, title: str, file: File[bytes], is_confirmed: bool = False
) -> Delivery:
    """Send a document about a person, other than a report, to her counsellor."""
    provides(by).require()
    mandate = given_mandate(by, mandate_id)
    _demand_right_channel(Channel.DOCUMENTS, title, file, is_confirmed)
    delivery = hand_in(
        by,
        Channel.DOCUMENTS,
        office_id=mandate.owner_id,
        title=title,
        mandate=mandate,
        document=store_document(by=by, file=file, title=title),
    )
    tell_counsellor(mandate, "mandate.document_sent", path=reverse("measures:delivery", args=[delivery.pk]))
    return delivery


def hand_in(
    by: Actor,
    channel: Channel,
    *,
    office_id: UUID,
    title: str,
    mandate: Mandate | None = None,
    report: Report | None = None,
    document: Document | None = None,
) -> Delivery:
    """Write the receipt."""
    if not title.strip():
        raise Refused(_("Dites de quoi il s’agit."), field="title")
    delivery = Delivery.objects.create(
        number=next_receipt(),
        channel=channel,
        institution_id=by.institution_key,
        office_id=office_id,
        mandate=mandate,
        report=report,
        title=title.strip(),
        document=document,
        author_id=by.user_id,
    )
    record(
        by=by,
        verb="handed in",
        subject_kind="delivery",
        subject_id=delivery.pk,
        subject_label=delivery.number,
        cases=[mandate.case_id] if mandate else [],
        data={"channel": channel},
    )
    return delivery


@transaction.atomic
def handle_delivery(*, by: Actor, delivery_id: UUID) -> Delivery:
    """The office has dealt with what came in. Twice is once."""
    delivery = delivery_for(by, delivery_id)
    if delivery.office_id != by.institution_id:
        raise Refused(_("Cet envoi est adressé à un autre office."))
    if delivery.handled_at is None:
        delivery.handled_at, delivery.handled_by_id = now(), by.user_id
        delivery.save(update_fields=["handled_at", "handled_by"])
        record(
            by=by,
            verb="handled",
            subject_kind="delivery",
            subject_id=delivery.pk,
            subject_label=delivery.number,
        )
    return delivery


def _demand_right_channel(channel: Channel, title: str, file: File[bytes], is_confirmed: bool) -> None:
    """Hint at the right way in, once; who insists is believed, for invoices never."""
    better = better_channel(channel, title, file.name or "")
    if better == "invoices" or (better and not is_confirmed):
        raise Refused(HINTS[better], field="channel" if better != "invoices" else "title")
