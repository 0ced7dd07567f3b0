"""What lists sort and filter by is carried by the party's row, and follows the case at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

import scenarios
from accord.casework.cases.enums import Basis, Category
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.selectors import Shelf, cases_on_worklist, cases_page
from accord.casework.cases.services import disclose, end_disclosures
from accord.kernel.clock import NEVER, now
from accord.kernel.database import acting_as
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Kind
from scenarios import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne() -> Colleague:
    scenarios.programmes()
    return scenarios.colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def case(anne: Colleague) -> Case:
    return scenarios.open_case(anne)


def party(case: Case, who: Colleague) -> Disclosure:
    return Disclosure.objects.get(case=case, recipient=who.institution, basis=Basis.PARTY)


def authorise(case: Case, who: Colleague, days: int) -> Disclosure:
    return disclose(
        by=who.actor,
        case=case,
        recipient_id=who.institution.pk,
        categories=int(Category.IDENTITY),
        basis=Basis.CONSENT,
        purpose="test",
        consent_id=new_id(),
        valid_until=now() + timedelta(days=days),
    )


def whys(who: Colleague, *, only_mine: bool = False) -> set[str]:
    with acting_as(who.actor):
        return {found.why for found in cases_on_worklist(who.actor, only_mine=only_mine)}


def listed(who: Colleague, **shelf: object) -> list[str]:
    with acting_as(who.actor):
        return [row.number for row in cases_page(who.actor, Shelf(**shelf)).rows]


def test_an_open_case_without_authorisation_is_to_do_until_one_is_given(anne: Colleague, case: Case) -> None:
    assert party(case, anne).case_authorised_until == NEVER
    assert whys(anne) == {"unauthorised"}
    given = authorise(case, anne, days=200)
    assert party(case, anne).case_authorised_until == given.valid_until
    assert whys(anne) == set()


def test_an_authorisation_that_ends_soon_is_to_be_renewed(anne: Colleague, case: Case) -> None:
    authorise(case, anne, days=12)
    assert whys(anne) == {"expiring"}


def test_what_is_revoked_is_asked_for_again_at_once(anne: Colleague, case: Case) -> None:
    authorise(case, anne, days=200)
    end_disclosures(Disclosure.objects.filter(case=case, basis=Basis.CONSENT), because="revoked")
    assert whys(anne) == {"unauthorised"}


def test_an_institution_told_later_carries_the_authorisation_too(anne: Colleague, case: Case) -> None:
    given = authorise(case, anne, days=200)
    bruno = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, bruno.institution)
    assert party(case, bruno).case_authorised_until == given.valid_until


def test_the_worklist_says_the_same_of_ones_own_cases_and_of_all_of_ones_institution(
    anne: Colleague, case: Case
) -> None:
    Case.objects.filter(pk=case.pk).update(lead_user=anne.user, stage_due_on=scenarios.in_days(-3))
    assert whys(anne, only_mine=True) == whys(anne) == {"overdue", "unauthorised"}


def test_who_leads_follows_the_case(anne: Colleague, case: Case) -> None:
    bruno = scenarios.colleague(kind=Kind.AI_OFFICE)
    scenarios.opened_to(case, bruno.institution)
    assert (listed(anne, lead_by_us=True), listed(bruno, lead_by_us=True)) == ([case.number], [])
    Case.objects.filter(pk=case.pk).update(lead=bruno.institution)
    assert (listed(anne, lead_by_us=True), listed(bruno, lead_by_us=True)) == ([], [case.number])


def test_mine_are_those_that_i_lead_or_of_which_i_am_the_referent(anne: Colleague, case: Case) -> None:
    leading, other = scenarios.colleague(anne.institution), scenarios.colleague(anne.institution)
    Case.objects.filter(pk=case.pk).update(lead_user=leading.user)
    mine = [listed(who, only_mine=True) for who in (anne, leading, other)]
    assert mine == [[case.number], [case.number], []]


def test_a_list_filters_by_programme(anne: Colleague, case: Case) -> None:
    assert listed(anne, programme="cii-geneve") == [case.number]
    assert listed(anne, programme="cii-plus") == []
