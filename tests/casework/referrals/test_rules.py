"""What an announcement must hold before it may leave: truth tables and properties."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.rules import (
    announcer_kinds_for,
    check_answer,
    clocks,
    missing_documents,
    missing_in,
    unmet_criteria,
)
from accord.casework.referrals.states import REFERRAL
from accord.network.programmes.rules import BUILT_IN, Choice, FormField, Localized, read_folders

PROGRAMMES = {d.programme.slug: d.programme for d in read_folders([Path(BUILT_IN)])[0]}
GENEVA, PLUS = PROGRAMMES["cii-geneve"], PROGRAMMES["cii-plus"]
TODAY = date(2026, 11, 23)


def asked(kind: str, *, required: bool = False, most: int | None = None) -> FormField:
    return FormField(
        key="k", kind=kind, label=Localized("Q", "Q"), help=None, required=required, category="work",
        choices=(Choice("a", Localized("A", "A")),), max_length=most,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("text", "mot", ""),
        ("text", "x" * 11, "long"),
        ("choice", "a", ""),
        ("choice", "z", "choice"),
        ("yes_no", "yes", ""),
        ("yes_no", "peut-être", "choice"),
        ("number", "12", ""),
        ("number", "-1", "number"),
        ("number", "1e3", "number"),
        ("number", "١٢", "number"),
        ("percent", "100", ""),
        ("percent", 0, ""),
        ("percent", "101", "percent"),
        ("percent", "50 %", "number"),
        ("date", "2026-11-23", ""),
        ("date", "2026-02-30", "date"),
        ("date", "hier", "date"),
    ],
)
def test_each_kind_of_answer_knows_what_it_refuses(kind, value, problem):
    assert check_answer(asked(kind, most=10 if kind == "text" else None), value) == problem


@pytest.mark.parametrize("empty", [None, "", []])
def test_an_empty_answer_is_missing_only_where_it_is_required(empty):
    assert check_answer(asked("text", required=True), empty) == "required"
    assert check_answer(asked("text"), empty) == ""


def test_zero_is_an_answer():
    assert check_answer(asked("percent", required=True), 0) == ""


def complete(programme, **changes):
    given_so_far = {
        "subject": "Mal de dos",
        "reasons": [programme.reasons[0].key],
        "criteria": {c.key: True for c in programme.criteria if c.required},
        "answers": {
            f.key: f.choices[0].key if f.choices else "texte" for f in programme.form_fields if f.required
        },
        "announcer_kind": "e" if programme.announcer_kinds else "",
        "insured_informed_on": TODAY if programme.announcer_kinds else None,
        "documents": {},
        "sender_kind": "insurer_daily_lamal",
        "today": TODAY,
    }
    return missing_in(programme, **{**given_so_far, **changes})


def problems(found):
    return {one.field: one.problem for one in found}


@pytest.mark.parametrize("slug", sorted(PROGRAMMES))
def test_a_complete_announcement_lacks_nothing(slug):
    assert complete(PROGRAMMES[slug]) == []


@pytest.mark.parametrize("slug", sorted(PROGRAMMES))
def test_an_empty_announcement_lacks_all_that_is_required(slug):
    programme = PROGRAMMES[slug]
    found = problems(complete(programme, subject=" ", reasons=[], criteria={}, answers={}, announcer_kind=""))
    assert {"subject", "reasons"} <= found.keys()
    assert {f"criterion_{c.key}" for c in programme.criteria if c.required} <= found.keys()
    assert {f"answer_{f.key}" for f in programme.form_fields if f.required} <= found.keys()
    assert not {f"criterion_{c.key}" for c in programme.criteria if not c.required} & found.keys()
    assert ("announcer_kind" in found) == bool(programme.announcer_kinds)


@pytest.mark.parametrize(
    ("letter", "informed", "problem"),
    [
        ("a", None, {}),
        ("e", None, {"insured_informed_on": "inform"}),
        ("e", TODAY, {}),
        ("d", None, {"insured_informed_on": "inform"}),
        ("d", TODAY - timedelta(days=400), {}),
        ("e", TODAY + timedelta(days=1), {"insured_informed_on": "future"}),
        ("h", TODAY, {"announcer_kind": "announcer"}),
        ("", TODAY, {"announcer_kind": "required"}),
    ],
)
def test_letters_b_to_m_inform_the_person_beforehand(letter, informed, problem):
    assert problems(complete(PLUS, announcer_kind=letter, insured_informed_on=informed)) == problem


def test_all_thirteen_letters_stand_in_the_programme_and_only_a_is_free_of_informing():
    assert [kind.key for kind in PLUS.announcer_kinds] == list("abcdefghijklm")
    assert [kind.key for kind in PLUS.announcer_kinds if not kind.must_inform_insured] == ["a"]


def test_an_institution_announces_under_its_own_letter_or_for_somebody_outside():
    assert [kind.key for kind in announcer_kinds_for(PLUS, "insurer_accident")] == list("gabdkm")


def test_thirty_days_of_incapacity_only_warn():
    assert "thirty_days" in {c.key for c in unmet_criteria(PLUS, {"target_person": True, "informed": True})}
    assert complete(PLUS) == []


def test_an_unknown_reason_is_refused():
    assert problems(complete(GENEVA, reasons=["<script>"])) == {"reasons": "choice"}


def test_documents_that_are_not_there_are_named():
    assert missing_documents(GENEVA, {"cv"}) == [d.key for d in GENEVA.documents if d.key != "cv"]


def test_the_clocks_are_the_programmes():
    assert clocks(GENEVA, TODAY) == (TODAY + timedelta(days=10), TODAY + timedelta(days=30))


@given(
    reasons=st.lists(st.sampled_from([r.key for r in GENEVA.reasons]), min_size=1, unique=True),
    optional=st.sets(st.sampled_from([c.key for c in GENEVA.criteria if not c.required])),
    percent=st.integers(0, 100),
)
def test_what_is_optional_never_keeps_an_announcement_back(reasons, optional, percent):
    criteria = {c.key: c.required or c.key in optional for c in GENEVA.criteria}
    answers = {f.key: f.choices[0].key if f.choices else "texte" for f in GENEVA.form_fields if f.required}
    answers |= {f.key: percent for f in GENEVA.form_fields if f.kind == "percent"}
    assert complete(GENEVA, reasons=reasons, criteria=criteria, answers=answers) == []


@given(st.sets(st.sampled_from([f.key for f in GENEVA.form_fields if f.required]), min_size=1))
def test_every_required_answer_that_is_left_out_is_named_and_no_other(left_out):
    answers = {f.key: f.choices[0].key if f.choices else "texte" for f in GENEVA.form_fields if f.required}
    found = complete(GENEVA, answers={k: v for k, v in answers.items() if k not in left_out})
    assert problems(found) == {f"answer_{key}": "required" for key in left_out}


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_check_of_an_answer(text):
    for kind in ("text", "long_text", "date", "choice", "yes_no", "number", "percent"):
        assert check_answer(asked(kind), text) in {"", "choice", "number", "percent", "date"}


def test_the_table_of_states_is_closed():
    assert set(REFERRAL.allowed) == set(ReferralState.values)
    assert {state for following in REFERRAL.allowed.values() for state in following} <= set(ReferralState)
    assert REFERRAL.final_states() == {"accepted", "declined", "withdrawn"}


@pytest.mark.parametrize("state", [s for s in ReferralState.values if s not in ("sent", "asked_back")])
def test_only_what_waits_on_the_desk_is_declined(state):
    assert not REFERRAL.may(state, "declined")
