"""The request as our screens know it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accord.kernel.actors import Actor

ACTING_FOR = "acting_for"
"""Where the session keeps for which of her institutions somebody acts."""


class AccordRequest(HttpRequest):
    """A request with the actor that the middleware has found, and her memberships."""

    actor: Actor
    memberships: list[Any]
    LANGUAGE_CODE: str


def act_for(request: AccordRequest, institution_id: object) -> bool:
    """From the next page on she acts for this institution of hers; False, and nothing done, when it is none."""
    if str(institution_id) not in {str(membership.institution_id) for membership in request.memberships}:
        return False
    request.session[ACTING_FOR] = str(institution_id)
    return True
