"""Take invoices in: by upload, by folder, by form, from a program. The same bytes are taken once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.kernel.jobs import later
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import Source
from accord.purchasing.invoices.models import Batch, Invoice, InvoiceFile, PaymentTerms
from accord.purchasing.invoices.policies import reads_invoices
from accord.purchasing.invoices.rules import Finding
from accord.purchasing.invoices.rules.reading import MOST_BYTES, read_file

USUAL_DAYS = 30
"""Electronic invoices are processed within 30 days (seed 002), unless an office gives itself fewer."""
FILES_A_TRANSACTION = 100
MOST_UPLOADS = 500
Progress = Callable[[int, int, str], None]


class UnknownOffice(Exception):
    """No AI office has this name."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many files were new, were here already, could not be read."""

    new: int = 0
    known: int = 0
    refused: int = 0


@transaction.atomic
def take_uploads(*, by: Actor, office_id: UUID, files: Sequence[UploadedFile[bytes]]) -> Batch:
    """Take the files that a provider or the office puts in at once; they are checked by the worker."""
    reads_invoices(by).require()
    office = Institution.objects.filter(pk=office_id, kind=Kind.AI_OFFICE, is_active=True).first()
    if office is None or (by.institution_kind == Kind.AI_OFFICE and office.pk != by.institution_id):
        raise Refused(_("Choisissez l’office AI qui reçoit la facture."), field="office")
    if not files or len(files) > MOST_UPLOADS:
        raise Refused(_("Choisissez de 1 à 500 fichiers XML."), field="messages")
    for file in files:
        if (file.size or 0) > MOST_BYTES:
            raise Refused(_("Un fichier dépasse 20 Mo : envoyez une facture par fichier."), field="messages")
    batch = open_batch(by, office, Source.UPLOAD)
    for file in files:
        take_file(by=by, data=file.read(), office=office, source=Source.UPLOAD, batch=batch)
    call_worker(office)
    record(
        by=by,
        verb="invoice_received",
        subject_kind="invoice",
        subject_id=batch.pk,
        data={"files": len(files)},
    )
    return batch


def open_batch(by: Actor, office: Institution, source: Source) -> Batch:
    """Begin a batch for what comes in at once."""
    sender = None if by.institution_id == office.pk else by.institution_id
    return Batch.objects.create(office=office, sender_id=sender, source=source, created_by_id=by.user_id)


def take_file(
    *, by: Actor, data: bytes, office: Institution, source: Source, batch: Batch | None = None
) -> tuple[Invoice | None, bool]:
    """Keep the bytes of one message; gives it, and whether it is new. Bytes that another sent are not shown."""
    sha256 = hashlib.sha256(data).hexdigest()
    invoice = Invoice(
        office=office,
        sender_id=None if by.institution_id == office.pk else by.institution_id,
        source=source,
        batch=batch,
        sha256=sha256,
        due_on=today() + timedelta(days=_days_of(office)),
    )
    Invoice.objects.bulk_create([invoice], ignore_conflicts=True)
    kept = Invoice.objects.filter(office=office, sha256=sha256).first()
    if kept is None or kept.pk != invoice.pk:
        return kept, False
    InvoiceFile.objects.create(invoice=kept, data=zlib.compress(data), size=len(data))
    return kept, True


def _days_of(office: Institution) -> int:
    terms = PaymentTerms.objects.filter(pk=office.pk).first()
    return terms.days if terms else USUAL_DAYS


def call_worker(office: Institution) -> None:
    """Let the worker check what waits at this office."""
    later("invoices.check_waiting", once=f"invoices.check_waiting:{office.pk}", office=str(office.pk))


def take_folder(folder: Path, *, office: str, progress: Progress = lambda *_: None) -> Taken:
    """Take every XML file of a folder into the queue of an office; nothing is moved, taking twice adds nothing."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".xml")
    with acting_as(WORKER):
        receiver = Institution.objects.filter(slug=office, kind=Kind.AI_OFFICE).first()
        if receiver is None:
            raise UnknownOffice(office)
        batch = open_batch(WORKER, receiver, Source.FOLDER)
    counts = [0, 0, 0]
    for start in range(0, len(paths), FILES_A_TRANSACTION):
        with acting_as(WORKER), transaction.atomic():
            for outcome in _take_some(paths[start : start + FILES_A_TRANSACTION], receiver, batch):
                counts[outcome] += 1
            call_worker(receiver)
        progress(sum(counts), len(paths), "")
    return Taken(*counts)


def _take_some(paths: Iterable[Path], office: Institution, batch: Batch) -> Iterable[int]:
    """0 for a new file, 1 for one that was here, 2 for one that cannot be read."""
    for path in paths:
        data = read_file(path)
        if isinstance(data, Finding):
            yield 2
            continue
        _invoice, is_new = take_file(by=WORKER, data=data, office=office, source=Source.FOLDER, batch=batch)
        yield 0 if is_new else 1
