"""The screens of the announcement, as sender, desk, and everybody else meet them."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.cases.selectors.lines import lines_on_worklist
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Exchange, Referral
from accord.casework.referrals.selectors import referral_lines
from accord.casework.referrals.services import ask_back, decline_referral
from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from casework.referrals.situations import ANSWERS, Thread, as_, authorised, draft, sent

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>'; drop table referrals_referral; --"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000"
    "00030101 00c9fe92ef0000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture(autouse=True)
def _programmes(db):
    scenarios.programmes()


def at(name: str, thread: Thread) -> str:
    return reverse(f"referrals:{name}", args=[thread.referral.pk])


def form_of(thread: Thread, **changes: object) -> dict[str, object]:
    """The form as a browser would send it, complete unless told otherwise."""
    programme = thread.referral.case.programme
    data: dict[str, object] = {
        "subject": thread.complete["subject"],
        "reasons": thread.complete["reasons"],
        "questions": "",
        "desk": str(thread.desk.institution.pk),
        "version": thread.seen_by(thread.sender).version,
        "submission": uuid4().hex,
    }
    data |= {f"criterion_{key}": "on" for key in thread.complete["criteria"]}
    data |= {f"answer_{key}": value for key, value in ANSWERS[programme].items()}
    if programme == "cii-plus":
        data |= {"announcer_kind": "e", "insured_informed_on": "23.11.2025"}
    return {key: value for key, value in (data | changes).items() if value is not None}


SCREENS = ["show", "form"]
ACTS = ["sending", "acceptance", "refusal", "question", "answer", "withdrawal"]


@pytest.mark.parametrize("name", [*SCREENS, *ACTS])
def test_signed_out_one_is_led_to_the_entrance(name):
    thread, client = sent(), Client()
    answer = client.post(at(name, thread)) if name in ACTS else client.get(at(name, thread))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [*SCREENS, *ACTS])
def test_another_institution_finds_nothing(name):
    thread, client = sent(), scenarios.colleague().browser()
    answer = client.post(at(name, thread)) if name in ACTS else client.get(at(name, thread))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", [*SCREENS, *ACTS])
def test_without_a_role_on_cases_the_door_stays_closed(name):
    thread = sent()
    client = scenarios.colleague(thread.sender.institution, Role.ADMINISTRATOR).browser()
    answer = client.post(at(name, thread)) if name in ACTS else client.get(at(name, thread))
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["list", "start"])
def test_the_lists_are_for_those_who_work_on_cases(name):
    address = reverse(f"referrals:{name}")
    assert Client().get(address).status_code == 302
    assert scenarios.colleague(None, Role.DATA_PROTECTION).browser().get(address).status_code == 403
    assert scenarios.colleague().browser().get(address).status_code == 200


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_posts(name):
    thread = sent()
    assert thread.desk.browser().get(at(name, thread)).status_code == 405


# Beginning.


def test_from_the_person_to_the_form():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    person = scenarios.person(sender.institution)
    client = sender.browser()
    page = client.get(f"{reverse('referrals:start')}?person={person.pk}")
    assert "Claire Favre" in page.text
    answer = client.post(reverse("referrals:start"), {"programme": "cii-geneve", "person": str(person.pk)})
    with as_(sender):
        referral = Referral.objects.get()
    assert answer.url == reverse("referrals:form", args=[referral.pk])
    assert client.get(answer.url).status_code == 200


def test_a_programme_with_regions_asks_for_one_of_its_own():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    chosen = {"programme": "cii-valais", "person": str(scenarios.person(sender.institution).pk)}
    client = sender.browser()
    assert client.post(reverse("referrals:start"), chosen).status_code == 422
    assert client.post(reverse("referrals:start"), chosen | {"region": "lavaux"}).status_code == 422
    assert client.post(reverse("referrals:start"), chosen | {"region": "bas_valais"}).status_code == 302
    with as_(sender):
        assert Case.objects.get().region == "bas_valais"


def test_names_are_searched_without_standing_in_the_address():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.person(sender.institution, "Zufferey", "Marie")
    scenarios.person(scenarios.institution(), "Zufferey", "Paul")
    page = sender.browser().post(reverse("referrals:start"), {"text": "zufferey", "search": "1"})
    assert "Marie Zufferey" in page.text and "Paul" not in page.text


def test_a_person_of_another_institution_cannot_be_announced():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    stranger = scenarios.person(scenarios.institution())
    client = sender.browser()
    assert client.get(f"{reverse('referrals:start')}?person={stranger.pk}").status_code == 404
    assert client.get(f"{reverse('referrals:start')}?person=nobody").status_code == 404
    posted = {"programme": "cii-geneve", "person": str(stranger.pk)}
    assert client.post(reverse("referrals:start"), posted).status_code == 422


def test_a_running_case_of_the_person_is_named_before_a_second_one_begins():
    thread = draft()
    chosen = {"programme": "cii-geneve", "person": str(thread.referral.case.person_id)}
    client = thread.sender.browser()
    warned = client.post(reverse("referrals:start"), chosen)
    assert warned.status_code == 422 and thread.referral.case.number in warned.text
    assert client.post(reverse("referrals:start"), chosen | {"confirmed": "on"}).status_code == 302
    with as_(thread.sender):
        assert Referral.objects.count() == 2


def test_who_announces_nowhere_is_told_so():
    page = scenarios.colleague(kind=Kind.ASSOCIATION).browser().get(reverse("referrals:start"))
    assert page.status_code == 200 and "Aucun dispositif" in page.text


# The form.


def test_the_form_says_beside_each_field_to_which_kind_of_data_it_belongs():
    thread = draft()
    page = thread.sender.browser().get(at("form", thread)).text
    assert "Données : Situation sociale et familiale." in page
    assert "Sans emploi depuis l’été" in page


def test_a_draft_is_kept_incomplete():
    thread = draft(filled=False)
    answer = thread.sender.browser().post(at("form", thread), {"subject": "À peine commencé", "version": 1})
    assert answer.status_code == 302
    assert thread.seen_by(thread.sender).case.subject == "À peine commencé"


def test_the_page_keeps_the_draft_by_itself():
    thread = draft()
    client, page = thread.sender.browser(), uuid4().hex
    typed = form_of(thread, by_itself="1", submission=page, subject="Pendant la frappe")
    answer = client.post(at("form", thread), typed)
    assert "Brouillon enregistré à" in answer.text
    version = re.search(r'name="version" value="(\d+)" id="id_version" hx-swap-oob', answer.text)[1]
    assert int(version) == thread.seen_by(thread.sender).version
    again = client.post(at("form", thread), typed | {"version": version, "subject": "Encore"})
    assert "Brouillon enregistré à" in again.text
    assert thread.seen_by(thread.sender).case.subject == "Encore"


def test_what_cannot_be_kept_is_said_while_one_types():
    thread = draft()
    answer = thread.sender.browser().post(
        at("form", thread), form_of(thread, by_itself="1", answer_benefit_until="demain")
    )
    assert "à corriger" in answer.text and "Fin prévue des prestations" in answer.text


def test_sending_shows_what_is_missing_beside_each_field_and_keeps_what_was_typed():
    thread = authorised(draft(filled=False))
    typed = form_of(
        thread, answer_situation=None, criterion_potential=None, answer_person_wish="Travailler assise"
    )
    answer = thread.sender.browser().post(at("sending", thread), typed)
    assert answer.status_code == 422
    assert 'href="#id_answer_situation"' in answer.text and 'href="#id_criterion_potential"' in answer.text
    assert "Travailler assise" in answer.text
    seen = thread.seen_by(thread.sender)
    assert seen.state == ReferralState.DRAFT and seen.answers["person_wish"] == "Travailler assise"


def test_after_a_refused_sending_the_same_page_sends():
    thread, page = authorised(draft(filled=False)), uuid4().hex
    client = thread.sender.browser()
    version = thread.seen_by(thread.sender).version
    refused = client.post(at("sending", thread), form_of(thread, answer_situation=None, submission=page))
    carried = re.search(r'name="version" value="(\d+)"', refused.text)[1]
    assert int(carried) == version + 1
    again = client.post(at("sending", thread), form_of(thread, version=carried, submission=page))
    assert again.url == at("show", thread)
    assert thread.seen_by(thread.desk).state == ReferralState.SENT


def test_without_a_legal_way_the_page_leads_to_the_authorisation():
    thread = draft()
    answer = thread.sender.browser().post(at("sending", thread), form_of(thread))
    assert answer.status_code == 422
    assert reverse("consents:compose", args=[thread.referral.case_id]) in answer.text
    assert "faites d’abord signer" in answer.text


def test_early_detection_leaves_by_law():
    thread = draft("cii-plus")
    answer = thread.sender.browser().post(at("sending", thread), form_of(thread))
    assert answer.url == at("show", thread)
    page = thread.desk.browser().get(at("show", thread)).text
    assert "Vous voyez ceci par la loi : LAI art. 3b." in page


def test_early_detection_without_informing_the_person_does_not_leave():
    thread = draft("cii-plus")
    answer = thread.sender.browser().post(at("sending", thread), form_of(thread, insured_informed_on=""))
    assert answer.status_code == 422 and "LAI art. 3b al. 3" in answer.text
    assert thread.seen_by(thread.sender).state == ReferralState.DRAFT


def test_a_double_click_on_send_is_one_announcement():
    thread = authorised(draft())
    client, typed = thread.sender.browser(), form_of(thread)
    first, second = (client.post(at("sending", thread), typed) for _ in range(2))
    assert first.url == second.url == at("show", thread)
    with acting_as(WORKER):
        assert Entry.objects.filter(verb="announced", cases__contains=[thread.referral.case_id]).count() == 1


def test_two_people_saving_the_same_draft_see_both_versions():
    thread = draft()
    mine, theirs = thread.sender.browser(), scenarios.colleague(thread.sender.institution).browser()
    as_loaded = form_of(thread)
    theirs.post(
        at("form", thread),
        form_of(thread, subject="Version de la collègue", reasons=["benefits_end"], criterion_potential=None),
    )
    answer = mine.post(at("form", thread), as_loaded | {"subject": "Ma version", "answer_debts": "yes"})
    assert answer.status_code == 409
    assert "Version de la collègue" in answer.text and "Ma version" in answer.text
    assert thread.seen_by(thread.sender).case.subject == "Version de la collègue"
    chosen = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text)) | dict(
        re.findall(r'<textarea id="[^"]+" name="([^"]+)" rows="4">([^<]*)<', answer.text)
    )
    chosen |= {"reasons": "health_blocks_placement,benefits_end", "criterion_potential": "on"}
    saved = mine.post(at("form", thread), chosen | {"answer_debts": "yes"})
    assert saved.status_code == 302
    kept = thread.seen_by(thread.sender)
    assert kept.case.subject == "Ma version" and kept.criteria["potential"] is True
    assert kept.reasons == ["health_blocks_placement", "benefits_end"]
    assert kept.answers["debts"] == "yes" and kept.answers["situation"] == ANSWERS["cii-geneve"]["situation"]
    assert kept.desk_id == thread.desk.institution.pk


# Hostile and contradictory input.


def test_what_is_hostile_is_kept_as_text_and_shown_as_text():
    thread = authorised(draft())
    client = thread.sender.browser()
    client.post(at("form", thread), form_of(thread, subject=HOSTILE, answer_situation=HOSTILE))
    assert thread.seen_by(thread.sender).answers["situation"] == HOSTILE
    for name in ("form", "show"):
        page = client.get(at(name, thread)).text
        assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "x" * 201),
        ("answer_situation", "x" * 3001),
        ("questions", "x" * 5001),
        ("answer_benefit", "lottery"),
        ("answer_incapacity_percent", "101"),
        ("answer_incapacity_percent", "-1"),
        ("answer_incapacity_percent", "beaucoup"),
        ("answer_benefit_until", "31.02.2026"),
        ("answer_benefit_until", "../../etc/passwd"),
        ("reasons", ["<b>"]),
        ("desk", "1 or 1=1"),
        ("desk", "01a20a60-1144-7514-8344-044d933c18dd"),
        ("subject", "nul\x00"),
        ("version", "douze"),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_nothing_changes(field, value):
    thread = draft()
    before = thread.seen_by(thread.sender)
    answer = thread.sender.browser().post(at("form", thread), form_of(thread, **{field: value}))
    assert answer.status_code == 422 and "à corriger" in answer.text
    assert thread.seen_by(thread.sender).version == before.version


def test_an_insurer_does_not_announce_as_a_pension_fund():
    thread = draft("cii-plus")
    answer = thread.sender.browser().post(at("form", thread), form_of(thread, announcer_kind="h"))
    assert answer.status_code == 422


def test_documents_come_with_the_form_and_what_they_are_not_is_refused():
    thread = authorised(draft())
    client = thread.sender.browser()
    good = SimpleUploadedFile("cv.png", PNG, "image/png")
    assert client.post(at("form", thread), form_of(thread, document_cv=good)).status_code == 302
    with as_(thread.sender):
        filed = CaseDocument.objects.get()
        assert filed.category == Category.WORK
        assert thread.seen_by(thread.sender).documents == {"cv": [str(filed.pk)]}
    wrong = SimpleUploadedFile("cv.pdf", b"<html><script>alert(1)</script></html>", "application/pdf")
    answer = client.post(
        at("form", thread), form_of(thread, document_decisions=wrong, subject="Gardé tout de même")
    )
    assert answer.status_code == 422 and 'href="#id_document_decisions"' in answer.text
    assert thread.seen_by(thread.sender).case.subject == "Gardé tout de même"
    assert list(thread.seen_by(thread.sender).documents) == ["cv"]


# Reading.


def test_the_first_opening_by_the_desk_is_the_receipt_and_every_reading_is_journalled():
    thread = sent()
    thread.desk.browser().get(at("show", thread))
    assert thread.seen_by(thread.sender).received_at is not None
    thread.sender.browser().get(at("show", thread))
    with acting_as(WORKER):
        readers = set(
            Entry.objects.filter(
                is_read=True, subject_kind="referral", cases__contains=[thread.referral.case_id]
            ).values_list("institution_id", flat=True)
        )
    assert readers == {thread.desk.institution.pk, thread.sender.institution.pk}


def test_the_desk_reads_what_was_authorised_and_why_the_rest_is_hidden():
    thread = sent("cii-geneve", Category.IDENTITY, Category.PLAN)
    page = thread.desk.browser().get(at("show", thread)).text
    assert "Reprendre un travail assis." in page
    assert "Sans emploi depuis l’été" not in page and "Mal de dos, reconversion" not in page
    assert "n’a pas autorisé votre institution à voir « Formation et travail »" in page
    assert "Claire Favre" in page
    assert "Peut-elle rester assise" not in page
    own = thread.sender.browser().get(at("show", thread)).text
    assert "Sans emploi depuis l’été" in own and "Peut-elle rester assise" in own


def test_the_answer_to_a_question_is_hidden_with_the_rest():
    thread = sent("cii-geneve", Category.IDENTITY)
    with as_(thread.desk):
        asked = ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="Depuis quand ?")
    thread.sender.browser().post(
        at("answer", thread), {"exchange": str(asked.pk), "answer": "Depuis l’accident de mai."}
    )
    page = thread.desk.browser().get(at("show", thread)).text
    assert "Depuis quand ?" in page and "accident de mai" not in page


def test_a_case_is_accepted_at_the_desk():
    thread = sent()
    answer = thread.desk.browser().post(
        at("acceptance", thread), {"lead": str(thread.desk.institution.pk), "submission": uuid4().hex}
    )
    assert answer.url == at("show", thread)
    assert thread.seen_by(thread.sender).state == ReferralState.ACCEPTED
    assert "Annonce acceptée" in thread.sender.browser().get(at("show", thread)).text


def test_a_refusal_without_its_sentence_is_shown_again_with_what_was_typed():
    thread = sent()
    client = thread.desk.browser()
    answer = client.post(at("refusal", thread), {"reason": "other_way", "sentence": ""})
    assert answer.status_code == 422 and 'value="other_way"' in answer.text and "checked" in answer.text
    client.post(at("refusal", thread), {"reason": "other_way", "sentence": "Adressez-vous à l’ORP."})
    page = thread.sender.browser().get(at("show", thread)).text
    assert "Une autre voie est plus rapide." in page and "Adressez-vous à l’ORP." in page


def test_question_and_answer_on_the_screens():
    thread = sent()
    thread.desk.browser().post(at("question", thread), {"question": "Depuis quand ?"})
    client = thread.sender.browser()
    assert "Depuis quand ?" in client.get(at("show", thread)).text
    with as_(thread.sender):
        exchange = Exchange.objects.get()
    empty = client.post(at("answer", thread), {"exchange": str(exchange.pk), "answer": ""})
    assert empty.status_code == 422
    unknown = client.post(at("answer", thread), {"exchange": str(uuid4()), "answer": "Depuis mai."})
    assert unknown.status_code == 404
    client.post(at("answer", thread), {"exchange": str(exchange.pk), "answer": "Depuis mai."})
    assert "Depuis mai." in thread.desk.browser().get(at("show", thread)).text


def test_the_sender_takes_it_back_from_the_screen():
    thread = sent()
    thread.sender.browser().post(at("withdrawal", thread), {"reason": "Elle a trouvé un emploi."})
    assert "Elle a trouvé un emploi." in thread.desk.browser().get(at("show", thread)).text


@pytest.mark.parametrize("name", ["acceptance", "refusal", "question"])
def test_the_sender_does_not_answer_for_the_desk(name):
    thread = sent()
    typed = {
        "lead": str(thread.sender.institution.pk), "reason": "criteria", "sentence": "Non.", "question": "?",
    }  # fmt: skip
    assert thread.sender.browser().post(at(name, thread), typed).status_code == 422
    assert thread.seen_by(thread.sender).state == ReferralState.SENT


def test_what_left_is_read_and_no_longer_filled_in():
    thread = sent()
    client = thread.sender.browser()
    assert client.get(at("form", thread)).url == at("show", thread)
    assert client.post(at("form", thread), form_of(thread)).status_code == 403


def test_what_expired_is_offered_again():
    thread = sent("cii-plus")
    with acting_as(WORKER):
        Referral.objects.update(state=ReferralState.EXPIRED)
        Case.objects.update(state="expired")
    client = thread.sender.browser()
    assert at("form", thread) in client.get(at("show", thread)).text
    assert client.get(at("form", thread)).status_code == 200
    assert client.post(at("sending", thread), form_of(thread)).url == at("show", thread)
    assert thread.seen_by(thread.desk).state == ReferralState.SENT


# Lists.


def test_the_desk_finds_the_oldest_first_and_the_sender_what_waits():
    thread = sent()
    page = thread.desk.browser().get(reverse("referrals:list")).text
    assert "Claire Favre" in page and "Mal de dos, reconversion" in page
    client = thread.sender.browser()
    assert "Claire Favre" not in client.get(reverse("referrals:list")).text
    assert "Claire Favre" in client.get(f"{reverse('referrals:list')}?liste=en-attente").text


def test_in_the_list_too_what_is_not_disclosed_is_hidden():
    thread = sent("cii-geneve", Category.IDENTITY)
    with as_(thread.desk):
        decline_referral(
            by=thread.desk.actor, referral_id=thread.referral.pk, reason="criteria", sentence="Non."
        )
    with acting_as(WORKER):
        thread.referral.case.disclosures.exclude(basis="party").update(valid_until=now())
    page = thread.desk.browser().get(f"{reverse('referrals:list')}?liste=triees").text
    assert thread.referral.case.number in page
    assert "Claire Favre" not in page and "Mal de dos" not in page


def many(count: int) -> Thread:
    """One desk with so many announcements, one an hour."""
    first = sent()
    for hour in range(1, count):
        about = scenarios.person(first.sender.institution, f"Personne{hour:02d}")
        case = scenarios.draft(first.sender, about=about)
        scenarios.opened_to(case, first.desk.institution, Category.IDENTITY, Category.WORK)
        Referral.objects.create(
            case=case,
            sender=first.sender.institution,
            desk=first.desk.institution,
            state=ReferralState.SENT,
            sent_at=first.referral.sent_at + timedelta(hours=hour),
        )
    return first


def queries_of_the_list(thread: Thread, count_queries) -> int:
    client = thread.desk.browser()
    client.get(reverse("referrals:list"))
    with count_queries() as captured:
        assert client.get(reverse("referrals:list")).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_for_twenty_rows_as_for_one(django_assert_max_num_queries):
    def counting():
        return django_assert_max_num_queries(40)

    assert queries_of_the_list(many(1), counting) == queries_of_the_list(many(20), counting)


def test_the_list_goes_page_by_page_and_back():
    thread = many(30)
    client = thread.desk.browser()
    first = client.get(reverse("referrals:list")).text
    assert "Personne24" in first and "Personne25" not in first
    further = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(reverse("referrals:list") + further).text
    assert "Personne25" in second and "Personne24" not in second and "Personne29" in second
    back = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    assert "Personne24" in client.get(reverse("referrals:list") + back).text
    assert client.get(f"{reverse('referrals:list')}?after=rien&liste=inconnue").status_code == 200


def test_home_lists_what_announcements_want():
    thread = sent()
    with as_(thread.desk):
        (line,) = lines_on_worklist(thread.desk.actor, referral_lines, only_mine=False)
        assert (line.why, line.who, line.key) == ("triage", "Claire Favre", thread.referral.pk)
    with as_(thread.sender):
        (line,) = lines_on_worklist(thread.sender.actor, referral_lines, only_mine=False)
        assert (line.why, line.who) == ("waiting", "Claire Favre")


def test_the_case_page_shows_where_the_announcement_stands():
    thread = sent()
    page = thread.sender.browser().get(reverse("web:case", args=[thread.referral.case_id])).text
    assert at("show", thread) in page
