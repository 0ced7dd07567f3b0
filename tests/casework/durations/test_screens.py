"""The page of the durations and its exports."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.durations.models import Calculation
from accord.casework.durations.services import calculate_now
from accord.foundation.journal.models import Entry
from accord.network.institutions.enums import Kind, Role
from casework.durations.situations import SLUG, lasted, seat

pytestmark = pytest.mark.django_db
PAGE = f"/durees/{SLUG}/"


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def anne():
    anne = scenarios.colleague(None, Role.MANAGER, kind=Kind.EMPLOYMENT_OFFICE)
    seat(anne)
    return anne


def fill(who, count, days=10):
    for _ in range(count):
        lasted(who, days)
    calculate_now(SLUG)


def test_before_the_first_night_the_page_says_what_to_do(anne):
    text = anne.browser().get(PAGE).content.decode()
    assert "Pas encore de chiffres" in text
    assert "Recalculer" in text
    assert anne.browser().get(reverse("durations:csv", args=[SLUG])).status_code == 404


def test_the_page_shows_figures_with_their_pictures(anne):
    fill(anne, 8, days=12)
    response = anne.browser().get(PAGE)
    text = response.content.decode()
    assert response.context["tables"]["etapes"].rows[0][1:4] == [8, 12.0, 12.0]
    assert text.count("<svg") >= 2
    assert "<title id=" in text
    assert "Chiffres du" in text


def test_a_small_number_is_on_no_page_and_in_no_file(anne):
    fill(anne, 4, days=77)
    browser = anne.browser()
    for address in (PAGE, *(reverse(f"durations:{kind}", args=[SLUG]) for kind in ("csv", "excel"))):
        content = browser.get(address).content
        if address.endswith("excel/"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"".join(book.read(name) for name in book.namelist() if "sheet" in name)
        assert not any(trace in content for trace in (b"77,0", b"77 j", b";77", b"<v>77"))


def test_who_is_not_of_the_circle_finds_nothing(anne):
    stranger = scenarios.colleague(None, Role.MANAGER)
    for kind in ("show", "csv", "excel"):
        assert stranger.browser().get(reverse(f"durations:{kind}", args=[SLUG])).status_code == 404
    assert stranger.browser().post(reverse("durations:calculation", args=[SLUG])).status_code == 404


def test_a_caseworker_is_told_who_reads_them(anne):
    worker = scenarios.colleague(anne.institution)
    response = worker.browser().get(PAGE)
    assert response.status_code == 403
    assert "responsables" in response.content.decode()


def test_the_csv_opens_by_a_double_click(anne):
    fill(anne, 8)
    response = anne.browser().get(reverse("durations:csv", args=[SLUG]))
    content = response.content.decode()
    assert content.startswith("\ufeff")
    assert ";8;10,0;" in content
    assert Entry.objects.filter(verb="exported", subject_kind="durations").exists()


def test_the_workbook_has_numbers_as_numbers(anne):
    fill(anne, 8)
    response = anne.browser().get(reverse("durations:excel", args=[SLUG]))
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        second = book.read("xl/worksheets/sheet2.xml").decode()
    assert len(sheets) == 9
    assert "<v>8</v>" in second


def test_asking_twice_calculates_once(anne):
    browser = anne.browser()
    for _ in range(2):
        assert browser.post(reverse("durations:calculation", args=[SLUG])).status_code == 302
    assert Calculation.objects.count() == 1
    assert "Calcul en cours" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "query", ["?periode=2026", "?periode=1492", "?institution=x", "?region=%27", "?periode="]
)
def test_any_address_gives_a_page(anne, query):
    fill(anne, 8)
    assert anne.browser().get(PAGE + query).status_code == 200


def test_the_page_asks_the_same_with_few_and_many_cases(anne):
    browser = anne.browser()
    counts = []
    for more in (6, 30):
        fill(anne, more)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as caught:
            browser.get(PAGE)
        counts.append(len(caught.captured_queries))
    assert counts[0] == counts[1]
