"""Official numbers, positions, and what an offer must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.purchasing.providers.enums import UNIT_DIGITS, OfferState, Piece, ProposalState
from accord.purchasing.providers.models import Offer
from accord.purchasing.providers.rules.codes import UNITS, is_code, unit_of
from accord.purchasing.providers.rules.identifiers import (
    is_qr_iban,
    normalise_gln,
    normalise_iban,
    normalise_nif,
)
from accord.purchasing.providers.rules.offers import REQUIRED, missing_fields, missing_pieces, required_pieces
from accord.purchasing.providers.states import OFFER, PROPOSAL


def test_a_gln_is_read_as_it_is_typed():
    assert normalise_gln("2005 5555 55003") == "2005555555003"


@pytest.mark.parametrize("typed", ["2005555555004", "200555555500", "", "²005555555003", "20055555550030"])
def test_a_wrong_gln_is_refused(typed):
    with pytest.raises(ValueError, match="gln"):
        normalise_gln(typed)


@given(st.integers(0, 10**12 - 1), st.integers(1, 9))
def test_one_wrong_last_digit_is_always_noticed(first, off):
    twelve = f"{first:012d}"
    check = -sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(twelve)) % 10
    assert normalise_gln(f"{twelve}{check}") == f"{twelve}{check}"
    with pytest.raises(ValueError, match="gln"):
        normalise_gln(f"{twelve}{(check + off) % 10}")


@pytest.mark.parametrize("typed", ["1", "1234567"])
def test_a_nif_has_one_to_seven_digits(typed):
    assert normalise_nif(typed) == typed
    for wrong in ("", typed + "a", "12345678"):
        with pytest.raises(ValueError, match="nif"):
            normalise_nif(wrong)


def test_accounts_of_switzerland_and_liechtenstein():
    assert normalise_iban("ch93 0076 2011 6238 5295 7") == "CH9300762011623852957"
    assert not is_qr_iban("CH9300762011623852957")
    assert is_qr_iban(normalise_iban("CH44 3199 9123 0008 8901 2"))
    with pytest.raises(ValueError, match="check"):
        normalise_iban("CH93 0076 2011 6238 5295 8")
    with pytest.raises(ValueError, match="country"):
        normalise_iban("DE89 3704 0044 0532 0130 00")


@pytest.mark.parametrize("code", ["905.509.1", "905.500.2", "905.220.3", "905.300.4", "900.000.5"])
def test_positions_as_the_central_office_writes_them(code):
    assert is_code(code)


@pytest.mark.parametrize(
    "code", ["905.500.6", "905.500.0", "805.500.2", "905500.2", "905.500.2 ", "9O5.500.2", ""]
)
def test_other_positions_are_refused(code):
    assert not is_code(code)


def test_the_last_digit_says_the_unit():
    assert {digit: unit_of(f"905.500.{digit}") for digit in UNITS} == UNITS
    assert {str(digit): str(unit) for unit, digit in UNIT_DIGITS.items()} == UNITS


def test_what_an_offer_lacks():
    assert missing_fields(dict.fromkeys(REQUIRED, "  ")) == list(REQUIRED)
    assert missing_fields(dict.fromkeys(REQUIRED, "x")) == []
    assert missing_pieces("coach", {"concept", "staff", "insurance"}) == []
    assert missing_pieces("school", {"concept", "staff", "insurance"}) == ["legal"]


def test_the_rules_speak_of_what_there_is():
    assert set(REQUIRED) <= {field.name for field in Offer._meta.get_fields()}
    assert set(required_pieces("school")) <= set(Piece.values)
    assert set(OFFER.allowed) == set(OfferState.values)
    assert set(PROPOSAL.allowed) == set(ProposalState.values)
    assert OFFER.final_states() == {"accepted", "refused"}
