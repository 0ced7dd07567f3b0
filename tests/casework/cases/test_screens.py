"""The acts of a case through their screens: right role, wrong role, other institution, logged out."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

import scenarios
from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Case, CaseDocument, Note, Participant, Step
from accord.casework.cases.services import add_note, add_step
from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import InstitutionFile

pytestmark = pytest.mark.django_db

FORMS = ("steps", "notes", "documents", "referent", "file-opening", "file-closing")
LEAD_FORMS = ("participants", "lead", "closure")
ACTS = ("stages", "departure")


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path


@pytest.fixture
def case(anne):
    return scenarios.open_case(anne)


@pytest.fixture
def bruno(case):
    bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, bruno.institution, Category.IDENTITY, Category.PLAN)
    return bruno


def of(case, name):
    return reverse(f"cases:{name}", args=[case.pk])


def send(who, address, **data):
    return who.browser().post(address, data)


def step_of(anne, case, **words):
    with acting_as(anne.actor):
        values = {"title": "Appeler", "assignee_id": anne.institution.pk, "due_on": None} | words
        return add_step(by=anne.actor, case_id=case.pk, **values)


def note_of(anne, case, category=Category.PLAN):
    with acting_as(anne.actor):
        return add_note(
            by=anne.actor, case_id=case.pk, text="un", category=category, audience=Audience.CIRCLE
        )


@pytest.mark.parametrize("name", FORMS + LEAD_FORMS)
def test_forms_open_for_who_may(anne, case, name):
    assert anne.browser().get(of(case, name)).status_code == 200


@pytest.mark.parametrize("name", FORMS + LEAD_FORMS + ("reopening",))
def test_forms_in_other_situations(client, case, anne, name):
    address = of(case, name)
    assert client.get(address).status_code == 302
    assert scenarios.colleague(kind=Kind.SOCIAL_AID).browser().get(address).status_code == 404
    wrong_role = scenarios.colleague(anne.institution, Role.ADMINISTRATOR)
    assert wrong_role.browser().get(address).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_acts_in_other_situations(client, case, anne, name):
    address = of(case, name)
    assert client.post(address).status_code == 302
    assert send(scenarios.colleague(kind=Kind.SOCIAL_AID), address).status_code == 404
    assert send(scenarios.colleague(anne.institution, Role.DATA_PROTECTION), address).status_code == 403
    assert anne.browser().get(address).status_code == 405


@pytest.mark.parametrize("name", LEAD_FORMS)
def test_who_does_not_lead_reads_why_not(bruno, case, name):
    response = bruno.browser().get(of(case, name))
    assert response.status_code == 403
    assert "Seule l’institution qui conduit le dossier" in response.content.decode()


def test_a_step_is_added_and_leads_back_to_the_case(anne, case):
    response = send(
        anne, of(case, "steps"), title="Appeler", assignee=anne.institution.pk, due_on="22.12.2026"
    )
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("web:case", args=[case.pk]))
    step = Step.objects.get(case=case)
    assert (step.title, step.due_on) == ("Appeler", date(2026, 12, 22))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"due_on": "31.02.2026"}, "due_on"),
        ({"due_on": "demain"}, "due_on"),
        ({"assignee": str(uuid4())}, "assignee"),
        ({"assignee": "'; drop table cases_case; --"}, "assignee"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_a_wrong_step_is_sent_back_with_what_was_typed(anne, case, typed, field):
    data = {"title": "Appeler", "assignee": str(anne.institution.pk), "due_on": ""} | typed
    response = send(anne, of(case, "steps"), **data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["title"].value() == data["title"]
    assert not Step.objects.exists()


def test_a_step_for_who_may_not_read_it_is_refused_beside_the_field(anne, case):
    carla = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, carla.institution, Category.IDENTITY)
    response = send(anne, of(case, "steps"), title="Budget", assignee=carla.institution.pk)
    assert response.status_code == 422
    assert "n’est pas autorisée" in response.content.decode()


def test_a_form_sent_twice_has_one_effect(anne, case):
    browser, token = anne.browser(), str(uuid4())
    data = {"title": "Appeler", "assignee": anne.institution.pk, "submission": token}
    first = browser.post(of(case, "steps"), data)
    second = browser.post(of(case, "steps"), data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Step.objects.count() == 1


def test_a_step_changed_by_two_shows_both_versions(anne, case):
    step = step_of(anne, case)
    address = reverse("cases:step", args=[step.pk])
    data = {"assignee": anne.institution.pk, "due_on": "", "version": 1}
    assert send(anne, address, title="Écrire", **data).status_code == 302
    response = send(anne, address, title="Rencontrer", **data)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Écrire" in text
    assert "Rencontrer" in text
    assert send(anne, address, title="Rencontrer", **(data | {"version": 2})).status_code == 302
    assert Step.objects.get(pk=step.pk).title == "Rencontrer"


def test_a_note_changed_by_two_shows_both_versions(anne, case):
    note = note_of(anne, case)
    address = reverse("cases:note", args=[note.pk])
    assert send(anne, address, text="deux", version=1).status_code == 302
    response = send(anne, address, text="trois", version=1)
    assert response.status_code == 409
    text = response.content.decode()
    assert "deux" in text
    assert "trois" in text
    assert Note.objects.get(pk=note.pk).text == "deux"


def test_a_note_without_version_is_sent_back(anne, case):
    note = note_of(anne, case)
    response = send(anne, reverse("cases:note", args=[note.pk]), text="deux")
    assert response.status_code == 422
    assert Note.objects.get(pk=note.pk).text == "un"


def test_notes_and_steps_of_others(anne, bruno, case):
    hidden = note_of(anne, case, Category.MEDICAL)
    shown, step = note_of(anne, case), step_of(anne, case)
    browser = bruno.browser()
    assert browser.get(reverse("cases:note", args=[hidden.pk])).status_code == 404
    assert browser.get(reverse("cases:note", args=[shown.pk])).status_code == 403
    assert browser.get(reverse("cases:step", args=[step.pk])).status_code == 403
    assert browser.get(reverse("cases:step", args=[uuid4()])).status_code == 404
    refused = browser.post(reverse("cases:step-state", args=[step.pk]), {"state": "done"}, follow=True)
    assert "Cette démarche appartient à une autre institution" in refused.content.decode()
    assert Step.objects.get(pk=step.pk).state == "open"


def test_a_step_has_only_the_states_that_there_are(anne, case):
    step = step_of(anne, case)
    assert send(anne, reverse("cases:step-state", args=[step.pk]), state="<b>").status_code == 404


def test_a_stale_click_is_explained(anne, case):
    step = step_of(anne, case)
    browser, address = anne.browser(), reverse("cases:step-state", args=[step.pk])
    browser.post(address, {"state": "done"})
    again = browser.post(address, {"state": "dropped"}, follow=True)
    assert "a changé entre-temps" in again.content.decode()


def test_a_case_is_closed_and_reopened(anne, case):
    programme = programme_for(case.programme, case.programme_version)
    needing = next((o for o in programme.outcomes if o.needs_note), None)
    if needing:
        assert send(anne, of(case, "closure"), outcome=needing.key, note=" ").status_code == 422
    outcome = next(o for o in programme.outcomes if not o.needs_note)
    assert send(anne, of(case, "closure"), outcome=outcome.key).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "closed"
    assert anne.browser().get(of(case, "steps")).status_code == 403
    assert send(anne, of(case, "reopening"), reason="").status_code == 422
    assert send(anne, of(case, "reopening"), reason="Rechute").status_code == 302
    assert Case.objects.get(pk=case.pk).state == "open"


def test_a_gate_that_does_not_hold_says_why_on_the_case(anne, case):
    programme = programme_for(case.programme, case.programme_version)
    guarded = next(stage for stage in programme.stages if "consent.active" in stage.gates)
    response = anne.browser().post(of(case, "stages"), {"stage": guarded.key}, follow=True)
    assert "autorisation" in response.content.decode()
    assert Case.objects.get(pk=case.pk).stage == case.stage


def test_the_lead_is_handed_over(anne, bruno, case):
    assert send(anne, of(case, "lead"), institution=bruno.institution.pk).status_code == 302
    assert Case.objects.get(pk=case.pk).lead_id == bruno.institution.pk


def test_only_who_something_is_disclosed_to_can_be_chosen(anne, case):
    stranger = scenarios.institution(Kind.SOCIAL_AID)
    allowed = scenarios.institution(Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, allowed, takes_part=False)
    form = anne.browser().get(of(case, "participants")).context["form"]
    assert [key for key, _name in form.fields["institution"].choices if key] == [str(allowed.pk)]
    assert send(anne, of(case, "participants"), institution=stranger.pk).status_code == 422
    assert send(anne, of(case, "participants"), institution=allowed.pk).status_code == 302
    assert Participant.objects.filter(case=case, institution=allowed).exists()


def test_an_institution_leaves(bruno, case):
    assert send(bruno, of(case, "departure")).status_code == 302
    assert Participant.objects.get(institution=bruno.institution).left_at is not None


def test_a_file_is_announced_open_and_closed(anne, case):
    send(anne, of(case, "file-opening"), number="AI-7", opened_on="01.03.2026")
    send(anne, of(case, "file-closing"), closed_on="01.09.2026", reason="Décision")
    found = InstitutionFile.objects.get(institution=anne.institution)
    assert (found.number, found.opened_on, found.closed_on) == ("AI-7", date(2026, 3, 1), date(2026, 9, 1))


def test_a_file_that_was_never_opened_cannot_be_closed(anne, case):
    response = send(anne, of(case, "file-closing"), closed_on=f"{today():%d.%m.%Y}")
    assert response.status_code == 422
    assert "n’a pas de dossier ouvert" in response.content.decode()


def picture(name="certificat.png"):
    drawn = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def file_picture(who, case, category=Category.PLAN, audience="circle"):
    response = send(
        who,
        of(case, "documents"),
        file=picture(),
        title="Certificat",
        category=int(category),
        audience=audience,
    )
    assert response.status_code == 302, response.context["form"].errors
    return CaseDocument.objects.get(case=case)


def test_a_document_is_filed_and_read_and_each_reading_journalled(anne, bruno, case):
    filed = file_picture(anne, case)
    page, image = (
        reverse("cases:document", args=[filed.pk]),
        reverse("cases:document_preview", args=[filed.pk]),
    )
    browser = bruno.browser()
    assert "Certificat" in browser.get(page).content.decode()
    assert browser.get(image, {"page": "1"}).headers["Content-Type"] == "image/png"
    saved = browser.get(page, {"fichier": "1"})
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "certificat" not in saved.headers["Content-Disposition"].lower()
    readings = Entry.objects.filter(is_read=True, subject_kind="document", subject_id=filed.document_id)
    assert readings.count() == 3
    assert {entry.user_id for entry in readings} == {bruno.user.pk}


def test_a_document_of_a_hidden_kind_does_not_exist(anne, bruno, case):
    filed = file_picture(anne, case, Category.MEDICAL)
    for name in ("document", "document_preview"):
        assert bruno.browser().get(reverse(f"cases:{name}", args=[filed.pk])).status_code == 404
    assert not Entry.objects.filter(is_read=True, subject_kind="document").exists()


def test_a_document_for_ones_own_house_stays_there(anne, bruno, case):
    filed = file_picture(anne, case, audience="own")
    assert bruno.browser().get(reverse("cases:document", args=[filed.pk])).status_code == 404
    assert anne.browser().get(reverse("cases:document", args=[filed.pk])).status_code == 200


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1e9", "999999999999"])
def test_there_is_no_such_page(anne, case, page):
    filed = file_picture(anne, case)
    response = anne.browser().get(reverse("cases:document_preview", args=[filed.pk]), {"page": page})
    assert response.status_code == 404


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("virus.exe", b"MZ\x90\x00", "application/pdf"),
        SimpleUploadedFile("faux.pdf", b"<html><script>x</script>", "application/pdf"),
        SimpleUploadedFile("vide.pdf", b"", "application/pdf"),
    ],
)
def test_what_is_no_document_is_refused_beside_the_field(anne, case, file):
    response = send(
        anne, of(case, "documents"), file=file, title="X", category=int(Category.PLAN), audience="circle"
    )
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert not CaseDocument.objects.exists()


def test_the_list_shows_what_one_may_know(anne, bruno, case):
    other = scenarios.open_case(scenarios.colleague(kind=Kind.AI_OFFICE))
    text = bruno.browser().get(reverse("cases:list")).content.decode()
    assert case.number in text
    assert other.number not in text
    entry = Entry.objects.get(is_read=True, subject_kind="case list")
    assert entry.cases == [case.pk]


def listed(who, **query):
    rows = who.browser().get(reverse("cases:list"), query).context["rows"]
    return {row["row"].number for row in rows}


def test_the_filters_are_kept_in_the_address(anne, case):
    draft, overdue = scenarios.draft(anne), scenarios.open_case(anne)
    Case.objects.filter(pk=overdue.pk).update(stage_due_on=scenarios.in_days(-1))
    led_elsewhere = scenarios.open_case(scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE))
    scenarios.opened_to(led_elsewhere, anne.institution, Category.PLAN)
    everything = {case.number, draft.number, overdue.number, led_elsewhere.number}
    assert listed(anne) == everything
    assert listed(anne, etat="open") == everything - {draft.number}
    assert listed(anne, etat="draft") == {draft.number}
    assert listed(anne, etat="closed") == set()
    assert listed(anne, delai="retard") == {overdue.number}
    assert listed(anne, qui="nous") == everything - {led_elsewhere.number}
    assert listed(anne, qui="moi") == everything - {led_elsewhere.number}
    assert listed(anne, dispositif="cii-valais") == set()
    assert listed(anne, dispositif="cii-geneve", etape=case.stage) == everything


@pytest.mark.parametrize("query", [{"etat": "<b>"}, {"after": "zzz"}, {"before": "é"}, {"etape": "' or 1=1"}])
def test_a_strange_address_shows_the_plain_list(anne, case, query):
    assert listed(anne, **query) == {case.number}


def test_pages_lead_forth_and_back(anne):
    numbers = {scenarios.open_case(anne).number for _ in range(27)}
    browser, address = anne.browser(), reverse("cases:list")
    first = browser.get(address)
    page = first.context["page"]
    assert (len(page.rows), page.before) == (25, "")
    second = browser.get(address, {"after": page.after}).context["page"]
    assert (len(second.rows), second.after) == (2, "")
    assert {row.number for row in [*page.rows, *second.rows]} == numbers
    back = browser.get(address, {"before": second.before}).context["page"]
    assert [row.id for row in back.rows] == [row.id for row in page.rows]


def test_an_empty_list_says_what_would_fill_it(anne):
    browser = anne.browser()
    assert "Aucun dossier pour l’instant" in browser.get(reverse("cases:list")).content.decode()
    filtered = browser.get(reverse("cases:list"), {"etat": "closed"}).content.decode()
    assert "Aucun dossier ne répond à ces critères" in filtered
