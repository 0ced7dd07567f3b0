"""What a position costs on a day, and how prices came about."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from accord.kernel.actors import Actor
from accord.purchasing.providers.models import TariffPosition, TariffProposal
from accord.purchasing.providers.policies import prices_visible_to


def position_on(agreement_id: UUID, code: str, day: date) -> TariffPosition | None:
    """The position of a convention with its price of that day; None when it has none."""
    return TariffPosition.objects.filter(TariffPosition.on(day), agreement=agreement_id, code=code).first()


def positions_of(agreement_id: UUID, day: date) -> list[TariffPosition]:
    """The positions of a convention that hold on a day, by code."""
    return list(
        TariffPosition.objects.filter(TariffPosition.on(day), agreement=agreement_id).order_by("code")
    )


def prices_of(agreement_id: UUID) -> list[TariffPosition]:
    """Every agreed price of a convention, past and future, by code and day."""
    return list(TariffPosition.objects.filter(agreement=agreement_id).order_by("code", "valid_from"))


def negotiations_of(agreement_id: UUID) -> list[TariffProposal]:
    """Every proposal of a convention in the order in which it was made."""
    query = TariffProposal.objects.filter(agreement=agreement_id).select_related("institution", "author")
    return list(query.order_by("code", "created_at"))


def proposal_for(actor: Actor, proposal_id: UUID) -> TariffProposal:
    """One proposal; TariffProposal.DoesNotExist for what the actor may not know of."""
    query = TariffProposal.objects.filter(prices_visible_to(actor)).select_related("agreement")
    return query.prefetch_related("agreement__parties").get(pk=proposal_id)
