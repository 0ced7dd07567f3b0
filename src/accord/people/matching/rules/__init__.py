"""What makes two registrations one person, what contradicts in them, and what a fingerprint is taken of."""

from accord.people.matching.rules.decisions import (
    PARTICULARS,
    Choice,
    Difference,
    differences,
    united,
)
from accord.people.matching.rules.fingerprints import Kind, digest, materials
from accord.people.matching.rules.likeness import (
    LEAST,
    NEAR_CERTAIN,
    Known,
    Likeness,
    Rank,
    Reason,
    compare,
)
from accord.people.matching.rules.neighbours import (
    births_near,
    names_to_search,
    numbers_near,
    words_of,
)

__all__ = [
    "LEAST",
    "NEAR_CERTAIN",
    "PARTICULARS",
    "Choice",
    "Difference",
    "Kind",
    "Known",
    "Likeness",
    "Rank",
    "Reason",
    "births_near",
    "compare",
    "differences",
    "digest",
    "materials",
    "names_to_search",
    "numbers_near",
    "united",
    "words_of",
]
