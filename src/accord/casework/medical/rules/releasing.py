"""A treating doctor speaks only when the person has released her in writing (LPGA art. 28 al. 3; TF I 228/93)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Released:
    """What matters of one release."""

    signed_on: date
    valid_until: date
    revoked_at: datetime | None


def fault_of_releases(releases: Iterable[Released], day: date) -> str:
    """Why the doctor may not be asked: `none`, `revoked`, `expired`; empty when one release runs."""
    found = list(releases)
    if any(one.revoked_at is None and one.signed_on <= day <= one.valid_until for one in found):
        return ""
    if any(one.revoked_at is not None for one in found):
        return "revoked"
    return "expired" if found else "none"
