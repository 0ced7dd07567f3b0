"""How long a request to the doctor takes: on the programme’s page, and in the files that it gives."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from accord.casework.durations.services import calculate_now
from accord.network.programmes.models import ProgrammeMember
from casework.medical.situations import PROGRAMME, Valais, finished
from scenarios import programmes

pytestmark = pytest.mark.django_db
PAGE = f"/durees/{PROGRAMME}/"
TITLE = "Avis du médecin, depuis deux ans"


@pytest.fixture
def office():
    programmes()
    office = Valais().office
    ProgrammeMember.objects.create(programme_slug=PROGRAMME, institution=office.institution, role="desk")
    return office


def filled(count: int) -> None:
    for _ in range(count):
        finished(Valais(), days=13)
    calculate_now(PROGRAMME)


def sheets(content: bytes) -> dict[str, str]:
    """The sheets of a workbook by name, with their words beside them."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = book.read("xl/workbook.xml").decode().split('<sheet name="')[1:]
        read = [book.read(f"xl/worksheets/sheet{place}.xml").decode() for place in range(1, len(names) + 1)]
    return dict(zip((name.partition('"')[0] for name in names), read, strict=True))


def test_each_step_has_its_median_in_a_picture_and_a_table(office):
    filled(5)
    response = office.browser().get(PAGE)
    ((table, picture),) = response.context["further"]
    assert [row[1:] for row in table.rows] == [(5, 13.0), (5, 5.0), (5, 1.0), (5, 19.0)]
    assert len(picture.shapes) == 4
    assert TITLE in response.content.decode()


def test_the_files_hold_what_the_page_shows(office):
    filled(5)
    browser = office.browser()
    text = browser.get(reverse("durations:csv", args=[PROGRAMME])).content.decode()
    assert f"{TITLE}\r\n" in text
    assert "De la demande à l’entretien;5;13,0\r\n" in text
    assert "De la demande au classement;5;19,0\r\n" in text
    book = sheets(browser.get(reverse("durations:excel", args=[PROGRAMME])).content)
    assert "<v>13</v>" in book["avis-medicaux"]


def test_of_few_requests_no_number_is_on_the_page_nor_in_a_file(office):
    filled(4)
    browser = office.browser()
    ((table, picture),) = browser.get(PAGE).context["further"]
    assert {value for row in table.rows for value in row[1:]} == {table.rows[0][1]}
    assert not picture.shapes
    text = browser.get(reverse("durations:csv", args=[PROGRAMME])).content.decode()
    section = text.partition(TITLE)[2]
    assert "13,0" not in section
    assert ";4;" not in section
    book = sheets(browser.get(reverse("durations:excel", args=[PROGRAMME])).content)
    assert "<v>" not in book["avis-medicaux"].replace('t="s"><v>', "")
