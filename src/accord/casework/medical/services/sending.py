"""Send filed reports to the external dossier: into a folder, whole or not at all, again when it fails."""

from __future__ import annotations

import logging
import os
import tempfile
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.medical.enums import OutgoingState
from accord.casework.medical.models import Outgoing
from accord.casework.medical.policies.reports import can_send_again
from accord.casework.medical.rules.envelope import Envelope, Receipt, write_envelope
from accord.casework.medical.selectors.exchange import outgoing_for
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.telling import tell_secretariat
from accord.casework.medical.states import OUTGOING
from accord.foundation.documents.services import store
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.jobs import later

log = logging.getLogger(__name__)

SEND_REPORT = "medical.send_report"
MESSAGE_TYPE = "medical-report"
MOST_AT_ONCE = 200
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
"""After a failure the wait doubles each time, up to six hours; it is never given up."""


def send_later(outgoing: Outgoing) -> None:
    """Let the worker write it once the transaction has committed."""
    later(SEND_REPORT, once=f"outgoing {outgoing.pk}", outgoing_id=str(outgoing.pk))


def send_report(outgoing_id: UUID) -> None:
    """Write one report and its envelope into the outbox, if it still waits. It may run twice."""
    waiting = Outgoing.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "case", "document"
    )
    found = waiting.filter(pk=outgoing_id, state__in=[OutgoingState.PENDING, OutgoingState.FAILED]).first()
    if found is None:
        return
    try:
        _write(found)
    except OSError as trouble:
        _postpone(found, trouble)
        return
    OUTGOING.check(found.state, OutgoingState.WRITTEN)
    found.state, found.written_at, found.trouble = OutgoingState.WRITTEN, now(), ""
    found.attempts += 1
    found.save()


def wake_due_reports() -> int:
    """Give the worker every report whose time has come; returns how many."""
    due = Outgoing.objects.filter(
        state__in=[OutgoingState.PENDING, OutgoingState.FAILED], due_at__lte=now()
    ).order_by("due_at")
    found = list(due[:MOST_AT_ONCE])
    for outgoing in found:
        send_later(outgoing)
    return len(found)


def take_receipt(receipt: Receipt) -> bool:
    """What the external dossier says of a report that we sent; whether the message is known and waited for it."""
    try:
        key = UUID(receipt.message_id)
    except ValueError:
        return False
    found = Outgoing.objects.select_for_update(of=("self",)).select_related("case").filter(pk=key).first()
    state = OutgoingState.ACCEPTED if receipt.is_accepted else OutgoingState.REFUSED
    if found is None or not OUTGOING.may(found.state, state):
        return found is not None and found.state == state
    found.state, found.answered_at, found.trouble = state, now(), receipt.reason
    found.save()
    if not receipt.is_accepted:
        tell_secretariat(found.service_id, "medical.refused", found.case)
    return True


@transaction.atomic
def send_again(*, by: Actor, outgoing_id: UUID) -> Outgoing:
    """Send a report again that failed or was refused; nothing happens while it still waits."""
    seen = outgoing_for(by, outgoing_id)
    can_send_again(by, seen).require()
    found = Outgoing.objects.select_for_update(of=("self",)).select_related("case").get(pk=seen.pk)
    if not OUTGOING.may(found.state, OutgoingState.PENDING):
        return found
    found.state, found.due_at = OutgoingState.PENDING, now()
    found.save()
    send_later(found)
    note_act(by, "sent_again", "exchange", found, found.case)
    return found


def _write(outgoing: Outgoing) -> None:
    """The report first, its envelope last: who looks for envelopes finds whole deliveries only."""
    folder = _outbox()
    name = f"{outgoing.pk}.pdf"
    put_whole(folder / name, store.path_of(outgoing.document.sha256).read_bytes())
    put_whole(folder / f"{outgoing.pk}.xml", write_envelope(_envelope(outgoing, name)))


def _outbox() -> Path:
    folder: Path | None = settings.ACCORD_OUTBOX_DIR
    if folder is None:
        raise FileNotFoundError("ACCORD_OUTBOX_DIR is not set")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _envelope(outgoing: Outgoing, file_name: str) -> Envelope:
    sender: str = settings.ACCORD_EXCHANGE_SENDER
    return Envelope(
        sender=sender,
        recipient=settings.ACCORD_EXCHANGE_RECIPIENT,
        message_id=str(outgoing.pk),
        message_type=MESSAGE_TYPE,
        at=now().astimezone(SWISS_TIME),
        case_number=outgoing.case.number,
        file_name=file_name,
        sha256=outgoing.document.sha256,
        product_version=version("accord"),
        is_test=sender.startswith("sedex://T"),
    )


def put_whole(target: Path, data: bytes) -> None:
    """Write a file beside its place and move it there: nobody ever reads half of it."""
    descriptor, draft = tempfile.mkstemp(prefix=".accord-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _postpone(outgoing: Outgoing, trouble: OSError) -> None:
    first_time = outgoing.state != OutgoingState.FAILED
    wait = min(FIRST_WAIT * 2 ** min(outgoing.attempts, 10), LONGEST_WAIT)
    outgoing.attempts += 1
    outgoing.due_at = now() + wait
    outgoing.trouble = _("Le dossier de sortie ne peut pas être écrit : %(why)s. Nouvel essai prévu.") % {
        "why": trouble.strerror or type(trouble).__name__
    }
    outgoing.state = OutgoingState.FAILED
    outgoing.save()
    log.error(
        "outgoing %s not written, attempt %s: %s", outgoing.pk, outgoing.attempts, type(trouble).__name__
    )
    if first_time:
        tell_secretariat(outgoing.service_id, "medical.unsent", outgoing.case)
