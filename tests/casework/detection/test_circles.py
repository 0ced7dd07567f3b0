"""One case in both circles: two authorisations, of which each opens and closes only its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.casework.cases.enums import CaseState, EventKind
from accord.casework.cases.models import CaseCircle, Disclosure, Event, Participant
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.selectors import circles_of, circles_to_join, sight_of
from accord.casework.cases.services import (
    disclose_by_law,
    gates_of,
    invite,
    join_second_circle,
    set_state,
)
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent
from accord.casework.consents.selectors import active_consent
from accord.casework.consents.services import (
    leave_second_circle,
    narrow_consent,
    revoke_consent,
    warn_of_expiry,
)
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from accord.network.programmes.selectors import programme_for
from casework.detection.situations import BENEFITS, IDENTITY, WORK, BothCircles
from scenarios import colleague, in_days, institution, open_case, person

PLUS = "cii-plus"


def revoke(both: BothCircles, consent: Consent) -> None:
    with acting_as(both.anne.actor):
        revoke_consent(by=both.anne.actor, consent_id=consent.pk, note="")


def leave(both: BothCircles) -> CaseCircle:
    with acting_as(both.anne.actor):
        return leave_second_circle(by=both.anne.actor, case_id=both.case.pk)


class TestJoining:
    def test_it_is_told_and_opens_nothing(self, both, sees):
        both.joined()
        assert Event.objects.filter(case=both.case, kind=EventKind.CIRCLE_JOINED).count() == 1
        assert [one.slug for one in circles_of(both.anne.actor, both.case)] == ["cii-geneve", PLUS]
        assert sees(both.case, both.lea.institution) is None

    def test_twice_is_once(self, both):
        both.joined().joined()
        assert CaseCircle.objects.filter(case=both.case).count() == 1

    def test_number_and_stages_stay_those_of_the_first(self, both):
        before = (both.case.number, both.case.programme, both.case.stage)
        both.joined().case.refresh_from_db()
        assert (both.case.number, both.case.programme, both.case.stage) == before

    @pytest.mark.parametrize("slug", ["cii-geneve", "cii-unknown", ""])
    def test_only_another_programme(self, both, slug):
        with acting_as(both.anne.actor), pytest.raises(Refused):
            join_second_circle(by=both.anne.actor, case_id=both.case.pk, programme_slug=slug)

    def test_not_a_third(self, both):
        both.joined()
        with acting_as(both.anne.actor), pytest.raises(Refused, match="deux cercles"):
            join_second_circle(by=both.anne.actor, case_id=both.case.pk, programme_slug="cii-valais")
        assert circles_to_join(both.anne.actor, both.case) == []

    def test_only_who_leads_and_has_a_seat(self, both):
        with acting_as(both.sami.actor), pytest.raises(both.case.DoesNotExist):
            join_second_circle(by=both.sami.actor, case_id=both.case.pk, programme_slug=PLUS)
        office = colleague(institution(Kind.CII_OFFICE))
        case = open_case(office, "cii-valais", person(office.institution))
        with acting_as(office.actor), pytest.raises(Refused, match="place"):
            join_second_circle(by=office.actor, case_id=case.pk, programme_slug=PLUS)

    def test_only_while_it_is_open(self, both):
        closed = open_case(both.anne, about=person(both.anne.institution))
        closed.outcome = "x"
        closed.save()
        set_state(closed, CaseState.CLOSED)
        with acting_as(both.anne.actor), pytest.raises(Refused, match="en cours"):
            join_second_circle(by=both.anne.actor, case_id=closed.pk, programme_slug=PLUS)

    def test_the_database_refuses_two_second_circles(self, both):
        both.joined()
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseCircle.objects.create(case=both.case, programme="cii-valais", programme_version="1")


class TestSeparateAuthorisations:
    def test_each_circle_has_its_own(self, both, sees):
        both.joined()
        own = both.signed({both.sami.institution: IDENTITY | WORK})
        plus = both.signed({both.lea.institution: IDENTITY | BENEFITS}, PLUS)
        assert {own.programme, plus.programme} == {"cii-geneve", PLUS}
        assert (own.text.programme, plus.text.programme) == ("cii-geneve", PLUS)
        assert Consent.objects.filter(case=both.case, state=ConsentState.ACTIVE).count() == 2
        assert sees(both.case, both.sami.institution) == IDENTITY | WORK
        assert sees(both.case, both.lea.institution) == IDENTITY | BENEFITS
        circles = dict(Disclosure.objects.filter(basis="consent").values_list("recipient_id", "circle"))
        assert circles == {both.sami.institution.pk: "", both.lea.institution.pk: PLUS}

    def test_revoking_the_second_leaves_the_first(self, both, sees):
        both.joined()
        own = both.signed({both.sami.institution: IDENTITY | WORK})
        revoke(both, both.signed({both.lea.institution: IDENTITY}, PLUS))
        own.refresh_from_db()
        assert own.state == ConsentState.ACTIVE
        assert sees(both.case, both.sami.institution) == IDENTITY | WORK
        assert sees(both.case, both.lea.institution) is None

    def test_revoking_the_first_leaves_the_second(self, both, sees):
        both.joined()
        plus = both.signed({both.lea.institution: IDENTITY}, PLUS)
        revoke(both, both.signed({both.sami.institution: IDENTITY}))
        plus.refresh_from_db()
        assert plus.state == ConsentState.ACTIVE
        assert sees(both.case, both.lea.institution) == IDENTITY

    def test_an_institution_of_both_keeps_what_the_other_opens(self, both, sees):
        both.joined()
        both.signed({both.sami.institution: IDENTITY | WORK})
        revoke(both, both.signed({both.sami.institution: BENEFITS}, PLUS))
        assert sees(both.case, both.sami.institution) == IDENTITY | WORK

    def test_signing_again_replaces_only_the_same_circle(self, both):
        both.joined()
        own = both.signed({both.sami.institution: IDENTITY})
        first = both.signed({both.lea.institution: IDENTITY}, PLUS)
        second = both.signed({both.lea.institution: BENEFITS}, PLUS)
        for one in (own, first):
            one.refresh_from_db()
        assert (own.state, first.state, second.state) == ("active", "replaced", "active")
        assert active_consent(both.anne.actor, both.case, PLUS) == second
        assert active_consent(both.anne.actor, both.case) == own

    def test_the_database_refuses_two_of_one_circle(self, both):
        own = both.signed({both.sami.institution: IDENTITY})
        own.pk = None
        with pytest.raises(IntegrityError, match="consent_active_once"), transaction.atomic():
            own.save(force_insert=True)

    def test_each_circle_opens_only_its_own_institutions(self, both):
        both.joined()
        with pytest.raises(Refused, match="cercle"):
            both.signed({both.lea.institution: IDENTITY})
        with pytest.raises(Refused, match="cercle"):
            both.signed({institution(Kind.CII_OFFICE): IDENTITY}, PLUS)

    def test_nothing_is_authorised_for_a_circle_where_the_case_is_not(self, both):
        with pytest.raises(Refused, match="cercle"):
            both.signed({both.lea.institution: IDENTITY}, PLUS)

    def test_the_gate_of_a_stage_asks_for_its_own_circle(self, both):
        both.joined()
        both.signed({both.lea.institution: IDENTITY}, PLUS)
        programme = programme_for(both.case.programme, both.case.programme_version)
        stage = next(one for one in programme.stages if "consent.active" in one.gates)
        assert not dict(gates_of(both.case, stage))["consent.active"]
        both.signed({both.sami.institution: IDENTITY})
        assert dict(gates_of(both.case, stage))["consent.active"]

    def test_the_worklist_follows_the_circle_of_the_stages(self, both):
        both.joined()
        until = in_days(20)
        both.signed({both.sami.institution: IDENTITY}, until=until)
        both.signed({both.lea.institution: IDENTITY}, PLUS, until=in_days(300))
        party = Disclosure.objects.get(case=both.case, basis="party", recipient=both.anne.institution)
        assert party.case_authorised_until.date() <= until + timedelta(1)

    def test_narrowing_keeps_the_circle(self, both):
        both.joined()
        plus = both.signed({both.lea.institution: IDENTITY | BENEFITS}, PLUS)
        with acting_as(both.anne.actor):
            narrow_consent(by=both.anne.actor, consent_id=plus.pk, grants={both.lea.institution.pk: IDENTITY})
        running = Disclosure.objects.get(consent_id=plus.pk, valid_until__gt=now())
        assert (running.circle, running.categories) == (PLUS, IDENTITY)

    def test_each_is_warned_of_by_its_own_programme(self, both):
        both.joined()
        both.signed({both.sami.institution: IDENTITY}, until=in_days(20))
        both.signed({both.lea.institution: IDENTITY}, PLUS, until=in_days(20))
        assert warn_of_expiry() == 2

    def test_an_institution_of_the_second_circle_is_invited(self, both):
        both.joined()
        both.signed({both.lea.institution: IDENTITY}, PLUS)
        with acting_as(both.anne.actor):
            invite(by=both.anne.actor, case_id=both.case.pk, institution_id=both.lea.institution.pk)
        assert Participant.objects.filter(case=both.case, institution=both.lea.institution).exists()


class TestWhy:
    def test_the_sentence_names_the_circle_when_there_are_two(self, both):
        both.joined()
        both.signed({both.lea.institution: IDENTITY}, PLUS)
        actor = both.lea.actor
        with acting_as(actor):
            sight, circles = sight_of(actor, both.case), circles_of(actor, both.case)
        assert "Cercle : CII-plus." in why_shown(sight, IDENTITY, None, circles).replace("\u202f", " ")
        assert "Cercle" not in why_shown(sight, IDENTITY, None, circles[:1])

    def test_afterwards_it_says_that_the_case_left(self, both):
        both.joined()
        both.signed({both.sami.institution: BENEFITS}, PLUS)
        both.signed({both.sami.institution: IDENTITY})
        leave(both)
        sight = sight_of(both.sami.actor, both.case)
        programme = programme_for(PLUS, "2026.2")
        assert "sorti du second cercle" in why_hidden(sight, BENEFITS, programme)


class TestLaw:
    def test_the_articles_of_the_second_circle_are_named_so(self, both, sees):
        both.joined()
        fund = institution(Kind.PENSION_FUND)
        with acting_as(both.anne.actor):
            opened = disclose_by_law(
                by=both.anne.actor,
                case_id=both.case.pk,
                law_key="rai_73bis",
                recipient_id=fund.pk,
                circle=PLUS,
            )
        assert (opened.circle, opened.legal_article) == (PLUS, "RAI art. 73bis")
        assert sees(both.case, fund) == IDENTITY | BENEFITS

    def test_without_the_circle_the_article_does_not_hold(self, both):
        fund = institution(Kind.PENSION_FUND)
        for circle in ("", PLUS):
            with acting_as(both.anne.actor), pytest.raises(Refused):
                disclose_by_law(
                    by=both.anne.actor,
                    case_id=both.case.pk,
                    law_key="rai_73bis",
                    recipient_id=fund.pk,
                    circle=circle,
                )


class TestLeaving:
    def test_it_ends_what_was_authorised_for_it_and_says_so(self, both, sees):
        both.joined()
        own = both.signed({both.sami.institution: IDENTITY})
        plus = both.signed({both.lea.institution: IDENTITY}, PLUS)
        leave(both)
        for one in (own, plus):
            one.refresh_from_db()
        assert (own.state, plus.state) == (ConsentState.ACTIVE, ConsentState.EXPIRED)
        assert sees(both.case, both.lea.institution) is None
        assert sees(both.case, both.sami.institution) == IDENTITY
        assert Event.objects.filter(case=both.case, kind=EventKind.CIRCLE_LEFT).exists()

    def test_the_others_are_told(self, both):
        both.joined()
        both.signed({both.lea.institution: IDENTITY}, PLUS)
        colleague(both.lea.institution, Role.REFERENT)
        leave(both)
        assert Notification.objects.filter(
            kind="case.circle_left", institution_id=both.lea.institution.pk
        ).exists()

    def test_what_the_law_opened_stays(self, both, sees):
        both.joined()
        fund = institution(Kind.PENSION_FUND)
        with acting_as(both.anne.actor):
            disclose_by_law(
                by=both.anne.actor,
                case_id=both.case.pk,
                law_key="rai_73bis",
                recipient_id=fund.pk,
                circle=PLUS,
            )
        leave(both)
        assert sees(both.case, fund) == IDENTITY | BENEFITS

    def test_a_form_that_waits_is_not_signed_any_more(self, both):
        both.joined()
        waiting = both.prepared({both.lea.institution: IDENTITY}, PLUS)
        leave(both)
        waiting.refresh_from_db()
        assert waiting.state == ConsentState.ABANDONED

    def test_twice_is_refused_and_joining_again_is_possible(self, both):
        both.joined()
        with frozen_at(now() + timedelta(seconds=1)):
            leave(both)
        with pytest.raises(Refused):
            leave(both)
        both.joined()
        assert CaseCircle.objects.filter(case=both.case).count() == 2


MASKS = st.integers(1, 511)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=st.dictionaries(st.sampled_from(["sami", "anne"]), MASKS, min_size=1),
    plus=st.dictionaries(st.sampled_from(["sami", "lea"]), MASKS, min_size=1),
    ends=st.sampled_from(["own", "plus", "leave", "nothing"]),
)
def test_whatever_ends_in_one_circle_the_other_opens_exactly_what_it_opened(own, plus, ends, sees, both):
    with transaction.atomic():
        both.joined()
        houses = {name: getattr(both, name).institution for name in ("sami", "lea", "anne")}
        first = both.signed({houses[name]: mask for name, mask in own.items()})
        second = both.signed({houses[name]: mask for name, mask in plus.items()}, PLUS)
        if ends == "leave":
            leave(both)
        elif ends != "nothing":
            revoke(both, first if ends == "own" else second)
        for name in ("sami", "lea"):
            expected = own.get(name, 0) * (ends != "own") | plus.get(name, 0) * (
                ends not in ("plus", "leave")
            )
            assert (sees(both.case, houses[name]) or 0) == expected, name
        transaction.set_rollback(True)


class TestScreens:
    def page(self, both: BothCircles, name: str, **query: str) -> str:
        answer = both.anne.browser().get(reverse(name, args=[both.case.pk]), query)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_composing_asks_for_which_circle(self, both):
        both.joined()
        assert "Pour quel cercle" in self.page(both, "consents:compose")
        page = self.page(both, "consents:compose", cercle=PLUS)
        assert both.lea.institution.name in page
        assert both.lea.institution.name not in self.page(both, "consents:compose", cercle="cii-geneve")

    def test_a_circle_in_which_the_case_is_not_does_not_exist(self, both):
        url = reverse("consents:compose", args=[both.case.pk])
        assert both.anne.browser().get(url, {"cercle": PLUS}).status_code == 404

    def test_the_case_page_shows_both_with_their_names(self, both):
        both.joined()
        both.signed({both.sami.institution: IDENTITY})
        both.signed({both.lea.institution: IDENTITY}, PLUS)
        page = self.page(both, "web:case", panneau="autorisation").replace("\u202f", " ")
        assert "Autorisation de la personne : CII-plus" in page
        assert page.count("<caption>Qui voit quoi aujourd’hui") == 2
        assert "+ CII-plus" in self.page(both, "web:case")

    def test_joining_and_leaving_by_the_page(self, both):
        browser = both.anne.browser()
        url = reverse("cases:second-circle", args=[both.case.pk])
        assert browser.post(url, {"programme": "cii-unknown"}).status_code == 422
        assert browser.post(url, {"programme": PLUS}).status_code == 302
        assert "Sortir du second cercle" in self.page(both, "web:case", panneau="institutions")
        assert browser.post(reverse("consents:leave_circle", args=[both.case.pk])).status_code == 302
        assert "Faire entrer dans un second cercle" in self.page(both, "web:case", panneau="institutions")

    def test_the_law_page_lists_the_articles_of_both(self, both):
        both.joined()
        fund: Institution = institution(Kind.PENSION_FUND)
        page = self.page(both, "consents:by_law")
        assert "RAI art. 73bis (CII-plus)" in page
        answer = both.anne.browser().post(
            reverse("consents:by_law", args=[both.case.pk]), {"choice": f"rai_73bis:{fund.pk}:{PLUS}"}
        )
        assert answer.status_code == 302
