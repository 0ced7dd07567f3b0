"""The frozen figures: exact, of those that one may see, without small numbers."""

from __future__ import annotations

import random
from datetime import timedelta
from statistics import median, quantiles

import pytest
from django.db import IntegrityError, transaction

import scenarios
from accord.casework.cases.models import StageEntry
from accord.casework.durations.enums import Measure
from accord.casework.durations.models import Calculation, Cell
from accord.casework.durations.rules import Stay, took
from accord.casework.durations.selectors import Scope, extent_of, figures_of
from accord.casework.durations.services import ask_for_calculation, calculate_now, calculate_part
from accord.kernel.clock import now
from accord.network.institutions.enums import Kind, Role
from casework.durations.situations import SLUG, lasted, seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def anne():
    anne = scenarios.colleague(None, Role.MANAGER, Role.CASEWORKER, kind=Kind.EMPLOYMENT_OFFICE)
    seat(anne)
    return anne


def whole(measure=Measure.STAGE, key="announcement", **place):
    place = {"institution": None, "period": "", "region": ""} | place
    return Cell.objects.get(measure=measure, key=key, **place)


def test_median_and_ninth_decile_are_exact(anne):
    lengths = [random.Random(7).randint(0, 200) for _ in range(20)]
    for days in lengths:
        lasted(anne, days)
    calculate_now(SLUG)
    cell = whole()
    assert cell.count == 20
    assert cell.median == median(lengths)
    assert cell.ninth_decile == pytest.approx(quantiles(lengths, n=10, method="inclusive")[8])
    assert cell.total_days == sum(lengths)


def test_the_database_counts_as_the_rules_do(anne):
    """Stays across the change to summer time, within a day, entered again, running: the same days in SQL."""
    dice = random.Random(11)
    for _ in range(12):
        lasted(anne, *(dice.choice([0, 1, 30, 240]) for _ in range(dice.randint(1, 3))))
    for _ in range(7):
        case = lasted(anne, dice.randint(0, 9))
        StageEntry.objects.create(
            case=case, stage="announcement", holder=anne.institution,
            entered_at=now() - timedelta(hours=dice.randint(0, 900)),
        )  # fmt: skip
    calculate_now(SLUG)
    stays: dict[object, list[Stay]] = {}
    for entry in StageEntry.objects.all():
        stays.setdefault(entry.case_id, []).append(Stay(entry.entered_at, entry.left_at))
    told = [took(of_case, at=now()) for of_case in stays.values()]
    ended, running = [d for d, is_over in told if is_over], [d for d, is_over in told if not is_over]
    assert (whole().count, whole().median) == (len(ended), median(ended))
    still = whole(Measure.RUNNING)
    assert (still.count, still.median) == (len(running), median(running))


def test_a_running_stage_is_in_no_duration(anne):
    for _ in range(6):
        lasted(anne, 10)
    for _ in range(6):
        scenarios.open_case(anne)
    calculate_now(SLUG)
    assert (whole().count, whole().median) == (6, 10)
    assert whole(Measure.RUNNING).count == 6


def test_a_case_in_preparation_is_not_counted(anne):
    for _ in range(6):
        scenarios.draft(anne)
    calculate_now(SLUG)
    assert not Cell.objects.exists()


def test_a_small_group_is_not_in_the_table_at_all(anne):
    for _ in range(4):
        lasted(anne, 10)
    calculate_now(SLUG)
    assert Cell.objects.filter(measure=Measure.STAGE).exists()
    assert not Cell.objects.filter(count__isnull=False).exists()
    assert not Cell.objects.filter(median__isnull=False).exists()
    assert all(cell.buckets == [] for cell in Cell.objects.all())


def test_a_small_institution_takes_another_with_it(anne):
    bruno, carla = (scenarios.colleague(kind=Kind.SOCIAL_AID) for _ in range(2))
    for who, count in ((anne, 20), (bruno, 9), (carla, 2)):
        for _ in range(count):
            lasted(who, 10)
    calculate_now(SLUG)
    hidden = {
        cell.institution_id: cell.is_hidden
        for cell in Cell.objects.filter(measure=Measure.STAGE, period="", institution__isnull=False)
    }
    assert hidden == {
        anne.institution.pk: False,
        bruno.institution.pk: True,
        carla.institution.pk: True,
    }
    assert whole().count == 31


def test_classes_with_few_cases_are_not_published(anne):
    for days in [3] * 9 + [20] * 8 + [400]:
        lasted(anne, days)
    calculate_now(SLUG)
    buckets = whole().buckets
    assert sum(number is None for number in buckets) >= 2
    assert buckets[-1] is None


def test_others_are_named_to_the_desk_alone(anne):
    desk = scenarios.colleague(None, Role.DESK, kind=Kind.AI_OFFICE)
    seat(desk, "desk")
    other = scenarios.colleague(kind=Kind.SOCIAL_AID)
    seat(other)
    for who in (anne, other):
        for _ in range(8):
            lasted(who, 10)
    latest = calculate_now(SLUG)
    assert named_to(anne, latest) == {anne.institution.pk}
    assert {anne.institution.pk, other.institution.pk} <= named_to(desk, latest)
    referent = scenarios.colleague(desk.institution, Role.REFERENT)
    assert other.institution.pk not in named_to(referent, latest)
    stranger = scenarios.colleague(None, Role.MANAGER)
    extent = extent_of(stranger.actor, latest)
    assert (extent.years, extent.houses) == ((), ())
    assert figures_of(stranger.actor, latest, extent, Scope()).cells == ()


def named_to(reader, latest):
    """Whose figures somebody reads by name; what one may choose and what is loaded must agree."""
    extent = extent_of(reader.actor, latest)
    cells = figures_of(reader.actor, latest, extent, Scope()).cells
    assert {cell.institution_id for cell in cells} - {None} == {house.pk for house in extent.houses}
    return {house.pk for house in extent.houses}


def test_only_what_the_scope_shows_is_loaded(anne):
    """The page of a quarter or of an institution does not ask for all the others."""
    for days in (3, 40, 400):
        for _ in range(6):
            lasted(anne, days)
    latest = calculate_now(SLUG)
    extent = extent_of(anne.actor, latest)
    [house] = extent.houses
    whole_circle = figures_of(anne.actor, latest, extent, Scope()).cells
    own = figures_of(anne.actor, latest, extent, Scope(institution=house)).cells
    assert {cell.period for cell in whole_circle if not cell.institution_id} >= {
        "",
        *extent.years,
        *extent.quarters,
    }
    assert not any(cell.period for cell in whole_circle if cell.institution_id)
    assert {cell.period for cell in own if cell.institution_id} == {"", *extent.years}
    assert {cell.period for cell in own if not cell.institution_id} == {""}
    assert len(own) < Cell.objects.count()


def test_calculations_run_one_at_a_time(anne):
    first = ask_for_calculation(by=anne.actor, programme_slug=SLUG)
    assert ask_for_calculation(by=anne.actor, programme_slug=SLUG) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Calculation.objects.create(programme=SLUG)


def test_a_part_done_twice_is_done_once_and_the_last_part_replaces_the_figures(anne):
    for _ in range(6):
        lasted(anne, 10)
    before = calculate_now(SLUG)
    after = ask_for_calculation(by=anne.actor, programme_slug=SLUG)
    for part in range(len(Measure)):
        more = calculate_part(calculation_id=after.pk, part=part)
        assert more is (part < len(Measure) - 1)
        assert not calculate_part(calculation_id=after.pk, part=part)
        assert Calculation.objects.filter(pk=before.pk).exists() is more
    assert set(Cell.objects.values_list("calculation_id", flat=True)) == {after.pk}
