"""Certificates, visits and what they found, with their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.documents.models import Document
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.network.agreements.rules import due_warning
from accord.purchasing.providers.enums import Weight
from accord.purchasing.providers.models import Certificate, Finding, Provider, QualityLabel, Visit
from accord.purchasing.providers.policies import can_manage, can_record_certificate, can_settle, visible_to
from accord.purchasing.providers.services.providing import lock_provider
from accord.purchasing.providers.services.telling import note, tell_in_charge


@dataclass(frozen=True, slots=True)
class Found:
    """What a visit found, as it was written."""

    weight: str
    text: str
    due_on: date | None = None


@transaction.atomic
def record_certificate(
    *,
    by: Actor,
    provider_id: UUID,
    label: str,
    number: str,
    valid_from: date,
    valid_until: date,
    document: Document | None = None,
) -> Certificate:
    """Keep a quality certificate with its validity and, if there is one, its file."""
    provider = lock_provider(by, provider_id)
    can_record_certificate(by, provider).require()
    if valid_until < valid_from:
        raise Refused(_("La fin précède le début."), field="valid_until")
    if not QualityLabel.objects.filter(slug=label, is_offered=True).exists():
        raise Refused(_("Ce label n’est pas reconnu."), field="label")
    if provider.certificates.filter(label=label, valid_from=valid_from).exists():
        raise Refused(_("Ce certificat est déjà enregistré."), field="valid_from")
    certificate = Certificate.objects.create(
        provider=provider,
        label_id=label,
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
        document=document,
        recorded_by_id=by.user_id,
    )
    note(by, "registered", "certificate", certificate.pk, label, until=valid_until.isoformat())
    return certificate


@transaction.atomic
def record_visit(*, by: Actor, provider_id: UUID, on: date, summary: str, findings: Sequence[Found]) -> Visit:
    """Write down a visit; what must be corrected has a day, and the provider is told."""
    provider = lock_provider(by, provider_id)
    can_manage(by, provider).require()
    if on > today():
        raise Refused(_("Une visite s’écrit après avoir eu lieu."), field="on")
    for found in findings:
        if found.weight == Weight.DEMAND and (found.due_on is None or found.due_on < on):
            raise Refused(_("Un point à corriger a un délai, après la visite."))
    visit = Visit.objects.create(
        provider=provider, office_id=by.institution_key, on=on, summary=summary, author_id=by.user_id
    )
    Finding.objects.bulk_create(
        Finding(visit=visit, weight=found.weight, text=found.text, due_on=found.due_on) for found in findings
    )
    note(by, "visited", "provider", provider.pk, provider.institution.name, on=on.isoformat())
    if any(found.weight == Weight.DEMAND for found in findings):
        tell_in_charge("finding.demand", provider.institution_id, _page(provider.pk))
    return visit


@transaction.atomic
def settle_finding(*, by: Actor, finding_id: UUID, done_note: str) -> Finding:
    """A point is put right; how is said in a sentence."""
    finding = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("visit__provider__institution")
        .get(pk=finding_id, visit__provider__in=Provider.objects.filter(visible_to(by)))
    )
    can_settle(by, finding).require()
    if not done_note.strip():
        raise Refused(_("Dites comment ce point est réglé."), field="done_note")
    finding.done_on, finding.done_note, finding.done_by_id = today(), done_note.strip(), by.user_id
    finding.save(update_fields=["done_on", "done_note", "done_by"])
    note(by, "settled", "visit finding", finding.pk, finding.visit.provider.institution.name)
    return finding


def warn_of_certificates() -> int:
    """Tell provider and office three months, one month and one week before a certificate ends, once each."""
    warned = 0
    running = Certificate.objects.filter(valid_until__gte=today()).select_related("provider")
    for certificate in running.order_by("valid_until"):
        mark = due_warning(certificate.valid_until, today(), certificate.warned_days)
        if mark is None or _is_followed(certificate):
            continue
        with transaction.atomic():
            told = Certificate.objects.filter(pk=certificate.pk, warned_days=certificate.warned_days)
            if told.update(warned_days=mark):
                for institution in (certificate.provider.institution_id, certificate.provider.office_id):
                    tell_in_charge(
                        "certificate.ending", institution, _page(certificate.provider_id), days=mark
                    )
                warned += 1
    return warned


def _is_followed(certificate: Certificate) -> bool:
    later = Certificate.objects.filter(provider=certificate.provider_id, label=certificate.label_id)
    return later.filter(valid_until__gt=certificate.valid_until).exists()


def remind_of_findings() -> int:
    """The day after a point should have been put right, tell provider and office; returns how many points."""
    late = Finding.objects.filter(weight=Weight.DEMAND, done_on__isnull=True, due_on=_yesterday())
    reminded = 0
    for finding in late.select_related("visit__provider"):
        provider = finding.visit.provider
        for institution in (provider.institution_id, provider.office_id):
            tell_in_charge("finding.overdue", institution, _page(provider.pk))
        reminded += 1
    return reminded


def _yesterday() -> date:
    return date.fromordinal(today().toordinal() - 1)


def _page(provider_id: UUID) -> str:
    return reverse("providers:show", args=[provider_id])
