"""Rubrics, codes, plain words and envelopes, without any database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.casework.capacity.rules import Limitation
from accord.casework.medical.rules import envelope as letters
from accord.casework.medical.rules.envelope import Envelope, read_envelope, read_receipt, write_envelope
from accord.casework.medical.rules.icd10 import Unreadable, as_code, is_code, read_list
from accord.casework.medical.rules.readability import readability
from accord.casework.medical.rules.rubrics import (
    Agreed,
    Answer,
    Capacity,
    Certified,
    Diagnosis,
    Flaw,
    Incapacity,
    Rubrics,
    conclusions_of,
    faults_before_signing,
    faults_in,
)
from accord.casework.medical.states import EXAMINATION, MEASURE, OUTGOING, REPORT

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
RATES = st.integers(-20, 130)
PERIODS = st.builds(Incapacity, RATES, DAYS, st.none() | DAYS)
CAPACITIES = st.none() | st.builds(Capacity, RATES, RATES, DAYS, st.none() | DAYS)
WORDS = st.text(max_size=20)
RUBRICS = st.builds(
    Rubrics,
    complaints=WORDS,
    diagnoses=st.lists(st.builds(Diagnosis, WORDS, WORDS, st.booleans()), max_size=3).map(tuple),
    certified=st.lists(st.builds(Certified, WORDS, RATES, DAYS), max_size=2).map(tuple),
    incapacities=st.lists(PERIODS, max_size=4).map(tuple),
    usual=CAPACITIES,
    adapted=CAPACITIES,
    limitations=st.lists(st.builds(Limitation, WORDS, WORDS, st.booleans()), max_size=2).map(tuple),
    answers=st.lists(st.builds(Answer, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    measures=st.lists(st.builds(Agreed, WORDS, WORDS, WORDS, st.none() | DAYS), max_size=2).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(RUBRICS)
def test_what_is_kept_is_read_back_as_it_was(said):
    assert Rubrics.from_json(said.as_json()) == said


@given(st.lists(PERIODS, max_size=5))
def test_a_day_with_two_rates_a_wrong_rate_or_a_wrong_end_is_always_found(periods):
    flaws = {fault.flaw for fault in faults_in(Rubrics(incapacities=tuple(periods)))}
    assert (Flaw.PERCENT in flaws) == any(not 0 <= one.rate <= 100 for one in periods)
    assert (Flaw.ENDS_FIRST in flaws) == any(
        one.until is not None and one.until < one.since for one in periods
    )
    sound = all(one.until is None or one.since <= one.until for one in periods)
    shared = any(
        max(one.since, other.since) <= min(one.until or date.max, other.until or date.max)
        for place, one in enumerate(periods)
        for other in periods[place + 1 :]
    )
    if sound:
        assert (Flaw.OVERLAP in flaws) == shared


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(RUBRICS)
def test_what_others_read_holds_nothing_but_functions(said):
    told = repr(conclusions_of(replace(said, complaints="SECRET", diagnoses=(Diagnosis("F33", "SECRET"),))))
    assert "SECRET" not in told
    assert "F33" not in told


def test_before_signing_each_question_is_answered_and_something_is_concluded():
    said = Rubrics(answers=(Answer("1", "Combien ?", "50 %"), Answer("2", "Quand ?")))
    assert {(fault.field, fault.flaw) for fault in faults_before_signing(said)} == {
        ("answer_1", Flaw.UNANSWERED),
        ("fitness", Flaw.EMPTY),
    }
    whole = replace(said, fitness="yes", answers=said.answers[:1])
    assert list(faults_before_signing(whole)) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("m54.5", "M54.5"), ("M545", "M54.5"), (" F33 ", "F33"), ("G55.1*", "G55.1"), ("F33.1+", "F33.1")],
)
def test_a_code_is_understood_however_it_is_typed(typed, code):
    assert as_code(typed) == code
    assert is_code(code)


@pytest.mark.parametrize("typed", ["dos", "54.5", "M5", "M54.555", "M54,5", ""])
def test_what_is_no_code_is_told(typed):
    assert not is_code(as_code(typed))


def test_a_simple_list_is_read_with_its_languages():
    data = (
        "code;titre;langue\nM54.5;Lombalgies;fr\nM54.5;Kreuzschmerz;de\n\nF33;Trouble dépressif;\n".encode()
    )
    assert [tuple(one) for one in read_list(data, "fr")] == [
        ("M54.5", "Lombalgies", "fr"),
        ("M54.5", "Kreuzschmerz", "de"),
        ("F33", "Trouble dépressif", "fr"),
    ]


def test_the_official_list_is_read():
    data = b"""<?xml version="1.0"?><ClaML version="2.0.0">
    <Class code="M54"><Rubric kind="preferred"><Label>R\xc3\xbcckenschmerzen</Label></Rubric></Class>
    <Class code="M54.5" kind="category"><Rubric kind="note"><Label>x</Label></Rubric>
      <Rubric kind="preferred"><Label xml:lang="de">Kreuz<Reference>schmerz</Reference></Label></Rubric></Class>
    <Class code="XIII" kind="chapter"><Rubric kind="preferred"><Label>Kapitel</Label></Rubric></Class></ClaML>"""
    assert [tuple(one) for one in read_list(data, "de")] == [
        ("M54", "Rückenschmerzen", "de"),
        ("M54.5", "Kreuzschmerz", "de"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no code"),
        (b"code;titre\nrien;du tout", "line 2"),
        (b"M54.5;", "no title"),
        (b"<ClaML><Class", "XML"),
        (b"\x00\xff\xfe", "no code"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data, why):
    with pytest.raises(Unreadable, match=why):
        read_list(data, "fr")


def test_plain_lines_need_no_hint():
    assert readability("Vous pouvez travailler le matin. Ne portez rien de lourd.", "fr").is_plain
    assert readability("Sie können am Morgen arbeiten. Tragen Sie nichts Schweres.", "de").is_plain


def test_what_is_hard_to_read_is_named():
    hint = readability(
        "La symptomatologie algique chronique du rachis évolue " + "depuis longtemps " * 12 + ".", "fr"
    )
    assert not hint.is_plain
    assert len(hint.long_sentences) == 1
    assert ("chronique", "qui dure") in hint.hard_words
    assert ("lumbalgie", "Rückenschmerz") in readability("Chronische Lumbalgien.", "de").hard_words


@given(st.text())
def test_a_hint_never_fails(text):
    readability(text, "fr")


LETTER = Envelope(
    sender="sedex://T0-ACCORD-1",
    recipient="sedex://T0-DOSSIER-1",
    message_id="0190f0f0-0000-7000-8000-000000000001",
    message_type="medical-report",
    at=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
    case_number="CII-VS-2026-12",
    file_name="report.pdf",
    sha256="a" * 64,
    product_version="0.1",
    is_test=True,
)


def test_an_envelope_is_read_back_and_its_header_keeps_the_order_of_the_standard():
    written = write_envelope(LETTER)
    assert read_envelope(written) == LETTER
    names = (
        "senderId", "recipientId", "messageId", "messageType", "sendingApplication", "manufacturer", "product",
        "productVersion", "messageDate", "action", "testDeliveryFlag",
    )  # fmt: skip
    places = [written.index(f":{name}>".encode()) for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (b"report.pdf", b"../../etc/passwd", "plain file name"),
        (b"report.pdf", b"", "fileName is missing"),
        (b"a" * 64, b"abc", "fingerprint"),
        (b"2026-11-26", b"yesterday", "messageDate"),
        (b"<accord:delivery ", b"<!DOCTYPE x [<!ENTITY y 'z'>]><accord:delivery ", "types or entities"),
        (b"</accord:delivery>", b"", "well-formed"),
    ],
)
def test_an_envelope_that_cannot_be_trusted_is_refused(before, after, why):
    written = write_envelope(LETTER)
    assert before in written
    with pytest.raises(letters.Unreadable, match=why):
        read_envelope(written.replace(before, after))


def test_an_envelope_in_another_encoding_or_too_large_is_refused():
    with pytest.raises(letters.Unreadable, match="UTF-8"):
        read_envelope(write_envelope(LETTER).decode().encode("utf-16"))
    with pytest.raises(letters.Unreadable, match="large"):
        read_envelope(b" " * 70_000)


def receipt(state: str, reason: str = "") -> bytes:
    return (
        f'<r xmlns="{letters.CONTENT}"><referenceMessageId>m</referenceMessageId>'
        f"<state>{state}</state><reason>{reason}</reason></r>"
    ).encode()


def test_a_receipt_says_taken_or_refused_and_nothing_else():
    assert read_receipt(receipt("accepted")).is_accepted
    assert read_receipt(receipt("refused", "Numéro inconnu")).reason == "Numéro inconnu"
    with pytest.raises(letters.Unreadable, match="neither"):
        read_receipt(receipt("perhaps"))


def test_a_signed_report_never_becomes_a_draft_again():
    assert not any("draft" in following for following in REPORT.allowed.values())
    assert REPORT.final_states() == {"filed"}
    assert EXAMINATION.allowed["received"] == ("read",)
    assert OUTGOING.final_states() == {"accepted"}
    assert MEASURE.final_states() == frozenset()


def test_a_capacity_is_told_without_its_end_which_stays_in_the_report():
    said = Rubrics(usual=Capacity(50, 80, date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=30)))
    assert conclusions_of(said).usual.overall == 40
