"""Codes, letters and deadlines of the person's window. Pure rules; the words are the service's."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from accord.kernel.periods import PartialDate

ALPHABET = "2346789BCDFGHJKMPQRTVWXY"
"""Signs that nobody takes for another on paper; without vowels, so that no word comes about."""
CODE_LENGTH = 8
"""Some 36 bits: with the birth date, five tries a letter and a slow digest, guessing is hopeless."""
NUMBER_LENGTH = 8
MOST_TRIES = 5
"""Wrong tries after which a letter is locked (the mission's number)."""
MOST_FROM_ADDRESS = 20
ADDRESS_WINDOW = timedelta(minutes=15)
"""Failures from one address within this time, after which it must wait; a household shares one address."""
ANSWER_DAYS = 30
"""Days to answer the person: information is given within 30 days (LPD art. 25 al. 7; OPDo art. 18)."""
IDLE_SECONDS = 30 * 60
"""The window closes by itself when nothing was done for half an hour."""


def new_code() -> str:
    """A one-time code, as it is stored for a moment and never kept."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def new_number() -> str:
    """The public number of a letter."""
    return "".join(secrets.choice("0123456789") for _place in range(NUMBER_LENGTH))


def grouped(signs: str) -> str:
    """In groups of four, as it is printed and read aloud."""
    return " ".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def tidy(typed: str) -> str:
    """What was typed, without spaces and strokes, in capitals."""
    return re.sub(r"[\s.\-–—\u00a0\u202f]", "", typed).upper()[:64]


def digest_of(code: str, salt: str, pepper: str) -> str:
    """The slow digest under which a code is kept: scrypt with the letter's salt and the server's pepper."""
    peppered = hmac.digest(pepper.encode(), code.encode(), "sha256")
    return hashlib.scrypt(peppered, salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()


def address_digest(address: str, pepper: str) -> str:
    """An address from which somebody tries, without keeping the address itself."""
    return hmac.new(pepper.encode(), f"window {address}".encode(), "sha256").hexdigest()


def place_of(digest: str, digests: Iterable[str]) -> int | None:
    """Where the digest stands among those of a letter; every one is compared, so that the time says nothing."""
    found = None
    for place, known in enumerate(digests):
        if hmac.compare_digest(digest, known):
            found = place
    return found


def birth_date_matches(known: str, typed: str) -> bool:
    """Whether the typed birth date is the known one, as far as it is known (1980, 1980-11 or to the day).

    She must type at least as much as is known.
    """
    try:
        hers, given = PartialDate.read(known), PartialDate.read(typed)
    except ValueError:
        return False
    return given.iso()[: len(hers.iso())] == hers.iso()


def is_open(
    valid_until: datetime, locked_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> bool:
    """Whether a letter still opens the window."""
    return locked_at is None and revoked_at is None and now < valid_until


def answer_due(received: date) -> date:
    """The day until which the person has her answer."""
    return received + timedelta(days=ANSWER_DAYS)
