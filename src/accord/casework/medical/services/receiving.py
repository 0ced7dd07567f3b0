"""Take in what the external dossier puts into our inbox: receipts, and documents for the right case."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.cases.services import tell
from accord.casework.medical.enums import IncomingState
from accord.casework.medical.models import Incoming
from accord.casework.medical.policies.reports import can_sort
from accord.casework.medical.rules.envelope import Envelope, Unreadable, read_envelope, read_receipt
from accord.casework.medical.selectors.exchange import case_by_number, incoming_for, takes_part_in
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.sending import take_receipt
from accord.casework.medical.services.telling import tell_secretariat
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store_document
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution

log = logging.getLogger(__name__)

TAKEN, ASIDE = "taken", "aside"
"""Folders of the inbox: what was dealt with, and what cannot be read."""
RECEIPT = ".receipt.xml"
MOST_AT_ONCE = 50


def read_inbox() -> int:
    """Deal with what lies in the inbox, envelope by envelope; returns how many. It may run twice."""
    folder: Path | None = settings.ACCORD_INBOX_DIR
    if folder is None or not folder.is_dir():
        return 0
    done = 0
    for path in sorted(folder.glob("*.xml"))[:MOST_AT_ONCE]:
        try:
            done += _take(path)
        except Unreadable as trouble:
            log.error("an envelope of the inbox was put aside: %s", trouble)
            _move(path, ASIDE)
        except OSError as trouble:
            log.error("the inbox cannot be read: %s", type(trouble).__name__)
            break
    return done


def _take(path: Path) -> bool:
    data = path.read_bytes()
    if path.name.endswith(RECEIPT):
        known = take_receipt(read_receipt(data))
        _move(path, TAKEN if known else ASIDE)
        return known
    envelope = read_envelope(data)
    file = path.with_name(envelope.file_name)
    if not file.is_file():
        return False
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != envelope.sha256:
        raise Unreadable("the file is not the one of the envelope")
    receive_document(envelope, content)
    _move(file, TAKEN)
    _move(path, TAKEN)
    return True


def _move(path: Path, folder: str) -> None:
    target = path.parent / folder
    target.mkdir(exist_ok=True)
    path.replace(target / path.name)


@transaction.atomic
def receive_document(envelope: Envelope, content: bytes) -> Incoming | None:
    """Take in one document: checked for viruses first, the same bytes once, into its case or the tray.

    None when no medical service is named to receive.
    """
    service = Institution.objects.filter(slug=settings.ACCORD_EXCHANGE_HOUSE).first()
    if service is None:
        log.error("ACCORD_EXCHANGE_HOUSE names no institution: nothing is taken in")
        return None
    known = Incoming.objects.filter(sha256=envelope.sha256).first()
    if known is not None:
        return known
    incoming = Incoming(
        service=service,
        sha256=envelope.sha256,
        message_id=envelope.message_id[:36],
        sender=envelope.sender[:80],
        case_number=envelope.case_number[:40],
    )
    document = _store(incoming, envelope, content)
    if document is not None:
        _place(incoming, document)
    incoming.save()
    if incoming.state == IncomingState.TO_SORT:
        tell_secretariat(service.pk, "medical.to_sort")
    note_act(WORKER, "received", "exchange", incoming, incoming.case, state=incoming.state)
    return incoming


def _store(incoming: Incoming, envelope: Envelope, content: bytes) -> Document | None:
    """The document, or the sentence for which it is not kept: a virus, a broken file, a kind that we refuse."""
    try:
        incoming.document = store_document(
            by=WORKER,
            file=ContentFile(content, name=envelope.file_name),
            title=_("Document reçu"),
            institution_id=incoming.service_id,
        )
    except Refused as refusal:
        incoming.state, incoming.trouble = IncomingState.SET_ASIDE, refusal.sentence[:200]
        return None
    return incoming.document


def _place(incoming: Incoming, document: Document) -> None:
    case = case_by_number(WORKER, incoming.case_number) if incoming.case_number else None
    if case is None:
        incoming.trouble = _("Aucun dossier ne porte ce numéro.")
    elif not takes_part_in(case, incoming.service_id):
        incoming.trouble = _("Le service médical ne participe pas à ce dossier.")
    else:
        _file(WORKER, incoming, document, case)


@transaction.atomic
def sort_incoming(*, by: Actor, incoming_id: UUID, number: str) -> Incoming:
    """A person says to which case a document of the tray belongs; saying it twice changes nothing."""
    seen = incoming_for(by, incoming_id)
    can_sort(by, seen).require()
    incoming = Incoming.objects.select_for_update(of=("self",)).select_related("document").get(pk=seen.pk)
    case = case_by_number(by, number)
    if case is None:
        raise Refused(_("Aucun dossier de votre service ne porte ce numéro."), field="number")
    if incoming.state == IncomingState.FILED and incoming.case_id == case.pk:
        return incoming
    if incoming.state != IncomingState.TO_SORT or incoming.document is None:
        raise Refused(_("Ce document est déjà classé ou écarté."))
    if not takes_part_in(case, incoming.service_id):
        raise Refused(_("Votre service ne participe pas à ce dossier."), field="number")
    _file(by, incoming, incoming.document, case)
    incoming.sorted_at, incoming.sorted_by_id = now(), by.user_id
    incoming.save()
    note_act(by, "sorted", "exchange", incoming, case)
    return incoming


@transaction.atomic
def set_aside(*, by: Actor, incoming_id: UUID, reason: str) -> Incoming:
    """A person says why a document of the tray belongs to no case; it stays in the list."""
    seen = incoming_for(by, incoming_id)
    can_sort(by, seen).require()
    incoming = Incoming.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if incoming.state == IncomingState.SET_ASIDE:
        return incoming
    if incoming.state != IncomingState.TO_SORT:
        raise Refused(_("Ce document est déjà classé ou écarté."))
    incoming.state, incoming.trouble = IncomingState.SET_ASIDE, reason
    incoming.sorted_at, incoming.sorted_by_id = now(), by.user_id
    incoming.save()
    note_act(by, "set_aside", "exchange", incoming, None)
    return incoming


def _file(by: Actor, incoming: Incoming, document: Document, case: Case) -> None:
    """Medical detail, for those to whom it is disclosed, in the name of the service that took it in."""
    incoming.filed_as = CaseDocument.objects.create(
        case=case,
        owner_id=incoming.service_id,
        author_id=by.user_id,
        category=Category.MEDICAL,
        audience=Audience.CIRCLE,
        document=document,
        title=_("Document du dossier externe"),
    )
    incoming.case, incoming.state, incoming.trouble = case, IncomingState.FILED, ""
    tell(
        by=by,
        case=case,
        kind=EventKind.DOCUMENT,
        data={"title": incoming.filed_as.title},
        category=Category.MEDICAL,
        owner_id=incoming.service_id,
    )
