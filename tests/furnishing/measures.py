"""Measures, mandates and what providers send in, for the tests of the whole house."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Q

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.kernel.clock import today
from accord.network.agreements.models import Agreement
from accord.network.institutions.enums import Role
from accord.purchasing.measures.models import (
    Attendance,
    DecisionCounter,
    Delivery,
    GoalAgreement,
    IndividualMeasure,
    Interruption,
    Mandate,
    MandatePosition,
    Objective,
    Report,
)
from accord.purchasing.measures.policies import (
    counsels,
    deliveries_visible_to,
    exchanges,
    interruptions_visible_to,
    mandates_visible_to,
    numbers_decisions,
    of_visible_mandate,
    provides,
    shared_with_provider,
)
from accord.purchasing.measures.services import ReportWords, send_report
from accord.purchasing.providers.models import Provider
from purchasing.measures.ordering import act, around, ordered, validated
from scenarios import colleague

WALLS = {
    IndividualMeasure: records_visible_to,
    Mandate: mandates_visible_to,
    MandatePosition: of_visible_mandate,
    Objective: of_visible_mandate,
    GoalAgreement: of_visible_mandate,
    Interruption: interruptions_visible_to,
    Attendance: shared_with_provider,
    Report: shared_with_provider,
    Delivery: deliveries_visible_to,
    DecisionCounter: lambda actor: Q(office_id=actor.institution_key),
}


def furnish_world(world: Any, case: Case) -> None:
    """A measure with its mandate to some institution, whatever the case tells it."""
    office, house = world.anyone(), world.anyone()
    provider, _new = Provider.objects.get_or_create(
        institution=house, defaults={"office": office, "provider_kind": "coach"}
    )
    agreement = Agreement.objects.create(
        number=uuid4().hex, kind="provider", title="x", owner=office, starts_on=today()
    )

    def written() -> dict[str, Any]:
        return {
            "case": case,
            "owner": office,
            "category": world.dice.choice([None, 8, 256]),
            "audience": world.dice.choice(Audience.values),
            "since": today(),
            "until": today() + timedelta(days=90),
            "title": "x",
        }

    measure = IndividualMeasure.objects.create(
        person=case.person, plan_measure=uuid4(), kind="advice", phase="rehabilitation",
        planned_until=today() + timedelta(days=90), amount=Decimal(1000), **written(),
    )  # fmt: skip
    mandate = Mandate.objects.create(
        measure=measure, provider=provider, agreement=agreement, legal_article="x",
        decision_number=f"3252026{world.dice.randrange(10**7):07d}", family_name="x", given_names="x",
        **written(),
    )  # fmt: skip
    MandatePosition.objects.create(
        mandate=mandate, code="905.500.5", unit="hour", label="x", price=1, quantity=1
    )
    Objective.objects.create(mandate=mandate, position=1, text="x")
    GoalAgreement.objects.create(mandate=mandate)
    Interruption.objects.create(measure=measure, since=today(), why="other")
    Attendance.objects.create(mandate=mandate, day=today(), presence="present", hours=1)
    report = Report.objects.create(mandate=mandate, kind="final", due_on=today())
    Delivery.objects.create(
        number=uuid4().hex[:20], channel="reports", institution=house, office=office, mandate=mandate,
        report=report, title="x",
    )  # fmt: skip
    DecisionCounter.objects.get_or_create(office=office, year=2026)


def furnish_scene(scene: Any) -> dict[str, object]:
    """A validated measure of another office, ordered from a provider who has sent a report."""
    office = around()
    measure = validated(office)
    mandate = ordered(office, measure)
    report = mandate.reports.get(kind="interim")
    receipt = act(
        office.chloe,
        send_report,
        report_id=report.pk,
        version=report.version,
        words=ReportWords("Présente chaque jour.", "Un stage est en vue."),
    )
    return {
        "grant_id": measure.pk,
        "mandate_id": mandate.pk,
        "mandate_report_id": report.pk,
        "delivery_id": receipt.pk,
        "contractor_id": office.provider.pk,
    }


def _at_office(*roles: str) -> Any:
    return lambda scene: colleague(_mandate(scene).owner, *roles).browser()


def _at_provider(scene: Any) -> Any:
    return colleague(_mandate(scene).provider.institution, Role.SECRETARY).browser()


def _mandate(scene: Any) -> Mandate:
    return Mandate.objects.select_related("owner", "provider__institution").get(
        pk=scene.arguments["mandate_id"]
    )


CLIENTS = {
    counsels: _at_office(Role.CASEWORKER),
    numbers_decisions: _at_office(Role.ADMINISTRATOR),
    provides: _at_provider,
    exchanges: _at_provider,
}
STATE_REFUSES = {
    "measures:proposals": 403,
    "measures:report-terms": 403,
    "measures:report-file": 404,
    "measures:delivery-file": 404,
}
"""An employment office proposes no individual measure, and a report by its form has no file."""
NOT_A_PAGE = {"measures:letter", "measures:receipt", "measures:report-file", "measures:delivery-file"}
COUNSELLOR, CONTRACTS, PROVIDER, ADMINISTRATOR = (
    "demo04@accord.example",
    "achats01@accord.example",
    "achats03@accord.example",
    "demo10@accord.example",
)
BY = {
    **{
        f"measures:{name}": COUNSELLOR
        for name in (
            "list", "catalogue", "search", "proposals", "mandate", "report", "question", "show", "refusal",
            "withdrawal", "extension", "interruption", "resumption", "stop", "evaluation",
            "provider-choice", "order", "deliveries", "delivery",
        )
    },
    **{
        f"measures:{name}": PROVIDER
        for name in ("space", "contracts", "given", "presence", "presence-file", "documents", "write-report")
    },
    "measures:report-terms": CONTRACTS,
    "measures:office-code": ADMINISTRATOR,
}  # fmt: skip
PICTURES = {
    "measures": ("/dossiers/{case_id}/?panneau=mesures", COUNSELLOR),
    "measure": ("/mesures/{grant_id}/", COUNSELLOR),
    "measure-new": ("/mesures/dossiers/{case_id}/nouvelle/", COUNSELLOR),
    "provider-search": ("/mesures/recherche/", COUNSELLOR),
    "provider-space": ("/mesures/espace/", PROVIDER),
    "presence": ("/mesures/espace/mandats/{mandate_id}/presences/", PROVIDER),
}
OF_GENEVA = (
    "select m.id, m.case_id from measures_individualmeasure m"
    " join institutions_institution i on i.id = m.owner_id"
    " where i.slug = 'oai-ge' and m.state = %s order by m.created_at, m.id limit 1"
)
GIVEN = (
    "select m.id from measures_mandate m join providers_provider p on p.id = m.provider_id"
    " join institutions_institution i on i.id = p.institution_id"
    " where i.slug = 'atelier-du-port' and m.state = 'running' order by m.decision_number limit 1"
)
REPORTED = "select id from measures_report where mandate_id in (select id from measures_mandate where"
REPORTED += " provider_id = %s) and state = %s order by due_on limit 1"


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A running measure of Geneva, one in every other state, and the mandate and reports of a provider."""
    running, its_case = site.rows(OF_GENEVA, "running")[0]
    in_state = {
        state: site.value(OF_GENEVA, state) for state in ("proposed", "validated", "interrupted", "ended")
    }
    mandate = site.value(GIVEN)
    provider = site.value("select provider_id from measures_mandate where id = %s", mandate)
    delivery = "select id from measures_delivery where channel = 'documents' and mandate_id = %s"
    sent, awaited = (site.value(REPORTED, provider, state) for state in ("sent", "awaited"))
    validated = in_state["validated"]
    return {
        "case_id": its_case,
        "grant_id": running,
        "measures:refusal:grant_id": in_state["proposed"],
        "measures:withdrawal:grant_id": in_state["proposed"],
        "measures:resumption:grant_id": in_state["interrupted"],
        "measures:evaluation:grant_id": in_state["ended"],
        "measures:provider-choice:grant_id": validated,
        "measures:order:grant_id": validated,
        "contractor_id": provider,
        "mandate_id": mandate,
        "mandate_report_id": sent,
        "measures:write-report:mandate_report_id": awaited,
        "delivery_id": site.value(delivery, mandate),
    }
