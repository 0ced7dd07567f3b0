"""The request as our screens know it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accord.kernel.actors import Actor


class AccordRequest(HttpRequest):
    """A request with the actor that the middleware has found, and her memberships."""

    actor: Actor
    memberships: list[Any]
    LANGUAGE_CODE: str
