"""The AI office answers and serves; each institution sees exactly what concerns it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.detection.models import Detection, Notice
from accord.casework.referrals.services import start_referral
from accord.kernel.database import acting_as
from casework.detection.situations import BENEFITS, IDENTITY, Plus
from scenarios import Colleague, draft, in_days, open_case, person


def plain(response: object) -> str:
    return response.content.decode().replace("\u202f", " ")


def panel(plus: Plus, who: Colleague) -> str:
    return plain(who.browser().get(reverse("web:case", args=[plus.case.pk]), {"panneau": "detection"}))


class TestTheOffice:
    def test_its_list_and_its_worklist_name_the_communication(self, plus):
        page = plain(plus.anne.browser().get(reverse("detection:list")))
        assert "Claire Favre" in page
        assert "encore 30 jours" in page
        home = plain(plus.anne.browser().get(reverse("web:home") + "?pour=institution"))
        assert "Répondre à la communication" in home

    def test_an_empty_list_says_what_would_fill_it(self, plus):
        assert "Aucune communication n’attend" in plain(plus.paul.browser().get(reverse("detection:list")))

    def test_it_takes_as_many_queries_for_one_as_for_many(self, plus):
        browser, url = plus.anne.browser(), reverse("detection:list")
        browser.get(url)
        with CaptureQueriesContext(
            connection,
        ) as one:
            browser.get(url)
        for _ in range(12):
            case = open_case(plus.anne, "cii-plus", person(plus.anne.institution))
            Detection.objects.create(
                case=case, owner=plus.anne.institution, category=BENEFITS, received_on=in_days(0),
                due_on=in_days(30),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as many:
            page = plain(browser.get(url))
        assert page.count("panneau=detection") == 13
        assert len(many) == len(one)

    def test_the_whole_way_by_the_pages(self, plus):
        browser, key = plus.anne.browser(), plus.detection.pk
        today = f"{in_days(0):%d.%m.%Y}"

        def send(name: str, **data: object) -> int:
            url = reverse(f"detection:{name}", args=[key])
            assert browser.get(url).status_code == 200
            version = Detection.objects.get(pk=key).version
            return browser.post(url, {"version": version, **data}).status_code

        assert send("interview", interview_on=today) == 302
        assert send("interview-held", held_on="31.02.2026") == 422
        assert send("interview-held", held_on=today) == 302
        assert send("answer", outcome="", reasons="Motif", answered_on=today) == 422
        assert send("answer", outcome="indicated", reasons="Motif", answered_on=today) == 302
        assert send("application", applied_on=today) == 302
        assert Detection.objects.get(pk=key).state == "applied"
        for name in ("letter", "letter-announcer"):
            answer = browser.get(reverse(f"detection:{name}", args=[key]))
            assert answer["Content-Type"] == "application/pdf"
            assert "Favre" not in answer["Content-Disposition"]

    def test_what_was_typed_is_kept_when_a_colleague_was_faster(self, plus):
        """Her answer stands beside mine; nothing of mine is lost, and nothing of hers is overwritten."""
        url, browser = reverse("detection:answer", args=[plus.detection.pk]), plus.anne.browser()
        mine = {"outcome": "indicated", "reasons": "Mes raisons", "answered_on": f"{in_days(0):%d.%m.%Y}"}
        read = plus.detection.version
        plus.answered("not_indicated", reasons="Ses raisons")
        answer = browser.post(url, {"version": read, **mine})
        page = plain(answer)
        assert answer.status_code == 409
        assert "Mes raisons" in page and "Ses raisons" in page
        assert f'name="version" value="{plus.detection.version}"' in answer.content.decode()
        again = browser.post(url, {"version": plus.detection.version, **mine})
        assert again.status_code == 422 and "Mes raisons" in plain(again)
        assert plus.detection.reasons == "Ses raisons"

    def test_both_days_of_an_interview_and_of_a_decision_are_shown(self, plus):
        url, browser = reverse("detection:interview", args=[plus.detection.pk]), plus.anne.browser()
        soon, later = (f"{in_days(days):%d.%m.%Y}" for days in (2, 5))
        read = plus.detection.version
        assert browser.post(url, {"version": read, "interview_on": soon}).status_code == 302
        stale = browser.post(url, {"version": read, "interview_on": later})
        assert stale.status_code == 409 and soon in plain(stale) and later in plain(stale)
        again = {"version": plus.detection.version, "interview_on": later}
        assert browser.post(url, again).status_code == 302
        assert plus.detection.interview_on == in_days(5)
        plus.accepted()
        notice = plus.served()
        url = reverse("detection:decision", args=[notice.pk])
        stale = browser.post(url, {"version": notice.version + 1, "decided_on": soon})
        assert stale.status_code == 409 and soon in plain(stale)

    def test_before_the_answer_there_is_no_letter(self, plus):
        answer = plus.anne.browser().get(reverse("detection:letter", args=[plus.detection.pk]), follow=True)
        assert "pas encore de réponse" in plain(answer)

    def test_a_notice_is_served_answered_and_decided_by_the_pages(self, plus):
        plus.accepted()
        today = f"{in_days(0):%d.%m.%Y}"
        url = reverse("detection:notice", args=[plus.case.pk])
        words = {"subject": "pension", "summary": "Refus prévu.", "sent_on": today}
        assert plus.anne.browser().post(url, words | {"summary": ""}).status_code == 422
        answer = plus.anne.browser().post(
            url,
            words | {"institutions": [plus.paul.institution.pk], "outside_compensation": "Caisse X"},
        )
        assert answer.status_code == 302
        notice = Notice.objects.get()
        party = notice.parties.get(institution=plus.paul.institution)
        url = reverse("detection:position", args=[party.pk])
        assert plus.aline.browser().get(url).status_code == 404
        assert plus.anne.browser().get(url).status_code == 403
        assert "Prendre position" in plain(plus.paul.browser().get(reverse("web:home")))
        words = {"position": "renounced", "text": "", "position_on": today}
        assert plus.paul.browser().post(url, words).status_code == 302
        url = reverse("detection:decision", args=[notice.pk])
        answer = plus.anne.browser().post(url, {"version": notice.version, "decided_on": today})
        assert answer.status_code == 422
        assert "attendez" in plain(answer)


class TestToEachItsPart:
    def test_the_announcer_sees_that_it_was_answered_and_why_not_what(self, plus):
        assert "masqué" in panel(plus, plus.lea).lower()
        plus.answered()
        page = panel(plus, plus.lea)
        assert f"L’office AI a répondu le {in_days(0):%d.%m.%Y}" in page
        assert "une demande est indiquée" not in page
        assert "Prestations et démarches" in page

    def test_the_pension_fund_sees_its_part_by_law(self, plus):
        plus.accepted()
        plus.served(to=(plus.paul.institution, plus.aline.institution))
        page = panel(plus, plus.paul)
        assert "RAI art. 73bis" in page
        assert plus.paul.institution.name in page
        assert f'<th scope="row">{plus.aline.institution.name}' not in page
        assert "Vous voyez la part de votre institution" in page
        assert "Envoyer un préavis" not in page

    def test_who_is_no_party_sees_nothing_of_it(self, plus):
        plus.accepted()
        plus.served()
        page = panel(plus, plus.lea)
        assert "Refus de la rente prévu" not in page
        assert "Les préavis de l’office AI" in page

    def test_a_case_of_cii_alone_has_no_such_tab(self, both):
        url = reverse("web:case", args=[both.case.pk])
        assert "panneau=detection" not in plain(both.anne.browser().get(url))
        both.joined()
        assert "panneau=detection" in plain(both.anne.browser().get(url))


class TestIncapacityInACommunication:
    def test_a_period_is_added_and_warned_of(self, plus):
        with acting_as(plus.lea.actor):
            referral = start_referral(
                by=plus.lea.actor, programme_slug="cii-plus", person=person(plus.lea.institution, "Rey")
            )
        browser, form = plus.lea.browser(), reverse("referrals:form", args=[referral.pk])
        assert "Aucune période notée" in plain(browser.get(form))
        words = {
            "source_kind": "treating_doctor", "source_name": "Dre Rey", "rate": 100, "cause": "sickness",
            "since": f"{in_days(-10):%d.%m.%Y}", "until": "", "note": "", "audience": "circle",
        }  # fmt: skip
        url = reverse("referrals:absence", args=[referral.pk])
        assert browser.post(url, words | {"rate": 140}).status_code == 422
        assert browser.post(url, words).status_code == 302
        assert IncapacityPeriod.objects.get(case=referral.case).rate == 100
        page = plain(browser.get(form))
        assert "Moins de 30 jours" in page
        assert "11 jours" in page

    def test_the_office_reads_them_with_the_communication(self, plus):
        IncapacityPeriod.objects.create(
            case=plus.case, owner=plus.lea.institution, category=16, source_kind="hospital", rate=50,
            since=in_days(-60),
        )  # fmt: skip
        page = plain(plus.anne.browser().get(reverse("referrals:show", args=[plus.referral.pk])))
        assert "Périodes d’incapacité" in page
        assert "61 jours" in page

    def test_other_programmes_do_not_ask(self, both):
        case = draft(both.anne, about=person(both.anne.institution, "Rey"))
        assert case.programme == "cii-geneve"
        with acting_as(both.sami.actor):
            referral = start_referral(
                by=both.sami.actor, programme_slug="cii-geneve", person=person(both.sami.institution)
            )
        page = plain(both.sami.browser().get(reverse("referrals:form", args=[referral.pk])))
        assert "Ajouter une période" not in page


@pytest.mark.parametrize("name", ["reception", "notice"])
def test_only_an_ai_office_comes_in(plus, name):
    plus.accepted()
    url = reverse(f"detection:{name}", args=[plus.case.pk])
    assert plus.lea.browser().get(url).status_code == 403
    assert plus.aline.browser().get(url).status_code == 404


def test_identity_alone_opens_nothing_of_it(plus):
    plus.answered()
    assert IDENTITY & BENEFITS == 0
    with acting_as(plus.aline.actor):
        assert not Detection.objects.exists()
