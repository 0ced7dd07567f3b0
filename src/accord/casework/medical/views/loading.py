"""Find a report, an examination, a measure or a document of the exchange, or answer 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from accord.casework.medical.models import (
    Examination,
    Incoming,
    MedicalMeasure,
    MedicalRequest,
    Outgoing,
    Report,
)
from accord.casework.medical.selectors.examinations import examination_for, measure_for
from accord.casework.medical.selectors.exchange import incoming_for, outgoing_for
from accord.casework.medical.selectors.reports import report_for
from accord.casework.medical.selectors.requests import request_for
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest

Found = TypeVar("Found")


def _or_404(find: Callable[[Actor, UUID], Found], request: AccordRequest, key: UUID) -> Found:
    """The thing; what one may not know of looks like what does not exist."""
    try:
        return find(request.actor, key)
    except ObjectDoesNotExist:
        raise Http404 from None


def report_or_404(request: AccordRequest, report_id: UUID) -> Report:
    """The report that stands in the address."""
    return _or_404(report_for, request, report_id)


def examination_or_404(request: AccordRequest, examination_id: UUID) -> Examination:
    """The examination that stands in the address."""
    return _or_404(examination_for, request, examination_id)


def measure_or_404(request: AccordRequest, measure_id: UUID) -> MedicalMeasure:
    """The measure that stands in the address."""
    return _or_404(measure_for, request, measure_id)


def asked_or_404(request: AccordRequest, request_id: UUID) -> MedicalRequest:
    """The request to the doctor that stands in the address."""
    return _or_404(request_for, request, request_id)


def outgoing_or_404(request: AccordRequest, outgoing_id: UUID) -> Outgoing:
    """The sent report that stands in the address."""
    return _or_404(outgoing_for, request, outgoing_id)


def incoming_or_404(request: AccordRequest, incoming_id: UUID) -> Incoming:
    """The received document that stands in the address."""
    return _or_404(incoming_for, request, incoming_id)
