"""Decision numbers and receipt numbers."""

from __future__ import annotations

import re

DECISION = re.compile(r"3(0[1-9]|1[0-9]|2[0-7]|50)(20[0-9]{2}[0-9]{7}|280)", re.ASCII)
"""Office, then year and serial; or office and 280 before any decision (CPPI/KZIL n. 19 and 20)."""
MOST = 9_999_999


def decision_number(office: str, year: int, serial: int | None) -> str:
    """14 digits: office, year, serial; without a serial the 6 digits of what comes before a decision.

    ValueError when it would not be such a number.
    """
    if serial is not None and not 1 <= serial <= MOST:
        raise ValueError("serial")
    number = f"{office}280" if serial is None else f"{office}{year:04d}{serial:07d}"
    if not is_decision_number(number):
        raise ValueError("office or year")
    return number


def is_decision_number(typed: str) -> bool:
    """Whether it is one; dots may be typed, and are not counted."""
    return DECISION.fullmatch(typed.replace(".", "")) is not None


def receipt_number(year: int, serial: int) -> str:
    """Q-2026-000123."""
    return f"Q-{year}-{serial:06d}"
