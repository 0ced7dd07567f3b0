"""A likeness in the words of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from accord.kernel.actors import Actor
from accord.people.matching.enums import AGAINST, RANKS, REASONS
from accord.people.matching.rules import Likeness
from accord.people.matching.selectors import twins_for
from accord.people.persons.models import Person
from accord.people.persons.services import PossibleTwin


@dataclass(frozen=True, slots=True)
class Why:
    """A likeness in words: its rank, what speaks for it and what against."""

    rank: str
    rank_word: str
    speaks_for: str
    speaks_against: str


def why(likeness: Likeness) -> Why:
    """Say why two registrations look alike."""
    told = [(reason, str(REASONS[reason])) for reason in likeness.reasons]
    return Why(
        str(likeness.rank),
        str(RANKS[likeness.rank]),
        ", ".join(word for reason, word in told if reason not in AGAINST),
        ", ".join(word for reason, word in told if reason in AGAINST),
    )


def resembling(actor: Actor, person: Person) -> list[PossibleTwin]:
    """Those who may be a person that is about to be registered, in words; two queries."""
    found = [(twin.person, why(twin.likeness)) for twin in twins_for(actor, person)]
    return [
        PossibleTwin(known, said.rank, said.rank_word, said.speaks_for, said.speaks_against)
        for known, said in found
    ]
