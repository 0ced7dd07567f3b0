"""Whom the demo brings before the doctor: running cases of a region, opened to the medical service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID

from django.db.models import F

from accord.casework.cases.enums import Basis, CaseState, Category, ParticipantRole
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.consents.models import Consent, Grant
from accord.casework.meetings.rules import at_local
from accord.cli.world.fates import MEDICAL
from accord.kernel.clock import FOREVER, now, today
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution

RENEWED_FOR = timedelta(days=345)


def before_the_doctor(
    programme: str, regions: Iterable[str], service: Institution, *, most: int
) -> list[Case]:
    """Running cases: those first of which the service is told, then those that an authorisation can open."""
    cases = list(
        Case.objects.filter(programme=programme, region__in=regions, state=CaseState.OPEN)
        .filter(opened_at__isnull=False)
        .select_related("person", "lead", "lead_user")
        .order_by("opened_at", "number")
    )
    told = _told(cases, service)
    consents = _consents(cases)
    cases = [case for case in cases if case.pk in told or case.pk in consents]
    cases.sort(
        key=lambda case: (case.pk not in told, case.pk in consents and consents[case.pk].state != "active")
    )
    chosen = cases[:most]
    _take_part(chosen, service)
    _authorise([case for case in chosen if case.pk not in told], consents, service)
    return chosen


def _told(cases: list[Case], service: Institution) -> set[UUID]:
    """Cases whose medical detail the service may read now."""
    rows = (
        Disclosure.objects.filter(
            case__in=cases, recipient=service, valid_from__lte=now(), valid_until__gt=now()
        )
        .annotate(seen=F("categories").bitand(int(Category.MEDICAL)))
        .filter(seen__gt=0)
    )
    return set(rows.values_list("case_id", flat=True))


def _consents(cases: list[Case]) -> dict[UUID, Consent]:
    """The last signed authorisation of each case; one that runs stands before the others."""
    rows = Consent.objects.filter(case__in=cases, state__in=["active", "expired", "revoked"])
    ordered = sorted(rows, key=lambda one: (one.state == "active", one.created_at))
    return {one.case_id: one for one in ordered}


def _take_part(cases: list[Case], service: Institution) -> None:
    """The service joins the circle of each case, and knows of it."""
    present = set(
        Participant.objects.filter(case__in=cases, institution=service, left_at__isnull=True).values_list(
            "case_id", flat=True
        )
    )
    known = set(
        Disclosure.objects.filter(case__in=cases, recipient=service, basis=Basis.PARTY).values_list(
            "case_id", flat=True
        )
    )
    Participant.objects.bulk_create(
        Participant(
            case=case, institution=service, role=ParticipantRole.MEMBER, joined_at=case.opened_at or now()
        )
        for case in cases
        if case.pk not in present
    )
    Disclosure.objects.bulk_create(
        Disclosure(
            case=case,
            person=case.person,
            recipient=service,
            basis=Basis.PARTY,
            valid_from=case.opened_at or now(),
            valid_until=FOREVER,
        )
        for case in cases
        if case.pk not in known
    )


def _authorise(cases: list[Case], consents: dict[UUID, Consent], service: Institution) -> None:
    """The person names the service in the authorisation that runs, or signs a new one that does."""
    renewed: list[Consent] = []
    grants: list[Grant] = []
    disclosures: list[Disclosure] = []
    for case in cases:
        consent = consents[case.pk]
        shared = {service.pk: int(MEDICAL)}
        if consent.state != "active":
            shared = _shared(consent) | shared
            consent = _renew(consent)
            renewed.append(consent)
        ends = at_local(consent.valid_until + timedelta(days=1), time.min)
        for recipient_id, categories in shared.items():
            grants.append(Grant(consent=consent, recipient_id=recipient_id, categories=categories))
            disclosures.append(
                Disclosure(
                    case=case,
                    person=case.person,
                    recipient_id=recipient_id,
                    categories=categories,
                    basis=Basis.CONSENT,
                    consent_id=consent.pk,
                    purpose=consent.purpose,
                    valid_from=at_local(consent.valid_from, time.min),
                    valid_until=ends,
                )
            )
    Consent.objects.bulk_create(renewed)
    Grant.objects.bulk_create(grants)
    Disclosure.objects.bulk_create(disclosures)


def _shared(consent: Consent) -> dict[UUID, int]:
    return dict(Grant.objects.filter(consent=consent).values_list("recipient_id", "categories"))


def _renew(consent: Consent) -> Consent:
    """The same authorisation, signed again three weeks ago."""
    fields = {field.attname: getattr(consent, field.attname) for field in Consent._meta.concrete_fields}
    signed = today() - timedelta(days=21)
    at = at_local(signed, time(10))
    return Consent(
        **fields
        | {
            "id": new_id(),
            "state": "active",
            "revoked_at": None,
            "revocation_note": "",
            "valid_from": signed,
            "signed_on": signed,
            "valid_until": signed + RENEWED_FOR,
            "created_at": at,
            "updated_at": at,
        }
    )
