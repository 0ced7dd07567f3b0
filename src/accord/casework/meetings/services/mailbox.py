"""Read the mailbox to which replies come, by IMAP; each mail is taken once, and marked as read."""

from __future__ import annotations

import logging
from imaplib import IMAP4, IMAP4_SSL
from re import search
from ssl import create_default_context
from urllib.parse import unquote, urlsplit

from django.conf import settings

from accord.casework.meetings.services.replying import LARGEST, put_aside_oversized, take_reply

log = logging.getLogger(__name__)

MOST_AT_ONCE = 50
TIMEOUT = 20
PORT = 993


def read_mailbox() -> int:
    """Take what is new in the mailbox of `ACCORD_REPLY_MAIL_URL`; returns how many mails were looked at.

    A mailbox that is away is left for the next time.
    """
    address = urlsplit(settings.ACCORD_REPLY_MAIL_URL)
    if not address.hostname:
        return 0
    try:
        box = IMAP4_SSL(
            address.hostname, address.port or PORT, ssl_context=create_default_context(), timeout=TIMEOUT
        )
        with box:
            box.login(unquote(address.username or ""), unquote(address.password or ""))
            box.select(unquote(address.path.lstrip("/")) or "INBOX")
            return _take_all(box)
    except (OSError, IMAP4.error) as error:
        log.error("the mailbox of replies cannot be read: %s", type(error).__name__)
        return 0


def _take_all(box: IMAP4) -> int:
    _kind, found = box.uid("search", "UNSEEN")
    keys = (found[0] or b"").split()[:MOST_AT_ONCE]
    for key in keys:
        name = key.decode()
        if _size(box, name) > LARGEST:
            put_aside_oversized(f"{box.host} {name}")
        else:
            _kind, parts = box.uid("fetch", name, "(BODY.PEEK[])")
            take_reply(next(part[1] for part in parts if isinstance(part, tuple)))
        box.uid("store", name, "+FLAGS", r"(\Seen)")
    return len(keys)


def _size(box: IMAP4, key: str) -> int:
    _kind, parts = box.uid("fetch", key, "(RFC822.SIZE)")
    told = parts[0] if parts else b""
    match = search(rb"RFC822\.SIZE (\d+)", told if isinstance(told, bytes) else b"")
    return int(match[1]) if match else 0
