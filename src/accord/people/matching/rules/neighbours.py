"""Where in five million persons one looks for her twin: names, dates and numbers near to hers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from accord.kernel.identifiers import avs_check_digit
from accord.kernel.periods import PartialDate
from accord.people.matching.rules.likeness import Known
from accord.people.persons.rules import name_key, name_to_compare


def names_to_search(known: Known) -> list[str]:
    """Her first given name beside her family name, and beside the name with which she was born."""
    pairs = (name_to_compare(family, known.given_names) for family in (known.family_name, known.birth_name))
    return list(dict.fromkeys(name for name in pairs if len(name.split()) > 1))


def words_of(known: Known) -> list[str]:
    """Every word of her names, once."""
    return sorted({*name_key(known.family_name, known.given_names, known.birth_name).split()})


def births_near(birth_date: str) -> list[str]:
    """Her date of birth, with day and month exchanged, and known only in part."""
    if not birth_date:
        return []
    near = [birth_date[:length] for length in (10, 7, 4) if length <= len(birth_date)]
    if len(birth_date) == 10 and _is_date(
        exchanged := f"{birth_date[:4]}-{birth_date[8:]}-{birth_date[5:7]}"
    ):
        near.append(exchanged)
    return list(dict.fromkeys(near))


def _is_date(text: str) -> bool:
    try:
        PartialDate.read(text)
    except ValueError:
        return False
    return True


def numbers_near(avs_number: str) -> list[str]:
    """Her AVS number, and every valid one with a single wrong digit or two exchanged before the check digit.

    EAN-13 finds each such error, unless the check digit was made to fit: a number copied from a wrong one.
    """
    if not avs_number:
        return []
    first = avs_number[:12]
    return list(dict.fromkeys([avs_number, *(near + avs_check_digit(near) for near in _slips(first))]))


def _slips(first: str) -> Iterable[str]:
    for place in range(3, 12):
        for digit in "0123456789":
            if digit != first[place]:
                yield first[:place] + digit + first[place + 1 :]
    for a, b in pairwise(range(3, 12)):
        if first[a] != first[b]:
            yield first[:a] + first[b] + first[a] + first[b + 1 :]
