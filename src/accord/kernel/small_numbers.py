"""Small numbers are not published, nor anything from which they could be computed.

Complementary suppression as in statistical disclosure control (Federal Statistical Office, data protection;
Hundepool et al., Statistical Disclosure Control, 2012, ch. 4): each published sum is an equation; no hidden
number may follow from these equations, and what is hidden in one sum is together no small number either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Sum = tuple[Key, Sequence[Key]]
"""A total and the parts of which it is the sum."""
Equation = dict[Key, int | Fraction]
"""Factors by cell. Nearly all are whole numbers, which are reckoned ten times as fast as fractions."""


def protected(counts: Mapping[Key, int], sums: Sequence[Sum[Key]], *, least: int) -> frozenset[Key]:
    """The cells that are not published: the small ones, and as many others as protect them.

    Nothing (0) is no small number: it tells of nobody. The smallest parts are given up first, a total only
    when it has no other part.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < least}
    touching = _touching(sums)
    while True:
        more = _too_small_together(counts, sums, hidden, least) or _alone(counts, sums, hidden)
        if not more:
            more = _companions(counts, touching, hidden, derivable(hidden, sums))
        if not more:
            return frozenset(hidden)
        hidden |= more


def derivable(hidden: Collection[Key], sums: Iterable[Sum[Key]]) -> set[Key]:
    """The hidden cells whose number follows from the published sums: exact linear algebra."""
    pivots: dict[Key, Equation[Key]] = {}
    for total, parts in sums:
        equation: Equation[Key] = {cell: -1 for cell in parts if cell in hidden}
        if total in hidden:
            equation[total] = 1
        _reduce_by(pivots, equation)
    return {pivot for pivot, equation in pivots.items() if len(equation) == 1}


def _reduce_by(pivots: dict[Key, Equation[Key]], equation: Equation[Key]) -> None:
    """Add an equation to those in reduced form: each has a pivot that stands in no other."""
    for cell in [cell for cell in equation if cell in pivots]:
        _subtract(equation, pivots[cell], equation[cell])
    if not equation:
        return
    pivot, factor = next((one for one in equation.items() if one[1] in (1, -1)), next(iter(equation.items())))
    reduced = {cell: _whole(Fraction(value) / factor) for cell, value in equation.items()}
    for other in pivots.values():
        if pivot in other:
            _subtract(other, reduced, other[pivot])
    pivots[pivot] = reduced


def _subtract(equation: Equation[Key], other: Equation[Key], factor: int | Fraction) -> None:
    for cell, value in other.items():
        rest = equation.get(cell, 0) - factor * value
        if rest:
            equation[cell] = rest if isinstance(rest, int) else _whole(rest)
        else:
            equation.pop(cell, None)


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _touching(sums: Sequence[Sum[Key]]) -> dict[Key, list[Sum[Key]]]:
    found: dict[Key, list[Sum[Key]]] = defaultdict(list)
    for one in sums:
        total, parts = one
        for cell in (total, *parts):
            found[cell].append(one)
    return found


def _too_small_together(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: Collection[Key], least: int
) -> set[Key]:
    """For each published total whose hidden parts are together a small number, one cell more."""
    more: set[Key] = set()
    for total, parts in sums:
        together = sum(counts[cell] for cell in parts if cell in hidden or cell in more)
        if total not in hidden and 0 < together < least:
            more.add(_smallest(counts, parts, hidden) or total)
    return more


def _alone(counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: Collection[Key]) -> set[Key]:
    """For each sum in which a single cell is hidden, so that it follows at once, one cell more."""
    more: set[Key] = set()
    for total, parts in sums:
        together = [cell for cell in (total, *parts) if cell in hidden or cell in more]
        if len(together) == 1:
            more |= {_smallest(counts, parts, together) or total} - set(together)
    return more


def _companions(
    counts: Mapping[Key, int],
    touching: Mapping[Key, list[Sum[Key]]],
    hidden: Collection[Key],
    derived: Collection[Key],
) -> set[Key]:
    """One cell more for each that can be derived, in a sum to which it belongs."""
    more: set[Key] = set()
    for cell in sorted(derived, key=lambda one: (counts[one], str(one))):
        offers = [
            offer
            for total, parts in touching[cell]
            if not more.intersection((total, *parts))
            and (offer := _smallest(counts, parts, hidden) or (None if total in hidden else total))
        ]
        if offers:
            more.add(min(offers, key=lambda one: (counts[one], str(one))))
    if derived and not more:
        published = [cell for cell in counts if cell not in hidden and touching.get(cell)]
        more.add(min(published, key=lambda one: (counts[one], str(one))))
    return more


def _smallest(counts: Mapping[Key, int], parts: Iterable[Key], hidden: Collection[Key]) -> Key | None:
    offers = [cell for cell in parts if cell not in hidden and counts[cell] > 0]
    return min(offers, key=lambda one: (counts[one], str(one)), default=None)
