"""Numbers that identify: our own keys, and the official ones with their check digits."""

from __future__ import annotations

import re
import secrets
import time
from uuid import UUID

from stdnum import ean

AVS_PREFIXES = ("756", "438")
"""Switzerland and Liechtenstein."""


def new_id() -> UUID:
    """A key that sorts by time of creation (UUID version 7, RFC 9562) and tells nothing about the person."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def normalise_avs(typed: str) -> str:
    """Digits of an AVS number as typed with dots or spaces.

    Raises ValueError unless it has 13 digits, begins with 756 or 438 and its EAN-13 check digit is right.
    """
    digits = re.sub(r"[\s.\u00a0\u202f-]", "", typed)
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise ValueError("length")
    if not digits.startswith(AVS_PREFIXES):
        raise ValueError("prefix")
    if not ean.is_valid(digits):
        raise ValueError("check digit")
    return digits


def format_avs(digits: str) -> str:
    """756.1234.5678.97, as printed on the insurance card; an empty text stays empty."""
    if len(digits) != 13:
        return digits
    return f"{digits[:3]}.{digits[3:7]}.{digits[7:11]}.{digits[11:]}"


def avs_check_digit(first_twelve: str) -> str:
    """The thirteenth digit for these twelve (EAN-13)."""
    return str(ean.calc_check_digit(first_twelve))
