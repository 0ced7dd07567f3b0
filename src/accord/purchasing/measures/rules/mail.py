"""Mails at the door: none is taken; an invoice is shown the way (seed 002), a machine is not answered."""

from __future__ import annotations

import re
from dataclasses import dataclass

INVOICE = re.compile(r"factur|rechnung|fattur|invoice|honorar", re.IGNORECASE)
INVOICE_TYPES = ("application/xml", "text/xml", "application/pdf")


@dataclass(frozen=True, slots=True)
class Mail:
    """What the door looks at: its envelope, some headings, and names and types of what is attached."""

    sender: str
    subject: str = ""
    attachments: tuple[tuple[str, str], ...] = ()
    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""


def obstacle_of(mail: Mail) -> str:
    """Why it is refused, as a word to count."""
    if not mail.attachments:
        return "automatic" if is_automatic(mail) else "message"
    for name, media_type in mail.attachments:
        if INVOICE.search(name) or (INVOICE.search(mail.subject) and media_type in INVOICE_TYPES):
            return "invoice"
        if media_type in ("application/xml", "text/xml"):
            return "invoice"
    return "attachment"


def is_automatic(mail: Mail) -> bool:
    """A machine or a list wrote it (RFC 3834): no answer, or two machines would answer each other for ever."""
    return (
        not mail.sender
        or mail.auto_submitted.lower() not in ("", "no")
        or mail.precedence.lower() in ("bulk", "junk", "list")
        or bool(mail.list_id)
        or mail.sender.lower().startswith(("mailer-daemon@", "postmaster@", "noreply@", "no-reply@"))
    )


def should_reply(mail: Mail, *, was_answered_today: bool) -> bool:
    """One polite reply a sender and day, never to a machine, and none to a mail without attachment."""
    return bool(mail.attachments) and not is_automatic(mail) and not was_answered_today
