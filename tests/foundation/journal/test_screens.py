"""The data-protection officer reads the journal."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accord.foundation.journal.models import Entry
from accord.foundation.journal.services import record, record_read
from accord.kernel.clock import frozen_at
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Role
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db
LIST = reverse("journal:list")
EXPORT = reverse("journal:export")


@pytest.fixture
def here():
    return institution()


@pytest.fixture
def officer(here):
    return colleague(here, Role.DATA_PROTECTION)


def acts_on(day, by, **what):
    with frozen_at(datetime(2026, 11, day, 12, tzinfo=UTC)):
        return record(by=by.actor, **what)


def shown(response):
    return [entry for entry, *_words in response.context["lines"]]


@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_a_visitor_must_sign_in(address):
    response = Client().get(address)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_a_caseworker_is_told_why_not(address):
    response = colleague().browser().get(address)
    assert response.status_code == 403
    assert "délégués à la protection des données" in response.content.decode()


def test_the_officer_reads_her_own_institution_only(here, officer):
    ours = acts_on(3, colleague(here), verb="opened", subject_kind="case", subject_label="26-0001")
    acts_on(3, colleague(), verb="opened", subject_kind="case", subject_label="26-0002")
    response = officer.browser().get(LIST)
    assert shown(response) == [ours]
    assert "26-0001" in response.content.decode()


def test_that_she_reads_is_journalled_too(officer):
    officer.browser().get(LIST)
    entry = Entry.objects.get()
    assert (entry.user_id, entry.is_read, entry.subject_kind) == (officer.user.pk, True, "journal")


def test_the_filters_narrow(here, officer):
    anne, bruno = colleague(here, last_name="Aubert"), colleague(here, last_name="Blanc")
    case = new_id()
    first = acts_on(3, anne, verb="opened", subject_kind="case", subject_label="26-0001", cases=[case])
    second = acts_on(5, bruno, verb="wrote", subject_kind="note", subject_label="26-0001", cases=[case])
    third = acts_on(7, bruno, verb="read", is_read=True, subject_kind="person", cases=[case])
    browser = officer.browser()

    def found(**query):
        return shown(browser.get(LIST, query))

    assert found(since="05.11.2026", until="6/11/2026") == [second]
    assert found(person="aub") == [first]
    assert found(verb="opened") == found(verb="ouverture") == [first]
    assert found(case=str(case)) == [third, second, first]
    assert found(case="26-0001") == [third, second, first]
    assert found(case="26-9999") == []
    assert third in found(kind="reads")
    assert set(found(kind="writes")) == {first, second}


def test_a_filter_that_is_not_understood_says_so(officer):
    response = officer.browser().get(LIST, {"since": "demain", "until": "31.2.2026"})
    assert response.status_code == 200
    assert set(response.context["errors"]) == {"since", "until"}


def test_pages_lead_back_and_forth(here, officer):
    for _ in range(120):
        record_read(by=officer.actor, subject_kind="case")
    browser = officer.browser()
    first = browser.get(LIST).context["page"]
    second = browser.get(LIST, {"after": first.after}).context["page"]
    again = browser.get(LIST, {"before": second.before}).context["page"]
    assert len(first.rows) == len(second.rows) == 50
    assert not {entry.pk for entry in first.rows} & {entry.pk for entry in second.rows}
    assert first.rows == again.rows
    assert browser.get(LIST, {"after": "nonsense"}).status_code == 200


def test_the_export_is_a_harmless_table(here, officer):
    anne = colleague(here, last_name="=cmd|' /C calc'!A0")
    acts_on(3, anne, verb="opened", subject_kind="case", subject_label="=1+1")
    response = officer.browser().get(EXPORT, {"verb": "opened"})
    assert response.headers["Content-Disposition"].startswith('attachment; filename="journal-')
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert "'=1+1" in rows[1]
    assert not any(cell.startswith("=") for cell in rows[1])
    assert Entry.objects.filter(verb="exported", user_id=officer.user.pk).exists()


@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_the_journal_takes_no_post(officer, address):
    assert officer.browser().post(address).status_code == 405


def test_as_many_queries_with_one_entry_as_with_fifty(here, officer, django_assert_max_num_queries):
    browser = officer.browser()
    for _ in range(50):
        record_read(by=officer.actor, subject_kind="case")
    with django_assert_max_num_queries(12):
        browser.get(LIST)
