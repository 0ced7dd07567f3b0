"""Numbers by which a provider is known to the payer (domain facts, sections 5.1, 5.3 and 5.6)."""

from __future__ import annotations

import re

from stdnum import ean, iban
from stdnum.exceptions import ValidationError

SPACES = re.compile(r"[\s.\u00a0\u202f-]")
QR_IBAN = range(30000, 32000)
"""The institution number, fifth to ninth character, of an account for QR-bills with a reference."""


def normalise_gln(typed: str) -> str:
    """The 13 digits of a GLN; ValueError unless its EAN-13 check digit is right."""
    digits = SPACES.sub("", typed)
    if not re.fullmatch(r"[0-9]{13}", digits) or not ean.is_valid(digits):
        raise ValueError("gln")
    return digits


def normalise_nif(typed: str) -> str:
    """The one to seven digits that the central compensation office gives after the first paid invoice."""
    digits = SPACES.sub("", typed)
    if not re.fullmatch(r"[0-9]{1,7}", digits):
        raise ValueError("nif")
    return digits


def normalise_iban(typed: str) -> str:
    """A Swiss or Liechtenstein account without spaces; ValueError for any other or for a wrong check."""
    account = SPACES.sub("", typed).upper()
    if not re.fullmatch(r"(CH|LI)[0-9]{7}[0-9A-Z]{12}", account):
        raise ValueError("country")
    try:
        iban.validate(account)
    except ValidationError as error:
        raise ValueError("check") from error
    return account


def is_qr_iban(account: str) -> bool:
    """Whether the account demands a QR reference of 27 digits."""
    return account[4:9].isdigit() and int(account[4:9]) in QR_IBAN
