"""The picture of a case keeps its frame, its order and its words, whatever life brings."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.web.lanes import (
    MOST_TICKS,
    Crossing,
    Lane,
    Moment,
    Period,
    Story,
    draw,
    extent,
    gaps_in,
    lines_of,
    ticks_between,
)

TODAY = date(2026, 11, 22)
AI, OCE, HG = UUID(int=1), UUID(int=2), UUID(int=3)
LANES = (
    Lane(AI, "Office AI", "OCAI", is_lead=True),
    Lane(OCE, "Office de l’emploi", "OCE", is_ours=True),
    Lane(HG, "Hospice général", "HG"),
)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
owners = st.sampled_from([AI, OCE, HG])
words = st.text(max_size=80)


@st.composite
def periods(draw_one):
    since = draw_one(days)
    until = draw_one(st.none() | st.integers(0, 9000).map(lambda n: since + timedelta(days=n)))
    return Period(
        draw_one(owners), since, until, draw_one(st.sampled_from(["care", "part"])), draw_one(words)
    )


@st.composite
def stories(draw_one):
    began = draw_one(st.dates(date(2015, 1, 1), TODAY))
    lasted = st.integers(0, (TODAY - began).days).map(lambda n: began + timedelta(days=n))
    moments = st.builds(Moment, owners, days, st.sampled_from(["late", "open", "done", "dropped"]), words)
    crossings = st.builds(Crossing, days, st.sampled_from(["stage", "closed"]), words)
    return Story(
        lanes=LANES[: draw_one(st.integers(0, 3))],
        periods=tuple(draw_one(st.lists(periods(), max_size=8))),
        moments=tuple(draw_one(st.lists(moments, max_size=20))),
        crossings=tuple(draw_one(st.lists(crossings, max_size=10))),
        today=TODAY,
        began=began,
        ended=draw_one(st.none() | lasted),
        care_is_known=draw_one(st.booleans()),
    )


def story(**changes: object) -> Story:
    values = {
        "lanes": LANES,
        "periods": (),
        "moments": (),
        "crossings": (),
        "today": TODAY,
        "began": date(2026, 3, 1),
    }
    return Story(**(values | changes))


def inside(frame, at) -> bool:
    if "width" in at:
        ends = (at["x"] + at["width"], at["y"] + at["height"])
        return at["x"] >= 0 and at["y"] >= 0 and ends[0] <= frame.width and ends[1] <= frame.height
    points = [(at["x"], at["y"])] if "x" in at else [(at["x1"], at["y1"]), (at["x2"], at["y2"])]
    return all(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in points)


@given(stories(), st.booleans())
def test_nothing_leaves_the_frame(told, is_upright):
    picture = draw(told, is_upright=is_upright)
    shapes = [*picture.gaps, *picture.bars, *picture.crossings, *picture.dots]
    for shape in shapes:
        assert inside(picture.frame, shape.at), shape
    for tick in picture.ticks:
        assert inside(picture.frame, tick.at)
    assert inside(picture.frame, picture.future)
    assert inside(picture.frame, picture.today)


@given(stories(), st.booleans())
def test_lanes_stay_in_their_order_and_do_not_overlap(told, is_upright):
    picture = draw(told, is_upright=is_upright)
    assert [head.lane for head in picture.heads] == list(told.lanes)
    side, size = ("x", "width") if is_upright else ("y", "height")
    edges = [(head.at[side], head.at[side] + head.at[size]) for head in picture.heads]
    assert all(before[1] <= after[0] for before, after in pairwise(edges))


@given(stories())
def test_all_measures_are_whole_so_that_no_locale_writes_a_comma(told):
    picture = draw(told)
    for shape in [*picture.bars, *picture.dots, *picture.gaps, *picture.crossings]:
        assert all(type(value) is int for value in [*shape.at.values(), *shape.text_at.values()])


@given(stories())
def test_no_step_is_lost_in_a_cluster(told):
    drawn = sum(dot.count for dot in draw(told).dots)
    assert drawn == sum(moment.lane in {lane.key for lane in told.lanes} for moment in told.moments)


@given(stories())
def test_the_picture_always_holds_today_or_the_end_of_the_case(told):
    since, until = extent(told)
    assert since <= (told.ended or told.today) <= until
    assert until - since >= timedelta(days=60)


@given(days, st.integers(60, 20_000))
def test_ticks_are_few_and_in_order(since, length):
    until = since + timedelta(days=length)
    found = [day for day, _unit in ticks_between(since, until)]
    assert found == sorted(set(found))
    assert len(found) <= MOST_TICKS + 2
    assert all(since <= day <= until for day in found)


@pytest.mark.parametrize(
    ("length", "unit"), [(70, "week"), (300, "month"), (900, "quarter"), (1500, "quarter"), (4000, "year")]
)
def test_the_grain_of_time_follows_the_span(length, unit):
    until = date(2024, 1, 10) + timedelta(days=length)
    assert {found for _day, found in ticks_between(date(2024, 1, 10), until)} == {unit}


def test_a_stretch_without_any_file_is_a_gap():
    known = (
        Period(AI, date(2026, 1, 1), date(2026, 3, 31), "care", "AI"),
        Period(OCE, date(2026, 6, 1), None, "care", "OCE"),
        Period(HG, date(2026, 4, 10), date(2026, 4, 20), "part", "HG"),
    )
    assert gaps_in(known, date(2025, 1, 1), TODAY) == [(date(2026, 3, 31), date(2026, 6, 1))]


def test_care_that_ended_leaves_a_gap_until_today():
    known = (Period(AI, date(2026, 1, 1), date(2026, 3, 31), "care", "AI"),)
    assert gaps_in(known, date(2025, 1, 1), TODAY) == [(date(2026, 3, 31), TODAY)]


def test_overlapping_care_leaves_no_gap():
    known = (
        Period(AI, date(2026, 1, 1), date(2026, 12, 31), "care", "AI"),
        Period(OCE, date(2026, 2, 1), date(2026, 3, 1), "care", "OCE"),
    )
    assert gaps_in(known, date(2025, 1, 1), TODAY) == []


def test_no_gap_is_claimed_when_files_are_not_disclosed():
    known = (Period(AI, date(2026, 1, 1), date(2026, 3, 31), "care", "AI"),)
    assert draw(story(periods=known)).gaps
    assert not draw(story(periods=known, care_is_known=False)).gaps


def test_ten_years_of_benefits_do_not_squeeze_the_case():
    long_ago = Period(HG, date(2005, 1, 1), None, "care", "Depuis 2005")
    since, _until = extent(story(periods=(long_ago,)))
    assert since > date(2025, 1, 1)
    bar = draw(story(periods=(long_ago,))).bars[0]
    assert bar.at["x"] == draw(story()).frame.start


def test_steps_that_touch_become_one_mark_and_the_worst_state_shows():
    close = tuple(
        Moment(AI, date(2026, 6, 1) + timedelta(days=n), kind, kind, f"#{n}")
        for n, kind in enumerate(["done", "late", "open"])
    )
    (dot,) = draw(story(moments=close)).dots
    assert (dot.kind, dot.count, dot.text) == ("late", 3, "3")
    assert dot.title == "done ; late ; open"


def test_the_names_of_stages_do_not_run_into_each_other():
    crowded = tuple(
        Crossing(date(2026, 6, 1) + timedelta(days=n), "stage", f"Une étape au nom long {n}")
        for n in range(6)
    )
    written = [shape for shape in draw(story(crossings=crowded)).crossings if shape.text]
    assert 0 < len(written) < 6
    rows: dict[int, list[tuple[int, int]]] = {}
    for shape in written:
        rows.setdefault(shape.text_at["y"], []).append((shape.text_at["x"], len(shape.text) * 6))
    for spans in rows.values():
        assert all(x + long <= after for (x, long), (after, _l) in pairwise(spans))


def test_the_standing_picture_fits_a_phone():
    picture = draw(story(), is_upright=True)
    assert picture.frame.width <= 390
    assert picture.frame.height > picture.frame.width


def test_the_table_tells_the_same_in_order():
    told = story(
        periods=(Period(OCE, date(2026, 5, 1), None, "care", "Dossier OCE"),),
        moments=(Moment(AI, date(2026, 4, 1), "done", "Bilan"),),
        crossings=(Crossing(date(2026, 3, 1), "stage", "Annonce"),),
    )
    assert [(line.who, line.what) for line in lines_of(told)] == [
        ("", "Annonce"),
        ("Office AI", "Bilan"),
        ("Office de l’emploi", "Dossier OCE"),
    ]
