"""Ceilings, durations, numbers, presence: truth tables of the rules, without a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.purchasing.measures import states
from accord.purchasing.measures.rules import (
    Frame,
    Granted,
    Proposal,
    better_channel,
    check_all,
    counted_days,
    decision_number,
    faults_of_days,
    faults_of_hours,
    is_decision_number,
    participation_planned,
    read_catalogue,
    read_csv,
    reports_due,
)
from accord.purchasing.measures.rules.checking import months_after
from accord.purchasing.measures.rules.counting import counted_periods

TODAY, START = date(2026, 11, 2), date(2026, 11, 9)
DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def outcomes(kind: str, until: date, **known: object) -> dict[str, str]:
    proposal = Proposal(
        **{"kind": kind, "since": START, "until": until, "amount": Decimal(1000), "today": TODAY} | known
    )
    return {check.code: check.outcome for check in check_all(read_catalogue(), proposal)}


def early(amount: int, since: date = START) -> Granted:
    return Granted("mip_course", "early", since, since + 30 * DAY, Decimal(amount))


@pytest.mark.parametrize(
    ("others", "amount", "outcome"),
    [
        ((), "20000", "passed"),
        ((), "20000.01", "refusing"),
        ((early(12000), early(7000)), "1000", "passed"),
        ((early(12000), early(7000)), "1000.05", "refusing"),
        ((Granted("advice", "rehabilitation", START, START, Decimal(90000)),), "20000", "passed"),
    ],
)
def test_early_intervention_costs_20000_over_all_measures_of_the_person(others, amount, outcome):
    found = outcomes("mip_course", START + 30 * DAY, amount=Decimal(amount), others=others)
    assert found["early_ceiling"] == outcome


@pytest.mark.parametrize(
    ("first", "until", "outcome"),
    [
        (START, date(2027, 11, 8), "passed"),
        (START, date(2027, 11, 9), "refusing"),
        (date(2026, 2, 1), date(2027, 1, 31), "passed"),
        (date(2026, 2, 1), date(2027, 2, 1), "refusing"),
    ],
)
def test_the_phase_of_early_intervention_lasts_12_months_from_its_first_measure(first, until, outcome):
    others = (early(100, first),) if first != START else ()
    assert outcomes("mip_course", until, others=others)["early_phase"] == outcome


@pytest.mark.parametrize(
    ("kind", "age", "outcome"),
    [
        ("mip_orientation", 13, "passed"),
        ("mip_placement", 15, "passed"),
        ("mip_orientation", 12, "refusing"),
        ("mip_orientation", None, "refusing"),
        ("mip_course", 14, "refusing"),
        ("mip_advice", 14, "refusing"),
    ],
)
def test_in_compulsory_school_only_orientation_and_placement_from_13(kind, age, outcome):
    assert outcomes(kind, START + 30 * DAY, is_pupil=True, age=age)["pupil"] == outcome


def reinsertion(until: date, **known: object) -> dict[str, str]:
    return outcomes("socio_professional", until, **{"hours_per_day": Decimal(2), "days_per_week": 5} | known)


def before(days: int) -> Granted:
    return Granted("socio_professional", "rehabilitation", START, START, Decimal(0), participation=days)


@pytest.mark.parametrize(
    ("others", "weeks", "is_exceptional", "code", "outcome"),
    [
        ((), 46, False, "participation", "passed"),
        ((), 47, False, "participation", "refusing"),
        ((), 47, True, "participation_exceptional", "warning"),
        ((before(230),), 46, True, "participation_exceptional", "warning"),
        ((before(230),), 47, True, "participation", "refusing"),
        ((before(180),), 10, False, "participation", "passed"),
        ((before(181),), 10, False, "participation", "refusing"),
    ],
)
def test_a_year_is_230_days_of_participation_and_a_second_one_exceptional(
    others, weeks, is_exceptional, code, outcome
):
    found = reinsertion(START + weeks * 7 * DAY - DAY, others=others, is_exceptional=is_exceptional)
    assert found[code] == outcome


@pytest.mark.parametrize(
    ("hours", "days", "refusing"),
    [
        ("2", 4, set()),
        ("1.75", 4, {"hours_a_day_at_least"}),
        ("2", 3, {"days_a_week_at_least"}),
        (None, None, {"hours_a_day_at_least", "days_a_week_at_least"}),
    ],
)
def test_reinsertion_takes_two_hours_four_days_at_least(hours, days, refusing):
    known = {"hours_per_day": hours and Decimal(hours), "days_per_week": days}
    found = reinsertion(START + 60 * DAY, **known)
    assert {code for code, outcome in found.items() if outcome == "refusing"} == refusing


@dataclass(frozen=True)
class Unfit:
    rate: int
    since: date
    until: date | None = None


@pytest.mark.parametrize(
    ("periods", "says", "code", "outcome"),
    [
        ([Unfit(50, date(2026, 5, 9))], False, "entry", "passed"),
        ([Unfit(50, date(2026, 5, 10))], False, "entry", "warning"),
        ([Unfit(49, date(2025, 1, 1))], False, "entry", "warning"),
        ([Unfit(49, date(2025, 1, 1))], True, "entry_said", "warning"),
        ([Unfit(100, date(2025, 1, 1), date(2026, 8, 31))], False, "entry", "warning"),
        (
            [Unfit(100, date(2026, 1, 1), date(2026, 6, 30)), Unfit(50, date(2026, 7, 1))],
            False,
            "entry",
            "passed",
        ),
        ([], False, "entry", "warning"),
    ],
)
def test_reinsertion_begins_after_six_months_of_half_incapacity(periods, says, code, outcome):
    found = reinsertion(START + 60 * DAY, incapacity=tuple(periods), says_entry=says)
    assert found[code] == outcome


@pytest.mark.parametrize(("says", "outcome"), [(True, "passed"), (False, "warning")])
def test_the_condition_of_the_young_is_said_by_the_counsellor(says, outcome):
    known = {"hours_per_day": Decimal(2), "days_per_week": 4, "age": 20, "says_entry": says}
    assert outcomes("socio_professional_youth", START + 60 * DAY, **known)["entry_youth"] == outcome


@pytest.mark.parametrize(("age", "outcome"), [(24, "passed"), (25, "refusing"), (None, "unchecked")])
def test_what_is_for_the_young_is_for_them(age, outcome):
    known = {"hours_per_day": Decimal(2), "days_per_week": 4, "age": age}
    assert outcomes("socio_professional_youth", START + 60 * DAY, **known)["age"] == outcome


@pytest.mark.parametrize("kind", ["trial_placement", "initiation_allowance"])
@pytest.mark.parametrize(("days", "outcome"), [(180, "passed"), (181, "refusing")])
def test_trial_and_initiation_last_180_days(kind, days, outcome):
    assert outcomes(kind, START + (days - 1) * DAY, wage=Decimal(9000))["days"] == outcome


def test_the_highest_daily_allowance_holds_once_it_is_in_the_catalogue():
    """Its amount was not found: it is said to be unchecked until an office writes it."""
    known = {"wage": Decimal(99_000), "amount": Decimal("12210.01")}
    assert outcomes("initiation_allowance", START + 29 * DAY, **known)["not_found"] == "unchecked"
    catalogue = read_catalogue()
    kind = catalogue.kinds["initiation_allowance"]
    limits = [replace(one, value=407) if one.name == "daily_allowance_chf" else one for one in kind.limits]
    known_now = replace(catalogue, kinds={kind.key: replace(kind, limits=tuple(limits))})
    for amount, outcome in (("12210.00", "passed"), ("12210.01", "refusing")):
        proposal = Proposal(kind.key, START, START + 29 * DAY, Decimal(amount), TODAY, wage=Decimal(99_000))
        found = {check.code: check.outcome for check in check_all(known_now, proposal)}
        assert found["daily_allowance"] == outcome


@pytest.mark.parametrize(
    ("wage", "outcome"), [(Decimal(1000), "passed"), (Decimal("999.99"), "refusing"), (None, "unchecked")]
)
def test_an_allowance_is_at_most_the_wage(wage, outcome):
    assert outcomes("initiation_allowance", START + 29 * DAY, wage=wage)["wage"] == outcome


@pytest.mark.parametrize(
    ("ended", "until", "outcome"),
    [
        (date(2024, 1, 31), date(2027, 1, 31), "passed"),
        (date(2024, 1, 31), date(2027, 2, 1), "refusing"),
        (None, date(2036, 1, 1), None),
    ],
)
def test_advice_goes_on_for_three_years_after_the_phase(ended, until, outcome):
    assert outcomes("advice", until, phase_ended_on=ended).get("follow_up") == outcome


@pytest.mark.parametrize(("fitness", "outcome"), [("yes", "passed"), ("no", "warning"), ("", "warning")])
def test_fitness_is_told_and_never_hidden(fitness, outcome):
    assert outcomes("advice", START + DAY, fitness=fitness)[f"fitness_{fitness or 'unknown'}"] == outcome


def test_what_begins_today_began_too_soon():
    assert outcomes("advice", START, today=START)["beforehand"] == "refusing"
    assert outcomes("advice", START)["beforehand"] == "passed"


@pytest.mark.parametrize(
    "kind", ["orientation", "initial_training", "retraining", "placement", "staff_leasing", "capital"]
)
def test_a_number_that_was_not_found_is_said_not_to_be_checked(kind):
    found = outcomes(kind, START + 4000 * DAY, amount=Decimal(10**7))
    assert found["not_found"] == "unchecked"
    assert "refusing" not in found.values()


def test_every_number_of_the_catalogue_has_its_source():
    catalogue = read_catalogue()
    limits = [limit for kind in catalogue.kinds.values() for limit in kind.limits]
    assert all(limit.source for limit in [*limits, *catalogue.phases["early"]])
    assert catalogue.hours_a_month("high") == 18


def sick_for(days: int) -> list[date]:
    return [START + number * DAY for number in range(days)]


@pytest.mark.parametrize(("days", "counted"), [(1, 1), (30, 30), (31, 0), (90, 0)])
def test_absences_over_30_consecutive_calendar_days_do_not_count(days, counted):
    assert counted_days([], sick_for(days), over=30) == counted


def test_a_day_of_presence_ends_an_absence():
    there = START + 20 * DAY
    assert counted_days([there], [day for day in sick_for(40) if day != there], over=30) == 40


def test_weekends_belong_to_an_absence():
    sick = [day for day in sick_for(40) if day.weekday() < 5]
    assert counted_days([], sick, over=30) == 0


@given(st.sets(DAYS), st.sets(DAYS))
def test_participation_is_never_more_than_what_was_noted(present, sick):
    sick -= present
    found = counted_days(present, sick, over=30)
    assert len(present) <= found <= len(present) + len(sick)


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))))
def test_days_of_periods_are_counted_once(periods):
    every = {since + n * DAY for since, until in periods for n in range((until - since).days + 1)}
    assert counted_periods(periods) == len(every)


@given(DAYS, st.integers(0, 400), st.integers(1, 7))
def test_planned_participation_counts_so_many_days_of_each_week(since, length, days):
    every = [since + number * DAY for number in range(length + 1)]
    planned = participation_planned(since, every[-1], days)
    assert abs(planned - sum(day.weekday() < days for day in every)) <= days


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_where_the_calendar_ends(day, months, then):
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("32520260000001", True),
        ("325.2026.0000001", True),
        ("325280", True),
        ("328280", False),
        ("32519990000001", False),
        ("3252026000001", False),
        ("３25280", False),
    ],
)
def test_decision_numbers(typed, is_one):
    assert is_decision_number(typed) is is_one


@given(st.sampled_from(["301", "325", "350"]), st.integers(2000, 2099), st.integers(1, 9_999_999))
def test_a_number_that_is_made_is_one(office, year, serial):
    assert is_decision_number(decision_number(office, year, serial))


@pytest.mark.parametrize("wrong", [("325", 2026, 0), ("325", 2026, 10_000_000), ("399", 2026, 1)])
def test_no_number_beyond_its_digits(wrong):
    with pytest.raises(ValueError, match=r"serial|office"):
        decision_number(*wrong)


def test_reports_are_due_at_mid_term_and_before_the_end():
    due = reports_due(START, START + 100 * DAY, interim_percent=50, final_days_before=14)
    assert [(one.kind, one.on) for one in due] == [
        ("interim", START + 50 * DAY),
        ("final", START + 86 * DAY),
    ]
    (only,) = reports_due(START, START + 5 * DAY, interim_percent=50, final_days_before=14)
    assert (only.kind, only.on) == ("final", START)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (START - DAY, "outside"),
        (START + 11 * DAY, "outside"),
        (START + 9 * DAY, "future"),
        (START + 3 * DAY, "rest"),
        (START + 5 * DAY, None),
        (START, None),
    ],
)
def test_a_day_is_of_the_mandate_past_and_not_of_rest(day, code):
    frame = Frame(START, START + 10 * DAY, rests=((START + 2 * DAY, START + 4 * DAY),))
    found = faults_of_days(frame, [day], START + 8 * DAY)
    assert [fault.code for fault in found] == ([code] if code else [])


def test_hours_of_a_month_and_a_week_have_their_ceilings():
    frame = Frame(START, START + 90 * DAY, Decimal(6), Decimal(4))
    assert not faults_of_hours(frame, {START: Decimal(4), START + 7 * DAY: Decimal(2)})
    (month,) = faults_of_hours(frame, {START: Decimal(4), START + 7 * DAY: Decimal("2.25")})
    assert (month.code, month.day, month.total) == ("month", START + 7 * DAY, Decimal("6.25"))
    (week,) = faults_of_hours(frame, {START: Decimal(3), START + DAY: Decimal(2)})
    assert (week.code, week.day) == ("week", START + DAY)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("09.11.2026;présent;2", None),
        ("2026-11-09;krank;", None),
        ("09.11.2026;anwesend;7,25", None),
        ("31.02.2026;présent;2", "day"),
        ("08.11.2026;présent;2", "outside"),
        ("09.11.2026;peut-être;2", "presence"),
        ("09.11.2026;présent;beaucoup", "hours"),
        ("09.11.2026;présent;NaN", "hours"),
        ("09.11.2026;présent;25", "hours"),
        ("09.11.2026;présent;-1", "hours"),
        ("09.11.2026;malade;3", "absent_hours"),
        ("09.11.2026", "columns"),
        ("09.11.2026;présent;2;x;y", "columns"),
    ],
)
def test_a_line_of_a_file_is_read_or_explained(line, fault):
    good, bad = read_csv(f"jour;présence;heures\n{line}\n".encode(), START, START + 30 * DAY)
    assert ([one.fault for one in bad], len(good)) == ([fault] if fault else [], int(fault is None))


def test_the_same_day_twice_and_too_many_lines():
    twice = "09.11.2026;présent;1\n" * 2
    assert [one.fault for one in read_csv(twice.encode("cp1252"), START, START)[1]] == ["twice"]
    _good, bad = read_csv(("x;y\n" * 500).encode(), START, START)
    assert bad[-1].fault == "too_many"
    assert len(bad) == 401


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_explained(data):
    read_csv(data.replace(b"\x00", b""), START, START + 30 * DAY)


@pytest.mark.parametrize(
    ("channel", "title", "better"),
    [
        ("documents", "Bilan de mai", "reports"),
        ("documents", "Facture 12", "invoices"),
        ("reports", "Bilan de mai", ""),
        ("contracts", "Offre de coaching", ""),
        ("contracts", "Schlussbericht", "reports"),
        ("documents", "Certificat médical", ""),
    ],
)
def test_the_wrong_way_in_is_hinted(channel, title, better):
    assert better_channel(channel, title) == better


@pytest.mark.parametrize("machine", [states.MEASURE, states.MANDATE, states.REPORT])
def test_every_state_that_follows_is_known(machine):
    assert {one for following in machine.allowed.values() for one in following} <= set(machine.allowed)
    assert machine.final_states()


def test_what_is_over_never_runs_again():
    for state in ("ended", "stopped", "refused", "withdrawn", "lapsed"):
        assert states.MEASURE.allowed[state] == ()
    assert not states.MEASURE.may("proposed", "running"), "nothing runs that was not validated"
