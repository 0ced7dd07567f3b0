"""The verbs of rapprochements."""

from accord.people.matching.services.asking import Answer, Limits, ask_who_follows
from accord.people.matching.services.comparing import (
    catch_up,
    compare_with_the_house,
    doubt_again,
    learn_of,
    look_for_twins,
    tell_apart,
)
from accord.people.matching.services.fingerprints import (
    NoKey,
    Rotation,
    keep_fingerprints,
    rotate,
)
from accord.people.matching.services.merging import merge_persons, undo_merge
from accord.people.matching.services.moving import keep_mover

__all__ = [
    "Answer",
    "Limits",
    "NoKey",
    "Rotation",
    "ask_who_follows",
    "catch_up",
    "compare_with_the_house",
    "doubt_again",
    "keep_fingerprints",
    "keep_mover",
    "learn_of",
    "look_for_twins",
    "merge_persons",
    "rotate",
    "tell_apart",
    "undo_merge",
]
