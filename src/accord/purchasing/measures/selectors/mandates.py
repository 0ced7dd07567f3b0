"""Mandates by what is known of them."""

from __future__ import annotations

from django.db.models import QuerySet

from accord.kernel.actors import Actor
from accord.purchasing.measures.models import Mandate
from accord.purchasing.measures.policies import mandates_visible_to


def mandates_of(actor: Actor) -> QuerySet[Mandate]:
    """Every mandate that the actor may read."""
    mandates = Mandate.objects.select_related("provider__institution", "agreement", "owner")
    return mandates if actor.is_worker else mandates.filter(mandates_visible_to(actor))


def mandate_by_decision(actor: Actor, number: str) -> Mandate | None:
    """The mandate of a decision of 14 digits, typed with or without dots."""
    digits = number.replace(".", "").replace(" ", "")
    return mandates_of(actor).filter(decision_number=digits).first() if len(digits) == 14 else None


def mandates_by_decision(actor: Actor, number: str, avs_number: str) -> list[Mandate]:
    """The mandates of a person under a number; one of six digits stands for several persons."""
    digits = number.replace(".", "").replace(" ", "")
    found = mandates_of(actor).filter(decision_number=digits, avs_number=avs_number)
    return list(found.order_by("since", "id"))
