"""Examine a file: by our own rules, then by the antivirus when there is one."""

from __future__ import annotations

import io
import logging
import threading
import warnings

import pypdfium2 as pdfium
from django.db.models import Q
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from accord.foundation.documents.enums import Finding, MediaType, ScanState
from accord.foundation.documents.models import Document
from accord.foundation.documents.rules import Fault, archive_fault, pdf_holds
from accord.foundation.documents.services import scanner, store
from accord.foundation.journal.services import record
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.kernel.decisions import Refused

log = logging.getLogger(__name__)

MOST_PIXELS = 80_000_000
MOST_PAGES = 1_000
ONE_AT_A_TIME = threading.Lock()
"""PDFium may be used by one thread at a time."""


def check_harmless(data: bytes, media_type: MediaType) -> tuple[Finding, int | None]:
    """What holds the file back, if anything, and how many pages it has.

    Raises `Refused` for what is never taken in: bombs, macros, protected or broken files.
    """
    if media_type == MediaType.PDF:
        return _examine_pdf(data)
    if media_type in (MediaType.PNG, MediaType.JPEG):
        _check_image(data, media_type)
        return Finding.NONE, 1
    if fault := archive_fault(data):
        raise Refused(_sentence(fault), field="file")
    return Finding.NONE, None


def _examine_pdf(data: bytes) -> tuple[Finding, int]:
    with ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise Refused(_sentence(Fault.ENCRYPTED), field="file") from error
            raise Refused(_sentence(Fault.BROKEN), field="file") from error
        try:
            pages = len(document)
            scripts = pdfium.raw.FPDFDoc_GetJavaScriptActionCount(document)
            attachments = pdfium.raw.FPDFDoc_GetAttachmentCount(document)
        finally:
            document.close()
    if not 0 < pages <= MOST_PAGES:
        raise Refused(
            _("Ce PDF compte %(pages)s pages ; au plus %(most)s sont acceptées.")
            % {"pages": pages, "most": MOST_PAGES},
            field="file",
        )
    holds = pdf_holds(data)
    if scripts > 0 or "active" in holds:
        return Finding.ACTIVE_CONTENT, pages
    if attachments > 0 or "attachment" in holds:
        return Finding.ATTACHMENT, pages
    return Finding.NONE, pages


def _check_image(data: bytes, media_type: MediaType) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Refused(_("Cette image est trop grande ; réduisez-la."), field="file")
                if Image.MIME[image.format or ""] != media_type:
                    raise Refused(_sentence(Fault.BROKEN), field="file")
                image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused(_sentence(Fault.BROKEN), field="file") from error


def _sentence(fault: Fault) -> str:
    return {
        Fault.BOMB: _("Ce fichier se déploie de manière démesurée ; il est refusé."),
        Fault.NESTED: _("Ce document contient d’autres archives ; enregistrez-le en PDF."),
        Fault.TRAVERSAL: _("Ce document contient des chemins interdits ; il est refusé."),
        Fault.MACRO: _("Ce document contient des macros ; enregistrez-le en PDF."),
        Fault.ENCRYPTED: _("Ce fichier est protégé par un mot de passe ; enlevez la protection."),
        Fault.BROKEN: _("Ce fichier est endommagé ou incomplet ; enregistrez-le à nouveau."),
    }[fault]


def scan_into(document: Document, data: bytes) -> None:
    """Let the antivirus look, and write what it says into the document; without one, our rules decide."""
    if not scanner.is_configured():
        document.scan_state = ScanState.QUARANTINED if document.scan_finding else ScanState.CLEAN
        return
    try:
        verdict = scanner.scan(data)
    except scanner.ScannerAway as error:
        log.warning("antivirus away: %s", error)
        document.scan_state = ScanState.QUARANTINED
        document.scan_finding = document.scan_finding or Finding.SCANNER_AWAY
        return
    document.scan_engine, document.signatures_at = verdict.engine, verdict.signatures_at
    document.scanned_at = now()
    if verdict.virus:
        log.warning("antivirus refused %s: %s", document.pk, verdict.virus)
        document.scan_state, document.scan_finding = ScanState.REFUSED, Finding.VIRUS
    elif document.scan_finding in (Finding.NONE, Finding.SCANNER_AWAY):
        document.scan_state, document.scan_finding = ScanState.CLEAN, Finding.NONE
    else:
        document.scan_state = ScanState.QUARANTINED


def rescan_documents(size: int = 50) -> int:
    """Ask the antivirus about what it has not seen: while it was away, or before there was one.

    Meant for the worker. What it refuses is removed from the disk. Returns how many it saw.
    """
    if not scanner.is_configured():
        return 0
    unseen = Q(scan_state__in=[ScanState.PENDING, ScanState.QUARANTINED, ScanState.CLEAN], scan_engine="")
    waiting = Document.objects.select_for_update(skip_locked=True).filter(unseen).order_by("uploaded_at")
    seen = 0
    for document in waiting[:size]:
        try:
            data = store.path_of(document.sha256).read_bytes()
        except FileNotFoundError:
            log.error("document %s is not in the store", document.pk)
            continue
        before = document.scan_state
        released = before == ScanState.CLEAN
        scan_into(document, data)
        if not document.scan_engine:
            break
        seen += 1
        document.save()
        if document.scan_state == ScanState.REFUSED:
            _withdraw(document)
        elif before != document.scan_state or released:
            _tell_journal(document, "scanned")
    return seen


def _withdraw(document: Document) -> None:
    """A virus: the bytes go, and with them every document that shares them."""
    store.remove(document.sha256)
    Document.objects.filter(sha256=document.sha256).update(
        scan_state=ScanState.REFUSED, scan_finding=Finding.VIRUS, scan_engine=document.scan_engine
    )
    _tell_journal(document, "refused")


def _tell_journal(document: Document, verb: str) -> None:
    record(
        by=WORKER,
        verb=verb,
        subject_kind="document",
        subject_id=document.pk,
        data={"state": document.scan_state, "engine": document.scan_engine},
    )
