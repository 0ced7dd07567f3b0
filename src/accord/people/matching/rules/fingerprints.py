"""What a keyed fingerprint is taken of: who lacks the key learns nothing from it, nor can try numbers."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from enum import StrEnum

from accord.people.matching.rules.likeness import Known
from accord.people.persons.rules import name_key


class Kind(StrEnum):
    """Which particulars a fingerprint stands for."""

    AVS = "avs"
    NAMES = "names"


def materials(known: Known) -> Iterator[tuple[Kind, str]]:
    """The AVS number; and the words of her names, in the order of the alphabet, with her whole date of birth.

    Names without accents and in any order agree between institutions; a date known in part proves nothing.
    """
    if known.avs_number:
        yield Kind.AVS, known.avs_number
    words = sorted({*name_key(known.family_name, known.given_names).split()})
    if len(words) > 1 and len(known.birth_date) == 10:
        yield Kind.NAMES, f"{' '.join(words)} {known.birth_date}"


def digest(secret: bytes, kind: Kind, material: str) -> bytes:
    """HMAC-SHA-256 (RFC 2104, FIPS 198-1) under the operator's key; each kind apart."""
    return hmac.digest(secret, f"{kind}:{material}".encode(), "sha256")
