"""A door for mail that takes nothing in: an invoice is refused politely, with the way to the e-channel.

Seed 002: invoices joined to an e-mail are not considered, for security. The mail is read in memory as far as
needed to know that, is never stored, and its attachment is never opened.
"""

from __future__ import annotations

import asyncio
import logging
from email import policy
from email.message import EmailMessage as Message
from email.parser import BytesParser
from email.utils import parseaddr

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections

from accord.purchasing.measures.rules import Mail, obstacle_of, should_reply
from accord.purchasing.measures.services.mailing import count_refusal, take_turn_to_reply

log = logging.getLogger(__name__)

MOST_BYTES = 25_000_000
REFUSAL = (
    "550 5.7.1 Les factures jointes a un courriel sont refusees : utilisez la facturation electronique."
    " Rechnungen als E-Mail-Anhang werden abgelehnt: bitte elektronisch einreichen."
)
"""Without accents: not every mail server shows them (RFC 5321 is ASCII)."""
REPLY = (
    "Bonjour,\n\nPour des raisons de sécurité, nous ne prenons pas en compte les documents joints à un courriel,"
    " factures comprises. Votre message n’a pas été gardé. Envoyez vos factures et vos documents par votre"
    " espace de prestataire :\n{link}\n\n"
    "Guten Tag\n\nAus Sicherheitsgründen berücksichtigen wir keine Dokumente im Anhang einer E-Mail, auch keine"
    " Rechnungen. Ihre Nachricht wurde nicht aufbewahrt. Bitte reichen Sie Rechnungen und Dokumente über Ihren"
    " Bereich für Leistungserbringer ein:\n{link}\n"
)


class Doorkeeper:
    """Refuses every mail, counts it by its reason, and answers a person once a day."""

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Read what is needed, answer, and forget the rest."""
        content = envelope.original_content or b""
        await asyncio.to_thread(refuse, envelope.mail_from or "", content)
        return REFUSAL

    def count(self, obstacle: str) -> None:
        """Count a mail that was refused before it was read."""
        try:
            count_refusal(obstacle)
        finally:
            connections.close_all()


class _Counting(SMTP):
    """Says too, when a mail was too big to be read at all."""

    async def push(self, status: str | bytes) -> None:
        text = status.decode() if isinstance(status, bytes) else status
        if text.startswith("552"):
            await asyncio.to_thread(self.event_handler.count, "too_big")
        await super().push(status)


class _CountingLocally(LMTP, _Counting):
    """The same for a local mail server that hands over by LMTP."""


def refuse(sender: str, content: bytes) -> str:
    """Count a mail, and answer it unless a machine wrote it or it was answered today; returns the reason."""
    mail = look_at(sender, content)
    obstacle = obstacle_of(mail)
    try:
        count_refusal(obstacle)
        if should_reply(mail, was_answered_today=False) and take_turn_to_reply(sender):
            _reply(sender)
    finally:
        connections.close_all()
    return obstacle


def look_at(sender: str, content: bytes) -> Mail:
    """The headings and the names of what is attached; nothing that is attached is decoded."""
    message = BytesParser(Message, policy=policy.default).parsebytes(content)
    return Mail(
        sender=parseaddr(sender)[1],
        subject=str(message.get("Subject", ""))[:200],
        attachments=tuple(
            ((part.get_filename() or "")[:200], part.get_content_type())
            for part in message.walk()
            if part.get_filename() or part.get_content_disposition() == "attachment"
        ),
        auto_submitted=str(message.get("Auto-Submitted", "")),
        precedence=str(message.get("Precedence", "")),
        list_id=str(message.get("List-Id", "")),
    )


def _reply(sender: str) -> None:
    link = f"{settings.ACCORD_BASE_URL}/mesures/espace/"
    EmailMessage(
        subject="Votre message n’a pas été pris en compte / Ihre Nachricht wurde nicht berücksichtigt",
        body=REPLY.format(link=link),
        to=[sender],
        headers={"Auto-Submitted": "auto-replied", "Precedence": "bulk"},
    ).send(fail_silently=True)


def door(
    host: str, port: int, *, is_local_delivery: bool = False, most_bytes: int = MOST_BYTES
) -> Controller:
    """The listener, ready to be started; by itself it listens on this machine only."""
    kind = _CountingLocally if is_local_delivery else _Counting

    class _Door(Controller):
        def factory(self) -> SMTP:
            return kind(self.handler, data_size_limit=most_bytes, hostname="accord", ident="Accord")

    return _Door(Doorkeeper(), hostname=host, port=port)
