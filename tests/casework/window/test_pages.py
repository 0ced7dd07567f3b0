"""What she sees: her own case, with her own eyes, in her words; and nothing else, at any address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case, CaseDocument, Note
from accord.casework.cases.services import read_case
from accord.casework.consents.models import Consent, Grant
from accord.casework.consents.policies import visible_to
from accord.casework.window.models import Letter, PersonRequest
from accord.casework.window.policies import letters_visible_to, requests_visible_to
from accord.casework.window.selectors import CHAPTERS, chapters_of
from accord.casework.window.services import SCHEMA
from accord.foundation.journal.models import Entry
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from furnishing.window import asked, letter_of, window_of
from scenarios import colleague, open_case

PAGES = [
    "today", "participants", "identity", "authorised", "documents", "readings", "requests", "more", "data",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers_and_is_kept_nowhere(window, browser, name):
    window.signed()
    response = browser.get(reverse(f"window:{name}"))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", PAGES)
def test_a_colleague_does_not_open_them(window, name):
    assert window.anne.browser().get(reverse(f"window:{name}")).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_signed_out_one_is_led_to_her_own_door(window, name):
    response = Client().get(reverse(f"window:{name}"))
    assert response.headers["Location"].startswith(reverse("window:sign-in"))


@pytest.mark.parametrize("model", [Consent, Grant, Letter, PersonRequest])
def test_both_walls_show_her_the_same(window, model):
    other = open_case(colleague(window.anne.institution))
    window.signed()
    asked(window.case)
    asked(other)
    letter_of(other, window.anne.institution)
    rule = {
        Consent: visible_to,
        Grant: lambda actor: Grant.objects.filter(consent__in=Consent.objects.filter(visible_to(actor))),
        Letter: letters_visible_to,
        PersonRequest: requests_visible_to,
    }[model](window.her)
    expected = set((rule if model is Grant else model.objects.filter(rule)).values_list("pk", flat=True))
    with acting_as(window.her):
        seen = set(model.objects.values_list("pk", flat=True))
    assert seen == expected and seen
    assert seen != set(model.objects.values_list("pk", flat=True)) or model in (Consent, Grant)


def test_only_what_was_written_for_her_is_hers(window, browser):
    document = {"case": window.case, "owner": window.anne.institution, "document": window.scan()}
    given = CaseDocument.objects.create(title="Pour elle", audience=Audience.PERSON, **document)
    kept = CaseDocument.objects.create(title="Entre nous", audience=Audience.CIRCLE, **document)
    Note.objects.create(
        case=window.case, owner=window.anne.institution, text="Avis", audience=Audience.CIRCLE
    )
    page = browser.get(reverse("window:documents")).content.decode()
    assert "Pour elle" in page and "Entre nous" not in page
    assert browser.get(reverse("window:document", args=[given.pk])).status_code == 200
    assert browser.get(reverse("window:document", args=[kept.pk])).status_code == 404
    everything = json.dumps(browser.get(reverse("window:data-json")).json(), ensure_ascii=False)
    assert "Pour elle" in everything and "Entre nous" not in everything and "Avis" not in everything


def test_who_read_what_when_and_why_in_her_words(window, browser):
    with acting_as(window.anne.actor):
        for _time in range(3):
            read_case(
                by=window.anne.actor.for_purpose("follow a case"),
                case=window.case,
                legal_basis="consent; LAI art. 68bis",
            )
    page = browser.get(reverse("window:readings")).content.decode()
    assert "Office AI, Anne Muller" in page
    assert page.count("Lecture\u202f: votre situation") == 1
    assert "suivre un dossier" in page and "vous l’avez autorisé" in page and "LAI art. 68bis" in page


def test_a_long_journal_is_read_page_by_page_at_the_same_cost(window, browser):
    url = reverse("window:readings")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    cost()
    few = cost()
    Entry.objects.bulk_create(
        Entry(verb="read", is_read=True, subject_kind="case", cases=[window.case.pk], user_name=str(place))
        for place in range(70)
    )
    assert cost() == few
    first = browser.get(url)
    assert "after=" in first.content.decode()
    further = browser.get(url, {"after": first.context["page"].after})
    assert not {row.pk for row in first.context["page"].rows} & {
        row.pk for row in further.context["page"].rows
    }


def test_others_cases_are_not_in_her_journal(window, browser):
    Entry.objects.create(verb="read", subject_kind="case", cases=[window.letter.pk], user_name="Inconnue")
    assert "Inconnue" not in browser.get(reverse("window:readings")).content.decode()


def test_her_data_follow_the_schema_and_hold_what_she_sees(window, browser):
    window.signed()
    data = browser.get(reverse("window:data-json")).json()
    assert follows(data, browser.get(reverse("window:schema")).json())
    assert [chapter["key"] for chapter in data["chapters"]] == list(CHAPTERS)
    assert "Claire Favre" in json.dumps(data, ensure_ascii=False)
    pdf = browser.get(reverse("window:data-pdf"))
    assert pdf.content.startswith(b"%PDF") and "Favre" not in pdf["Content-Disposition"]
    taken = Entry.objects.filter(verb="exported", subject_kind="own data", cases=[window.case.pk])
    assert taken.count() == 2


def follows(value: Any, schema: dict[str, Any]) -> bool:
    """As much of JSON Schema as ours uses."""
    kinds = {"object": dict, "array": list, "string": str, "null": type(None)}
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(isinstance(value, kinds[kind]) for kind in wanted):
        return False
    if value != schema.get("const", value) or value not in schema.get("enum", [value]):
        return False
    if isinstance(value, list):
        return all(follows(one, schema["items"]) for one in value)
    if isinstance(value, dict):
        known = schema["properties"]
        complete = set(schema["required"]) <= set(value) <= set(known)
        return complete and all(follows(one, known[key]) for key, one in value.items())
    return True


def test_the_schema_refuses_what_is_not_described():
    good = {"format": "accord-window-1", "number": "1", "language": "fr", "made_at": "x", "chapters": []}
    assert follows(good, SCHEMA)
    assert not follows(good | {"more": 1}, SCHEMA)
    assert not follows(good | {"language": "xx"}, SCHEMA)
    assert not follows(good | {"chapters": [{"key": "x"}]}, SCHEMA)


def test_language_and_size_stay_with_her(window, browser):
    browser.post(reverse("window:language"), {"language": "de", "next": reverse("window:today")})
    page = browser.get(reverse("window:today"))
    assert 'lang="de"' in page.content.decode() and page["Content-Language"] == "de"
    for _step in range(5):
        browser.post(reverse("window:size"), {"step": "+"})
    assert 'data-size="2"' in browser.get(reverse("window:today")).content.decode()
    assert browser.post(reverse("window:language"), {"language": "xx"}).status_code == 404


def test_a_represented_person_is_told_who_may_read(window, browser):
    person = window.case.person
    person.representative_kind, person.representative_name = "parent", "Paul Rey"
    person.save()
    assert "Paul Rey est son représentant légal" in browser.get(reverse("window:today")).content.decode()


def test_law_is_said_with_its_article(window, browser):
    from accord.casework.cases.enums import Category
    from scenarios import opened_to

    opened_to(window.case, window.employment, Category.WORK)
    page = browser.get(reverse("window:authorised")).content.decode()
    assert "Par la loi" in page and "LACI art. 85f al. 3" in page


def test_chapters_are_read_with_her_own_eyes(window):
    stranger = Actor(window_case_id=open_case(colleague(window.anne.institution)).pk)
    with acting_as(stranger), pytest.raises(Case.DoesNotExist):
        chapters_of(stranger, Case.objects.get(pk=window.case.pk))


def test_a_code_letter_opens_only_the_window(window):
    """Every address of the house, as the insured person: a page of hers, a public one, or the door."""
    from screens.test_every_address import EVERY

    client = window_of(window.letter)
    nil = "00000000-0000-7000-8000-000000000000"
    wrong = {}
    assert get_resolver() is not None
    for name, arguments, door in EVERY:
        if (name.startswith("window:") and door.entrance) or door.public or "GET" not in door.methods:
            continue
        values = {
            key: window.case.pk
            if key == "case_id"
            else "cii-geneve"
            if key == "slug"
            else "2026.2"
            if key == "version"
            else nil
            for key in arguments
        }
        try:
            status = client.get(reverse(name, kwargs=values)).status_code
        except Exception as error:  # noqa: BLE001
            status = repr(error)
        if status not in (302, 403, 404):
            wrong[name] = status
    assert not wrong
