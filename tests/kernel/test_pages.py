"""Pages of a long list: every row stands on one page, and on one only, forwards and backwards."""

from __future__ import annotations

import pytest

from accord.kernel.pages import page_of
from accord.people.persons.models import InstitutionFile
from scenarios import in_days, institution, person

pytestmark = pytest.mark.django_db
SIZE = 4


@pytest.fixture
def files():
    """Eleven files opened on three days, so that a page ends in the middle of a day."""
    house = institution("ai_office")
    about = person(house)
    for place in range(11):
        InstitutionFile.objects.create(
            person=about,
            institution=house,
            number=str(place),
            opened_on=in_days(-(place % 3)),
            closed_on=in_days(0),
        )
    return InstitutionFile.objects.all()


def walked(query, **order):
    """The pages one after another, and from the last one back to the first."""
    pages = [page_of(query, size=SIZE, **order)]
    while pages[-1].after:
        pages.append(page_of(query, size=SIZE, after=pages[-1].after, **order))
    back = [pages[-1]]
    while back[-1].before:
        back.append(page_of(query, size=SIZE, before=back[-1].before, **order))
    return [page.rows for page in pages], [page.rows for page in reversed(back)]


@pytest.mark.parametrize("oldest_first", [True, False])
def test_a_list_by_day_is_read_to_its_end_and_back(files, oldest_first):
    forwards, backwards = walked(files, instant="opened_on", oldest_first=oldest_first)
    read = [row for rows in forwards for row in rows]
    wanted = sorted(files, key=lambda row: (row.opened_on, row.pk), reverse=not oldest_first)
    assert read == wanted and len(forwards) == 3
    assert sorted(row.pk for rows in backwards for row in rows) == sorted(row.pk for row in wanted)


@pytest.mark.parametrize("mark", ["nonsense", "MjAyNi0xMy00MCBub25l", "2026-11-26"])
def test_a_mark_that_is_none_of_ours_begins_at_the_top(files, mark):
    assert (
        page_of(files, instant="opened_on", size=SIZE, after=mark).rows
        == page_of(files, instant="opened_on", size=SIZE).rows
    )
