"""The screens of the authorisation: who may come in, what they show, and what they do with wrong input."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Disclosure
from accord.casework.consents.models import Consent
from accord.foundation.documents.models import Document
from accord.foundation.journal.models import Entry
from accord.network.institutions.enums import Kind, Role
from casework.consents.situations import IDENTITY, STROKES, WORK, pdf
from scenarios import colleague, in_days, opened_to

HOSTILE = "\"><script>alert(1)</script>'; drop table consents_consent; --"


def cell(one: object, category: str) -> str:
    return f"{one.pk}:{category}"


def day(days: int) -> str:
    return f"{in_days(days):%d.%m.%Y}"


@pytest.fixture
def answers(geneva):
    """A form as the caseworker would fill it."""
    return {
        "language": "fr",
        "purpose": "common_plan",
        "exchanges": "several",
        "valid_from": day(0),
        "valid_until": day(300),
        "grants": [cell(geneva.social, "identity"), cell(geneva.employment, "work")],
    }


@pytest.fixture
def compose(geneva):
    """Send the form as the caseworker, or as somebody else."""

    def send(by=None, **data: object):
        url = reverse("consents:compose", args=[geneva.case.pk])
        return (by or geneva.anne).browser().post(url, data)

    return send


def case_screens(case) -> list[str]:
    return [reverse(f"consents:{name}", args=[case.pk]) for name in ("compose", "by_law")]


def consent_screens(consent, *names: str) -> list[str]:
    names = names or ("show", "form_pdf", "sign_paper", "sign_screen", "narrow", "revoke")
    return [reverse(f"consents:{name}", args=[consent.pk]) for name in names]


class TestFourSituations:
    def test_logged_out_one_is_led_to_the_entrance(self, geneva, client):
        for url in case_screens(geneva.case) + consent_screens(geneva.prepared()):
            answer = client.get(url)
            assert answer.status_code == 302, url
            assert reverse("account_login") in answer.headers["Location"]

    def test_elsewhere_there_is_nothing(self, geneva):
        stranger = colleague(kind=Kind.SOCIAL_AID).browser()
        consent = geneva.signed()
        for url in case_screens(geneva.case) + consent_screens(consent):
            assert stranger.get(url).status_code == 404, url
            assert stranger.post(url).status_code in (404, 405), url
        for name, key in (("show", uuid4()), ("compose", uuid4())):
            assert stranger.get(reverse(f"consents:{name}", args=[key])).status_code == 404

    def test_another_role_is_refused_with_a_sentence(self, geneva):
        guardian = colleague(geneva.anne.institution, Role.DATA_PROTECTION).browser()
        for url in case_screens(geneva.case) + consent_screens(geneva.prepared()):
            answer = guardian.get(url)
            assert answer.status_code == 403, url
            assert "Votre rôle ne donne pas accès" in answer.content.decode()

    def test_who_knows_of_the_case_reads_but_does_not_sign_for_another(self, geneva):
        opened_to(geneva.case, geneva.social)
        prepared = geneva.prepared()
        other = geneva.sami.browser()
        assert other.get(consent_screens(prepared, "show")[0]).status_code == 200
        for url in consent_screens(prepared, "sign_paper", "sign_screen"):
            assert other.get(url).status_code == 403

    def test_the_right_people_come_in(self, geneva):
        browser = geneva.anne.browser()
        prepared = geneva.prepared()
        for url in case_screens(geneva.case) + consent_screens(
            prepared, "show", "form_pdf", "sign_paper", "sign_screen"
        ):
            assert browser.get(url).status_code == 200, url
        signed = geneva.signed()
        for url in consent_screens(signed, "show", "form_pdf", "narrow", "revoke"):
            assert browser.get(url).status_code == 200, url

    def test_reading_is_journalled_with_its_purpose(self, geneva):
        consent = geneva.prepared()
        geneva.anne.browser().get(consent_screens(consent, "show")[0])
        entry = Entry.objects.get(is_read=True, subject_kind="consent")
        assert entry.cases == [geneva.case.pk]
        assert entry.purpose == "look at an authorisation"


class TestComposing:
    def test_a_filled_form_becomes_a_form_to_sign(self, geneva, compose, answers):
        answer = compose(**answers)
        consent = Consent.objects.get()
        assert answer.headers["Location"] == reverse("consents:show", args=[consent.pk])
        assert consent.purpose.startswith("établir une vue commune")
        assert {grant.recipient_id: grant.categories for grant in consent.grants.all()} == {
            geneva.social.pk: IDENTITY,
            geneva.employment.pk: WORK,
        }

    def test_nothing_is_ticked_beforehand(self, geneva):
        page = geneva.anne.browser().get(case_screens(geneva.case)[0]).content.decode()
        assert 'name="grants"' in page
        assert " checked" not in page.split("consent-grid")[1].split("</table>")[0]

    def test_what_is_open_by_law_is_no_checkbox(self, geneva):
        opened_to(geneva.case, geneva.social, Category.IDENTITY)
        page = geneva.anne.browser().get(case_screens(geneva.case)[0]).content.decode()
        assert cell(geneva.social, "identity") not in page
        assert cell(geneva.social, "work") in page
        assert "LACI art. 85f al. 3" in page

    def test_a_renewal_begins_with_what_is_in_force(self, geneva):
        geneva.signed()
        page = geneva.anne.browser().get(case_screens(geneva.case)[0]).content.decode()
        assert page.count(" checked>") + page.count(" checked ") >= 3
        assert "un plan commun" in page

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"grants": []}, "Cochez au moins une sorte de données"),
            ({"grants": ["nonsense"]}, "ne fait pas partie de ce tableau"),
            ({"purpose": "own", "own_purpose": ""}, "Dites en une phrase courte"),
            ({"purpose": "own", "own_purpose": "x" * 201}, "200"),
            ({"purpose": "nonsense"}, "Sélectionnez un choix valide"),
            ({"valid_until": "demain"}, "Écrivez la date ainsi"),
            ({"valid_until": "31.12.9999"}, "Au plus 24 mois"),
            ({"valid_until": "01.01.2001", "valid_from": "01.01.2000"}, "déjà passée"),
            ({"valid_until": ""}, "obligatoire"),
            ({"language": "../../etc/passwd"}, "Sélectionnez un choix valide"),
            ({"exchanges": ""}, "obligatoire"),
        ],
    )
    def test_wrong_input_is_said_beside_its_field_and_kept(self, geneva, compose, answers, wrong, sentence):
        answer = compose(**answers | {"own_purpose": "Mes mots"} | wrong)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert "error-summary" in page
        assert not Consent.objects.exists()
        if "grants" not in wrong:
            ticked = page.split(cell(geneva.social, "identity"))[1].split(">")[0]
            assert " checked" in ticked

    def test_hostile_words_stay_words(self, geneva, compose, answers):
        compose(**answers | {"purpose": "own", "own_purpose": HOSTILE})
        consent = Consent.objects.get()
        assert consent.purpose == HOSTILE
        page = geneva.anne.browser().get(consent_screens(consent, "show")[0]).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert geneva.anne.browser().get(consent_screens(consent, "form_pdf")[0]).status_code == 200

    def test_a_cell_of_a_foreign_institution_is_refused(self, geneva, compose, answers):
        employer = colleague(kind=Kind.EMPLOYER).institution
        answer = compose(**answers | {"grants": [cell(employer, "identity")]})
        assert answer.status_code == 422

    def test_sent_twice_it_is_one(self, geneva, compose, answers):
        token = str(uuid4())
        first = compose(**answers, submission=token)
        second = compose(**answers, submission=token)
        assert Consent.objects.count() == 1
        assert first.headers["Location"] == second.headers["Location"]

    def test_without_script_the_sentence_is_written_anew_and_nothing_kept(self, geneva, compose, answers):
        page = compose(**answers, reread="1").content.decode()
        assert "Hospice peut voir : identité et contact." in page
        assert not Consent.objects.exists()


class TestTheSentence:
    def sentence(self, geneva, **data: object) -> str:
        url = reverse("consents:sentence", args=[geneva.case.pk])
        answer = geneva.anne.browser().post(url, data, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    def test_it_follows_the_grid(self, geneva, answers):
        words = self.sentence(geneva, **answers)
        assert "Claire Favre, vous autorisez" in words
        assert "Hospice peut voir : identité et contact." in words
        assert "Office de l’emploi peut voir : formation et travail." in words
        assert f"du {day(0)} au {day(300)}, pour plusieurs échanges" in words
        assert "ne montre à personne" in words
        assert "détails médicaux" in words
        assert not Consent.objects.exists()

    def test_it_names_the_people_behind_the_institution(self, geneva, answers):
        words = self.sentence(geneva, **answers | {"grants": [cell(geneva.anne.institution, "plan")]})
        assert "Office AI (Anne Muller) peut voir : plan et mesures." in words

    def test_it_is_in_the_persons_language(self, geneva, answers):
        words = self.sentence(geneva, **answers | {"language": "de"})
        assert 'lang="de"' in words
        assert "Personalien und Kontakt" in words
        assert "eine gemeinsame Sicht" in words

    def test_half_a_form_has_half_a_sentence(self, geneva):
        assert "cochez d’abord le tableau" in self.sentence(geneva)
        assert "cochez d’abord le tableau" in self.sentence(geneva, grants="x", valid_from="x")


class TestSigning:
    def paper(self, geneva, consent, **changes: object):
        data = {
            "signed_on": day(0),
            "signatory": "person",
            "scan": SimpleUploadedFile("feuille.pdf", pdf(), "application/pdf"),
        } | changes
        url = consent_screens(consent, "sign_paper")[0]
        return geneva.anne.browser().post(url, {k: v for k, v in data.items() if v is not None})

    def test_the_scanned_sheet_opens_what_it_says(self, geneva):
        consent = geneva.prepared()
        assert self.paper(geneva, consent).status_code == 302
        consent.refresh_from_db()
        assert (consent.state, consent.channel) == ("active", "paper")
        page = geneva.anne.browser().get(consent_screens(consent, "show")[0]).content.decode()
        assert reverse("consents:evidence", args=[consent.pk]) in page
        evidence = geneva.anne.browser().get(reverse("consents:evidence", args=[consent.pk]))
        assert evidence.status_code == 200
        assert "Favre" not in evidence.headers["Content-Disposition"]
        opened_to(geneva.case, geneva.social)
        assert geneva.sami.browser().get(reverse("consents:evidence", args=[consent.pk])).status_code == 404

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"scan": None}, "obligatoire"),
            ({"scan": SimpleUploadedFile("f.pdf", b"", "application/pdf")}, "vide"),
            ({"scan": SimpleUploadedFile("f.pdf", b"MZ\x90\x00 an executable", "application/pdf")}, "type"),
            ({"scan": SimpleUploadedFile("../../f.png", pdf(), "image/png")}, "contenu"),
            ({"signed_on": day(1)}, "futur"),
            ({"signed_on": ""}, "obligatoire"),
            ({"signatory": "nobody"}, "choix valide"),
        ],
    )
    def test_a_wrong_sheet_is_refused_and_not_kept(self, geneva, changes, sentence):
        consent = geneva.prepared()
        answer = self.paper(geneva, consent, **changes)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        consent.refresh_from_db()
        assert consent.state == "draft"
        assert not Document.objects.exists()

    def test_drawn_on_the_screen(self, geneva):
        consent = geneva.prepared()
        url = consent_screens(consent, "sign_screen")[0]
        data = {"signatory": "person", "strokes": json.dumps(STROKES), "submission": str(uuid4())}
        browser = geneva.anne.browser()
        assert browser.post(url, data).status_code == 302
        assert browser.post(url, data).status_code == 302
        assert Disclosure.objects.filter(consent_id=consent.pk).count() == 2
        page = browser.get(consent_screens(consent, "show")[0]).content.decode()
        assert "<path d=" in page

    @pytest.mark.parametrize(
        "strokes", ["", "[]", "{", "[" * 100_000, '[[["<svg onload=x>",1,2]]]', "1" * 1_000_001, "NaN"]
    )
    def test_what_is_no_signature_is_refused(self, geneva, strokes):
        consent = geneva.prepared()
        url = consent_screens(consent, "sign_screen")[0]
        answer = geneva.anne.browser().post(url, {"signatory": "person", "strokes": strokes})
        assert answer.status_code == 422
        consent.refresh_from_db()
        assert consent.state == "draft"

    def test_paper_is_offered_to_who_cannot_draw(self, geneva):
        consent = geneva.prepared()
        page = geneva.anne.browser().get(consent_screens(consent, "sign_screen")[0]).content.decode()
        assert reverse("consents:sign_paper", args=[consent.pk]) in page


class TestEnding:
    def test_taking_a_tick_away(self, geneva, sees):
        consent = geneva.signed()
        answer = geneva.anne.browser().post(
            consent_screens(consent, "narrow")[0],
            {"version": consent.version, "grants": [cell(geneva.social, "identity")]},
        )
        assert answer.status_code == 302
        assert sees(geneva.social) == IDENTITY
        page = geneva.anne.browser().get(consent_screens(consent, "show")[0]).content.decode()
        assert "Restreinte par la personne" in page
        assert "ne voit plus : Formation et travail" in page

    def test_only_granted_cells_can_be_sent(self, geneva, sees):
        consent = geneva.signed()
        answer = geneva.anne.browser().post(
            consent_screens(consent, "narrow")[0],
            {"version": consent.version, "grants": [cell(geneva.social, "medical")]},
        )
        assert answer.status_code == 422
        assert sees(geneva.social) == IDENTITY | WORK

    def test_a_stale_form_shows_what_stands_and_keeps_what_one_took_away(self, geneva, sees):
        consent = geneva.signed()
        url, version = consent_screens(consent, "narrow")[0], consent.version
        ticked = [cell(geneva.social, "identity"), cell(geneva.social, "work")]
        browser = geneva.anne.browser()
        without_work = {"grants": [ticked[0], cell(geneva.employment, "identity")]}
        assert browser.post(url, {"version": version} | without_work).status_code == 302
        late = browser.post(url, {"version": version, "grants": ticked})
        page = late.content.decode()
        assert late.status_code == 409
        assert "pendant que vous écriviez" in page
        assert f'name="version" value="{version + 1}"' in page
        assert ticked[1] not in page, "a colleague has taken it away"
        assert " checked" not in page.split(cell(geneva.employment, "identity"))[1].split(">")[0]
        again = browser.post(url, {"version": version + 1, "grants": ticked[:1]})
        assert again.status_code == 302
        assert (sees(geneva.social), sees(geneva.employment)) == (IDENTITY, None)

    def test_revoking_says_what_closes_and_what_stays(self, geneva):
        opened_to(geneva.case, geneva.social, Category.BENEFITS)
        consent = geneva.signed()
        page = geneva.anne.browser().get(consent_screens(consent, "revoke")[0]).content.decode()
        assert "Office de l’emploi ne verra plus" in page
        assert "Hospice continue de voir ce que la loi permet : LACI art. 85f al. 3." in page

    def test_revoked_once_however_often_one_clicks(self, geneva, sees):
        consent = geneva.signed()
        url, token = consent_screens(consent, "revoke")[0], str(uuid4())
        browser = geneva.anne.browser()
        for _twice in range(2):
            assert browser.post(url, {"note": "par téléphone", "submission": token}).status_code == 302
        assert browser.post(url, {"note": ""}).status_code == 302
        assert sees(geneva.social) is None
        page = browser.get(consent_screens(consent, "show")[0]).content.decode()
        assert "Révoquée par la personne" in page
        assert "par téléphone" in page

    def test_who_revokes_and_forgets_the_case_lands_at_home(self, geneva):
        consent = geneva.signed()
        answer = geneva.sami.browser().post(consent_screens(consent, "revoke")[0], {"note": ""})
        assert answer.headers["Location"] == reverse("web:home")

    def test_abandoning_is_a_post(self, geneva):
        consent = geneva.prepared()
        url = reverse("consents:abandon", args=[consent.pk])
        browser = geneva.anne.browser()
        assert browser.get(url).status_code == 405
        assert browser.post(url).status_code == 302
        consent.refresh_from_db()
        assert consent.state == "abandoned"


class TestByLaw:
    def test_the_article_is_chosen_and_named(self, geneva, sees):
        url = reverse("consents:by_law", args=[geneva.case.pk])
        browser = geneva.anne.browser()
        assert "LACI art. 85f al. 3" in browser.get(url).content.decode()
        answer = browser.post(url, {"choice": f"laci_85f_3:{geneva.employment.pk}"})
        assert answer.status_code == 302
        assert sees(geneva.employment) & Category.CAPACITY
        assert Disclosure.objects.get(basis="law").legal_article == "LACI art. 85f al. 3"

    @pytest.mark.parametrize("choice", ["", "laci_85f_3:", "x", "laci_85f_3:not-a-key", HOSTILE])
    def test_nothing_else_is_accepted(self, geneva, choice):
        url = reverse("consents:by_law", args=[geneva.case.pk])
        assert geneva.anne.browser().post(url, {"choice": choice}).status_code == 422
        assert not Disclosure.objects.filter(basis="law").exists()

    def test_where_no_article_applies_the_page_says_so(self, geneva):
        opened_to(geneva.case, geneva.social)
        geneva.case.stage = "closing"
        geneva.case.save()
        page = geneva.sami.browser().get(reverse("consents:by_law", args=[geneva.case.pk])).content.decode()
        assert "LACI art. 85f al. 3" not in page


def test_the_same_number_of_queries_with_two_and_with_eight_institutions(geneva):
    browser = geneva.anne.browser()

    def queries(consent: Consent) -> list[int]:
        counts = []
        for address in (*consent_screens(consent, "show", "narrow", "form_pdf"), *case_screens(geneva.case)):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    queries(geneva.signed())
    few = queries(geneva.signed())
    many = {colleague(kind=Kind.SOCIAL_AID).institution: IDENTITY for _ in range(8)}
    assert queries(geneva.signed(to=many)) == few
