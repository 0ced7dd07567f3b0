"""Small numbers are not published, and cannot be computed from what is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.kernel.small_numbers import derivable, protected

LEAST = 5


def table(rows):
    """The cells of a table with its totals, and which are sums of which."""
    counts, sums = {}, []
    width = len(rows[0])
    for r, row in enumerate(rows):
        for c, number in enumerate(row):
            counts[r, c] = number
        counts[r, "all"] = sum(row)
        sums.append(((r, "all"), [(r, c) for c in range(width)]))
    for c in range(width):
        counts["all", c] = sum(row[c] for row in rows)
        sums.append((("all", c), [(r, c) for r in range(len(rows))]))
    counts["all", "all"] = sum(map(sum, rows))
    sums.append((("all", "all"), [(r, "all") for r in range(len(rows))]))
    sums.append((("all", "all"), [("all", c) for c in range(width)]))
    return counts, sums


def rank(matrix):
    """By plain elimination: an independent arithmetic to judge the rule by."""
    rows, found = [row[:] for row in matrix], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(len(rows)):
            if r != found and rows[r][column]:
                factor = rows[r][column] / rows[found][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


def follows_from_the_published(cell, hidden, sums):
    """Whether the number of a hidden cell is the same in every table with the same published numbers."""
    order = sorted(hidden, key=str)
    matrix = [[Fraction((name == total) - (name in parts)) for name in order] for total, parts in sums]
    unit = [Fraction(name == cell) for name in order]
    return rank([*matrix, unit]) == rank(matrix)


numbers = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(numbers)
def test_no_hidden_number_can_be_computed(rows):
    counts, sums = table(rows)
    hidden = protected(counts, sums, least=LEAST)
    assert not [cell for cell in hidden if follows_from_the_published(cell, hidden, sums)]


@given(numbers)
def test_every_small_number_is_hidden_and_nothing_else_without_one(rows):
    counts, sums = table(rows)
    hidden = protected(counts, sums, least=LEAST)
    small = {cell for cell, count in counts.items() if 0 < count < LEAST}
    assert small <= hidden
    assert small or not hidden


@given(numbers)
def test_what_is_hidden_in_a_published_sum_is_together_no_small_number(rows):
    counts, sums = table(rows)
    hidden = protected(counts, sums, least=LEAST)
    for total, parts in sums:
        together = sum(counts[cell] for cell in parts if cell in hidden)
        assert total in hidden or not 0 < together < LEAST


@given(numbers, st.data())
def test_what_can_be_derived_is_found(rows, data):
    counts, sums = table(rows)
    hidden = data.draw(st.sets(st.sampled_from(sorted(counts, key=str)), max_size=6))
    assert derivable(hidden, sums) == {
        cell for cell in hidden if follows_from_the_published(cell, hidden, sums)
    }


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"all": 30, "a": 10, "b": 20}, set()),
        ({"all": 23, "a": 3, "b": 20}, {"a", "b"}),
        ({"all": 43, "a": 3, "b": 20, "c": 20}, {"a", "b"}),
        ({"all": 20, "a": 0, "b": 20}, set()),
        ({"all": 3, "a": 3, "b": 0}, {"all", "a"}),
        ({"all": 31, "a": 1, "b": 1, "c": 9, "d": 20}, {"a", "b", "c"}),
    ],
)
def test_one_sum(counts, hidden):
    parts = [cell for cell in counts if cell != "all"]
    assert protected(counts, [("all", parts)], least=LEAST) == hidden
