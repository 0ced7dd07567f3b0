"""Codes, birth dates and clocks: pure rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accord.casework.window.rules import (
    ALPHABET,
    CODE_LENGTH,
    answer_due,
    birth_date_matches,
    digest_of,
    grouped,
    is_open,
    new_code,
    new_number,
    place_of,
    tidy,
)
from accord.casework.window.states import REQUEST


@pytest.mark.parametrize("sign", "01OIL5SUZE")
def test_no_sign_is_taken_for_another(sign):
    assert sign not in ALPHABET


def test_a_code_is_long_enough_and_never_the_same():
    codes = {new_code() for _place in range(200)}
    assert len(codes) == 200
    assert all(len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert len(new_number()) == 8 and new_number().isdecimal()


@given(some.text(alphabet=ALPHABET, min_size=1, max_size=12), some.sampled_from([" ", "-", "\u202f", ". "]))
def test_it_may_be_typed_as_it_is_printed(code, between):
    assert tidy(grouped(code)) == code
    assert tidy(between.join(code.lower())) == code


def test_a_digest_depends_on_code_salt_and_pepper():
    digests = {
        digest_of(*parts) for parts in [("A", "s", "p"), ("B", "s", "p"), ("A", "t", "p"), ("A", "s", "q")]
    }
    assert len(digests) == 4
    assert place_of("b", ["a", "b"]) == 1
    assert place_of("c", ["a", "b"]) is None


@pytest.mark.parametrize(
    ("known", "typed", "matches"),
    [
        ("1980-05-17", "17.05.1980", True),
        ("1980-05-17", "17/5/1980", True),
        ("1980-05-17", "1980-05-17", True),
        ("1980-05-17", "18.05.1980", False),
        ("1980-05-17", "1980", False),
        ("1980-05", "17.05.1980", True),
        ("1980-05", "05.1980", True),
        ("1980-05", "17.06.1980", False),
        ("1980", "17.05.1980", True),
        ("1980", "1980", True),
        ("1980", "17.05.1981", False),
        ("", "", False),
        ("", "17.05.1980", False),
        ("1980-05-17", "le dix-sept mai", False),
        ("1980-05-17", "31.02.1980", False),
    ],
)
def test_a_birth_date_counts_as_far_as_it_is_known(known, typed, matches):
    assert birth_date_matches(known, typed) is matches


NOW = datetime(2026, 11, 26, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("until", "locked", "revoked", "opens"),
    [
        (LATER, None, None, True),
        (NOW, None, None, False),
        (BEFORE, None, None, False),
        (LATER, BEFORE, None, False),
        (LATER, None, BEFORE, False),
    ],
)
def test_a_letter_opens_until_it_ends(until, locked, revoked, opens):
    assert is_open(until, locked, revoked, NOW) is opens


def test_the_person_is_answered_within_thirty_days():
    assert answer_due(date(2026, 1, 31)) == date(2026, 3, 2)


def test_an_answered_request_moves_no_more():
    assert REQUEST.final_states() == {"done", "refused"}
    assert not REQUEST.may("in_progress", "received")
