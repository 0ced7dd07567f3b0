"""Positions of tariff 904: `90x.xxx.u`, whose last digit says the unit (ZAS, domain facts 4.2)."""

from __future__ import annotations

import re

UNITS = {"1": "case", "2": "month", "3": "week", "4": "day", "5": "hour"}
CODE = re.compile(r"90[0-9]\.[0-9]{3}\.[1-5]")


def is_code(code: str) -> bool:
    """Whether a position is written rightly."""
    return CODE.fullmatch(code) is not None


def unit_of(code: str) -> str:
    """The unit that the last digit of a position says."""
    return UNITS[code[-1]]
