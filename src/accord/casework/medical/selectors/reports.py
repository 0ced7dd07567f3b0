"""Reports: one, its editions, and the lists of the desks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from accord.casework.cases.models import Case
from accord.casework.medical.enums import ReportKind, ReportState
from accord.casework.medical.models import Icd10Code, MedicalRequest, Report
from accord.casework.medical.policies.reports import reports_visible_to
from accord.casework.medical.rules.icd10 import as_code
from accord.kernel.actors import Actor

MOST_CODES = 20


def reports_for(actor: Actor) -> QuerySet[Report]:
    """Every report that the actor may read, with what its screens need."""
    return Report.objects.filter(reports_visible_to(actor)).select_related(
        "case", "service", "request__case", "request__doctor", "signed_by", "document", "examination"
    )


def report_for(actor: Actor, report_id: UUID) -> Report:
    """One report; Report.DoesNotExist when the actor may not know of it."""
    return reports_for(actor).get(pk=report_id)


def reports_of_case(actor: Actor, case: Case) -> QuerySet[Report]:
    """The reports of a case, the latest first."""
    return reports_for(actor).filter(case=case).order_by("-created_at")


def reports_of_request(actor: Actor, request: MedicalRequest) -> QuerySet[Report]:
    """The reports that answer a request, the latest first."""
    return reports_for(actor).filter(request=request).order_by("-created_at")


def editions_of(actor: Actor, report: Report) -> QuerySet[Report]:
    """Every version of this report, the latest first; what was signed stays legible."""
    return (
        reports_for(actor)
        .filter(request=report.request, kind=report.kind, examination=report.examination)
        .order_by("-edition")
    )


def _in_hand(actor: Actor, states: Iterable[str]) -> QuerySet[Report]:
    return (
        reports_for(actor)
        .filter(service_id=actor.institution_key, state__in=list(states))
        .order_by("updated_at")
    )


def awaiting_signature(actor: Actor) -> QuerySet[Report]:
    """Drafts of the service, the oldest first."""
    return _in_hand(actor, [ReportState.DRAFT])


def awaiting_hand_in(actor: Actor) -> QuerySet[Report]:
    """Signed reports that the secretariat has not taken yet."""
    return _in_hand(actor, [ReportState.SIGNED])


def awaiting_filing(actor: Actor) -> QuerySet[Report]:
    """Reports at the secretariat that are not in the dossier yet."""
    return _in_hand(actor, [ReportState.HANDED_IN])


LATER = Q(kind=ReportKind.RF) | Q(edition__gt=1)
"""What follows the first report; a request itself says where that one stands."""


def later_drafts(actor: Actor) -> QuerySet[Report]:
    """New versions and final reports that the actor has begun and not signed: for the doctor’s desk."""
    return awaiting_signature(actor).filter(LATER, request__doctor_id=actor.user_key)


def later_reports(actor: Actor) -> QuerySet[Report]:
    """New versions and final reports to hand in or to file: for the secretariat."""
    return _in_hand(actor, [ReportState.SIGNED, ReportState.HANDED_IN]).filter(LATER)


def _current_list(language: str) -> QuerySet[Icd10Code]:
    """The list that is searched, in this language; in French when there is none in it."""
    current = Icd10Code.objects.filter(is_current=True)
    here = current.filter(language=language)
    return here if here.exists() else current.filter(language="fr")


def search_codes(words: str, language: str) -> QuerySet[Icd10Code]:
    """Codes of the current list that begin like this, or whose title holds every word."""
    current = _current_list(language)
    code = as_code(words)
    if code[:1].isalpha() and code[1:2].isdigit():
        return current.filter(code__startswith=code).order_by("code")[:MOST_CODES]
    for word in words.split():
        current = current.filter(title__icontains=word)
    return (current if words.strip() else current.none()).order_by("code")[:MOST_CODES]


def title_of(code: str, language: str) -> str:
    """What the current list calls a code; empty when it does not know it."""
    return _current_list(language).filter(code=code).values_list("title", flat=True).first() or ""
