"""How long something took, who must act, and which figures may be published. Pure."""

from accord.casework.durations.rules.lasting import (
    BUCKETS,
    Stay,
    bucket_of,
    days_between,
    days_lost,
    quarter_of,
    took,
    who_must_act,
    year_of,
)
from accord.casework.durations.rules.protecting import Coordinates, sums_among

__all__ = [
    "BUCKETS",
    "Coordinates",
    "Stay",
    "bucket_of",
    "days_between",
    "days_lost",
    "quarter_of",
    "sums_among",
    "took",
    "who_must_act",
    "year_of",
]
