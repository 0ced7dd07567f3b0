"""Competing strategies, signatures and differences: truth tables and properties."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.plans.rules import (
    Approach,
    Entry,
    Finding,
    Goal,
    Measure,
    Strategies,
    changed_since,
    competing,
    differences,
    fingerprint_of,
    gaps,
)
from accord.casework.plans.rules.competing import (
    contradictions,
    double_care,
    overlaps,
    same_employer,
)
from accord.casework.plans.states import MEASURE, PLAN

TODAY = date(2026, 3, 2)
AI, OFFICE, AID = uuid4(), uuid4(), uuid4()
GOAL, OTHER_GOAL = uuid4(), uuid4()
BAKERY = uuid4()


def on(day: int) -> date:
    return TODAY + timedelta(days=day)


def measure(since: int | None = 0, until: int | None = 30, **fields: object) -> Measure:
    given: dict[str, object] = {"institution": AI, "goal": GOAL}
    return Measure(
        uuid4(),
        since=None if since is None else on(since),
        until=None if until is None else on(until),
        **{**given, **fields},  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((0, 30), (30, 60), (30, 30)),
        ((0, 30), (31, 60), None),
        ((0, None), (31, 60), (31, 60)),
        ((0, None), (31, None), (31, None)),
        ((None, None), (0, 30), None),
        ((5, 10), (0, 30), (5, 10)),
    ],
)
def test_exclusive_measures_overlap_when_they_share_a_day(one, other, shared):
    pair = [measure(*one, is_exclusive=True), measure(*other, is_exclusive=True, institution=OFFICE)]
    found = overlaps(pair)
    if shared is None:
        assert found == []
    else:
        since, until = shared
        assert [(f.since, f.until) for f in found] == [(on(since), None if until is None else on(until))]
        assert set(found[0].rows) == {m.origin for m in pair}


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (False, False)])
def test_a_measure_that_is_not_exclusive_runs_beside_any_other(first, second):
    assert overlaps([measure(is_exclusive=first), measure(is_exclusive=second)]) == []


@pytest.mark.parametrize("state", ["done", "stopped"])
def test_what_is_over_competes_with_nothing(state):
    pair = (measure(is_exclusive=True, state=state), measure(is_exclusive=True))
    assert competing(Strategies((), pair), TODAY, 30) == []


@pytest.mark.parametrize("mutual", [True, False])
def test_contradictory_goals_are_found_whichever_names_the_other(mutual):
    keep = Goal(GOAL, "keep", None, frozenset({"leave"}))
    leave = Goal(OTHER_GOAL, "leave", None, frozenset({"keep"} if mutual else ()))
    assert [f.rows for f in contradictions([keep, leave])] == [(GOAL, OTHER_GOAL)]
    assert len(contradictions([leave, keep])) == 1


def test_goals_without_a_key_contradict_nothing():
    assert contradictions([Goal(GOAL, "", None), Goal(OTHER_GOAL, "", None)]) == []


def approach(institution: UUID, *, coordinated: bool = False, employer: UUID = BAKERY) -> Approach:
    return Approach(uuid4(), institution, employer, coordinated)


@pytest.mark.parametrize(
    ("measures", "approaches", "found"),
    [
        ([], [(AI, False), (OFFICE, False)], True),
        ([], [(AI, False), (OFFICE, True)], False),
        ([], [(AI, False), (AI, False)], False),
        ([AI], [(OFFICE, False)], True),
        ([AI], [(OFFICE, True)], False),
        ([AI, OFFICE], [], True),
        ([AI], [], False),
        ([AI, OFFICE], [(AID, True)], True),
    ],
)
def test_one_employer_approached_by_two_institutions_unaware(measures, approaches, found):
    planned = [measure(institution=who, employer=BAKERY) for who in measures]
    contacts = [approach(who, coordinated=agreed) for who, agreed in approaches]
    assert bool(same_employer(planned, contacts)) is found


def test_two_employers_are_two_matters():
    assert same_employer([], [approach(AI), approach(OFFICE, employer=uuid4())]) == []


@pytest.mark.parametrize(
    ("institution", "goal", "since", "found"),
    [
        (OFFICE, GOAL, 10, True),
        (AI, GOAL, 10, False),
        (OFFICE, OTHER_GOAL, 10, False),
        (OFFICE, GOAL, 40, False),
    ],
)
def test_two_institutions_follow_the_person_for_one_goal(institution, goal, since, found):
    ours = measure(steers=True)
    theirs = measure(since, since + 30, steers=True, institution=institution, goal=goal)
    assert bool(double_care([ours, theirs])) is found


def test_three_that_follow_for_one_goal_are_one_finding():
    three = [measure(steers=True, institution=who) for who in (AI, OFFICE, AID)]
    (found,) = double_care(three)
    assert set(found.rows) == {m.origin for m in three}


def until(day: int, *measures: Measure) -> Strategies:
    return Strategies((Goal(GOAL, "", on(day)),), measures)


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ([], [(0, 100)]),
        ([(0, 100)], []),
        ([(-50, 69)], [(70, 100)]),
        ([(-50, 70)], []),
        ([(31, 100)], [(0, 30)]),
        ([(30, 100)], []),
        ([(0, 20), (60, 100)], [(21, 59)]),
        ([(0, 20), (10, None)], []),
        ([(None, None)], [(0, 100)]),
        ([(-90, -1)], [(0, 100)]),
        ([(200, 300)], [(0, 100)]),
    ],
)
def test_a_gap_is_longer_than_the_programme_allows(planned, expected):
    """Thirty days are allowed, one more is not; the target lies on day 100."""
    plan = until(100, *(measure(*period) for period in planned))
    assert [(f.since, f.until) for f in gaps(plan, TODAY, 30)] == [(on(a), on(b)) for a, b in expected]


def test_without_a_target_day_there_is_no_gap():
    assert gaps(Strategies((Goal(GOAL, "", None),)), TODAY, 30) == []


def test_a_target_that_has_passed_leaves_no_gap():
    assert gaps(until(-5), TODAY, 30) == []


periods = st.tuples(st.integers(-60, 200), st.integers(0, 90)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(periods, max_size=8), st.integers(1, 60), st.integers(1, 250))
def test_every_uncovered_stretch_and_no_other_is_a_gap(planned, longest, target):
    """Compared with counting day by day."""
    covered = {day for since, until in planned for day in range(since, until + 1)}
    bare, run = [], []
    for day in [*range(target + 1), None]:
        if day is not None and day not in covered:
            run.append(day)
        else:
            if len(run) > longest:
                bare.append((on(run[0]), on(run[-1])))
            run = []
    plan = until(target, *(measure(*period) for period in planned))
    assert [(f.since, f.until) for f in gaps(plan, TODAY, longest)] == bare


@given(st.lists(periods, min_size=2, max_size=6), st.randoms())
def test_the_key_of_a_finding_does_not_depend_on_the_order_of_rows(planned, dice):
    rows = [measure(*period, is_exclusive=True) for period in planned]
    shuffled = rows.copy()
    dice.shuffle(shuffled)
    assert {f.key for f in overlaps(rows)} == {f.key for f in overlaps(shuffled)}


def test_the_key_tells_rules_and_rows_apart():
    assert Finding("gap", (AI,)).key != Finding("care", (AI,)).key
    assert Finding("gap", (AI,)).key != Finding("gap", (OFFICE,)).key
    assert Finding("gap", (AI,), TODAY).key == Finding("gap", (AI,), on(3)).key, "days pass, the key stays"


entries = st.lists(
    st.builds(
        Entry,
        st.uuids(),
        st.sampled_from(["goal", "measure"]),
        st.lists(
            st.tuples(st.sampled_from("abc"), st.text(max_size=5)), max_size=3, unique_by=lambda f: f[0]
        ).map(tuple),
    ),
    max_size=6,
    unique_by=lambda entry: entry.origin,
)


@given(entries)
def test_a_plan_does_not_differ_from_itself(plan):
    assert differences(plan, reversed(plan)) == []
    assert fingerprint_of(plan) == fingerprint_of(reversed(plan))
    assert changed_since({str(e.origin): e.fingerprint for e in plan}, plan) == []


@given(entries, entries)
def test_fingerprints_are_equal_exactly_when_nothing_differs(before, after):
    same = not differences(before, after) and {e.origin for e in before} == {e.origin for e in after}
    if fingerprint_of(before) == fingerprint_of(after):
        assert same
    read = {str(entry.origin): entry.fingerprint for entry in before}
    assert (fingerprint_of(before) == fingerprint_of(after)) == (not changed_since(read, after))


def test_differences_are_told_field_by_field():
    kept, moved, gone, new = (uuid4() for _ in range(4))
    before = [
        Entry(kept, "goal", (("text", "a"),)),
        Entry(moved, "measure", (("title", "a"), ("until", "2026-04-01"))),
        Entry(gone, "measure", (("title", "b"),)),
    ]
    after = [
        before[0],
        Entry(moved, "measure", (("title", "a"), ("until", "2026-05-01"))),
        Entry(new, "measure", (("title", "c"),)),
    ]
    assert [(c.what, c.origin, c.fields) for c in differences(before, after)] == [
        ("removed", gone, (("title", "b", ""),)),
        ("changed", moved, (("until", "2026-04-01", "2026-05-01"),)),
        ("added", new, (("title", "", "c"),)),
    ]


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("draft", {"proposed"}),
        ("proposed", {"draft", "agreed"}),
        ("agreed", {"replaced"}),
        ("replaced", set()),
    ],
)
def test_how_a_plan_moves(state, following):
    assert {other for other in PLAN.allowed if PLAN.may(state, other)} == following


def test_a_measure_that_was_stopped_may_go_on_but_is_not_planned_again():
    assert MEASURE.may("stopped", "running")
    assert not any(MEASURE.may(state, "planned") for state in MEASURE.allowed)
