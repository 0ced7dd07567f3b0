"""What was sent to the external dossier, and what came from it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.casework.cases.models import Case, Participant
from accord.casework.cases.policies import cases_visible_to
from accord.casework.medical.enums import IncomingState
from accord.casework.medical.models import Incoming, Outgoing
from accord.casework.medical.policies.reports import exchange_visible_to
from accord.kernel.actors import Actor

MOST_SHOWN = 100


def outgoing_of(actor: Actor) -> QuerySet[Outgoing]:
    """Reports that the service sent, the latest first."""
    sent = Outgoing.objects.filter(exchange_visible_to(actor)).select_related("case", "document")
    return sent.order_by("-created_at")[:MOST_SHOWN]


def outgoing_for(actor: Actor, outgoing_id: UUID) -> Outgoing:
    """One report that was sent; Outgoing.DoesNotExist when the actor may not know of it."""
    return Outgoing.objects.filter(exchange_visible_to(actor)).select_related("case").get(pk=outgoing_id)


def _incoming(actor: Actor) -> QuerySet[Incoming]:
    return Incoming.objects.filter(exchange_visible_to(actor)).select_related("case", "document", "filed_as")


def incoming_of(actor: Actor) -> QuerySet[Incoming]:
    """Documents that came and were settled, the latest first."""
    return _incoming(actor).exclude(state=IncomingState.TO_SORT).order_by("-received_at")[:MOST_SHOWN]


def tray_of(actor: Actor) -> QuerySet[Incoming]:
    """Documents that nobody has assigned yet, the oldest first."""
    return _incoming(actor).filter(state=IncomingState.TO_SORT).order_by("received_at")[:MOST_SHOWN]


def incoming_for(actor: Actor, incoming_id: UUID) -> Incoming:
    """One document that came; Incoming.DoesNotExist when the actor may not know of it."""
    return _incoming(actor).get(pk=incoming_id)


def case_by_number(actor: Actor, number: str) -> Case | None:
    """The case of this number in which the service takes part; None when there is none."""
    found = Case.objects.filter(number__iexact=number.strip())
    if not actor.is_worker:
        return found.filter(cases_visible_to(actor)).first()
    return found.first()


def takes_part_in(case: Case, service_id: UUID) -> bool:
    """Whether the service takes part in the case now."""
    return Participant.objects.filter(case=case, institution_id=service_id, left_at__isnull=True).exists()
