"""An operator’s own programme: the example of Schwyz, loaded from a folder, played from announcement to closing."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.casework.cases.models import Case
from accord.casework.consents.models import Consent
from accord.casework.meetings.models import Meeting
from accord.casework.plans.models import Goal, Plan
from accord.casework.referrals.models import Referral
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.selectors import current_programme
from accord.network.programmes.services import load_definitions
from accord.people.persons.models import Person
from scenarios import colleague, in_days, institution
from stories.desks import Desk, marks, plain

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parents[2] / "examples" / "programmes"
STROKES = "[[[10,40,0],[16,41,20],[22,42,40],[28,43,60],[34,44,80],[40,40,100],[46,41,120],[52,42,140]]]"
SLUG = "iiz-schwyz"


def day(days: int) -> str:
    return f"{in_days(days):%d.%m.%Y}"


class Schwyz:
    """The coordination office and the employment office of Schwyz."""

    def __init__(self) -> None:
        load_definitions(folders=[EXAMPLES])
        self.desks = []
        for kind, slug, role in (
            (Kind.CII_OFFICE, "koordination", Role.DESK),
            (Kind.EMPLOYMENT_OFFICE, "rav", Role.CASEWORKER),
        ):
            house = institution(kind, slug, short_name=slug.upper(), name=slug.title())
            place = "desk" if role == Role.DESK else "member"
            ProgrammeMember.objects.create(programme_slug=SLUG, institution=house, role=place)
            self.desks.append(Desk(colleague(house, role, last_name="Betschart")))


@pytest.fixture
def schwyz() -> Schwyz:
    return Schwyz()


def test_it_reads_german_first_in_four_languages(schwyz: Schwyz) -> None:
    programme = current_programme(SLUG)
    assert [programme.label.in_(language) for language in ("de", "fr", "it", "en")] == [
        "IIZ Schwyz", "CII Schwytz", "CII Svitto", "IIZ Schwyz",
    ]  # fmt: skip
    assert programme.form_fields == () and programme.documents == ()


def test_a_case_under_it_from_announcement_to_closing(schwyz: Schwyz) -> None:
    coordination, rav = schwyz.desks
    rav.fills(
        "persons:register",
        family_name="Schuler",
        given_names="Urs",
        birth_date="11.02.1974",
        sex="1",
        language="de",
        street="Bahnhofstrasse 3",
        postal_code="6430",
        city="Schwyz",
    )
    rav.fills("referrals:start", programme=SLUG, person=str(Person.objects.get().pk))
    referral = Referral.objects.get()
    case = referral.case
    words = {
        "subject": "Rückkehr in den Arbeitsmarkt",
        "reasons": ["unclear_problem"],
        "desk": str(coordination.house.pk),
    }
    without = rav.tries("referrals:form", referral.pk, to="referrals:sending", **words)
    assert without.status_code == 422, "neither pre-clarified nor authorised"
    authorised(rav, coordination, case)
    unclarified = rav.tries("referrals:form", referral.pk, to="referrals:sending")
    assert "Ce critère doit être rempli" in plain(unclarified.content.decode())
    rav.fills("referrals:form", referral.pk, to="referrals:sending", criterion_pre_clarified="on")
    coordination.fills("referrals:show", referral.pk, lead=str(coordination.house.pk))
    met(coordination, case)
    planned(coordination, rav, case)
    coordination.fills("cases:closure", case.pk, outcome="primary_market", note="Stelle gefunden.")
    case.refresh_from_db()
    assert (case.state, case.programme) == ("closed", SLUG)
    assert case.number.startswith("IIZ-SZ-") and case.number in rav.reads("notifications:list")


def authorised(rav: Desk, coordination: Desk, case: Case) -> None:
    rav.fills(
        "consents:compose",
        case.pk,
        language="de",
        purpose="common_plan",
        exchanges="several",
        valid_from=day(0),
        valid_until=day(300),
        grants=marks(rav=(rav, "identity work plan"), them=(coordination, "identity benefits work plan")),
    )
    rav.fills("consents:sign_screen", Consent.objects.get().pk, signatory="person", strokes=STROKES)


def met(coordination: Desk, case: Case) -> None:
    """A round table never takes longer than 90 minutes, and the person is there."""
    offered = coordination.offers("meetings:schedule", case.pk, field="seats")
    wishes = {
        "kind": "round_table",
        "on": day(8 - in_days(0).weekday()),
        "hour": "10:00",
        "place": "Bahnhofstrasse 3, Schwyz",
        "seats": offered,
        "wants_person": "on",
    }
    too_long = coordination.tries("meetings:schedule", case.pk, minutes="120", **wishes)
    assert too_long.status_code == 422 and "90" in plain(too_long.content.decode())
    coordination.fills("meetings:schedule", case.pk, minutes="90", **wishes)
    assert Meeting.objects.get().kind == "round_table"


def planned(coordination: Desk, rav: Desk, case: Case) -> None:
    coordination.fills("plans:goals", case.pk, key="new_job", text="Eine Stelle im Lager", target_on=day(90))
    goal = Goal.objects.get()
    rav.fills(
        "plans:measures", case.pk, goal=str(goal.origin), title="Vermittlung", since=day(0), until=day(90)
    )
    on_plan = ("web:case", case.pk, "plan")
    coordination.presses("plans:proposal", case.pk, on=on_plan)
    for desk in (coordination, rav):
        desk.presses("plans:signature", case.pk, on=on_plan)
    assert Plan.objects.get().state == "agreed"
