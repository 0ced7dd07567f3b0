"""Questions that were already written elsewhere in the case; whoever keeps them offers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accord.casework.cases.models import Case
from accord.kernel.actors import Actor

Offer = Callable[[Actor, Case], Iterable[str]]
_offers: list[Offer] = []


def offer_questions(offer: Offer) -> None:
    """Let an app that the compartment may not know offer questions to choose from."""
    _offers.append(offer)


def offered_questions(actor: Actor, case: Case) -> list[str]:
    """Questions to choose from, each once, as far as the actor may read them."""
    return list(dict.fromkeys(text for offer in _offers for text in offer(actor, case)))
