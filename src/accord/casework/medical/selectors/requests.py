"""One request with what belongs to it, and those of a case."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.casework.cases.models import Case
from accord.casework.medical.models import MedicalRequest, Passing, Question
from accord.casework.medical.policies import of_visible_requests, requests_visible_to
from accord.kernel.actors import Actor


def visible_requests(actor: Actor) -> QuerySet[MedicalRequest]:
    """Requests that the actor may know of, with everything that a line says of them."""
    return MedicalRequest.objects.filter(requests_visible_to(actor)).select_related(
        "case__lead", "service", "asked_by", "asked_user", "doctor", "meeting__room__site"
    )


def request_for(actor: Actor, request_id: UUID) -> MedicalRequest:
    """One request; MedicalRequest.DoesNotExist when the actor may not know of it."""
    return visible_requests(actor).get(pk=request_id)


def requests_of_case(actor: Actor, case: Case) -> list[MedicalRequest]:
    """The requests of a case, the newest first."""
    return list(visible_requests(actor).filter(case=case).order_by("-asked_at"))


def questions_of(actor: Actor, request: MedicalRequest) -> QuerySet[Question]:
    """What the doctor is asked, in its order."""
    return Question.objects.filter(of_visible_requests(actor), request=request)


def passings_of(actor: Actor, request: MedicalRequest) -> QuerySet[Passing]:
    """The history of a request, the oldest first."""
    rows = Passing.objects.filter(of_visible_requests(actor), request=request)
    return rows.select_related("doctor", "by")
