"""What happens to every request before its screen: who acts, and in which language."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from accord.casework.window.selectors import actor_of_session, forget_window
from accord.foundation.accounts.models import User
from accord.kernel.actors import NOBODY, Actor
from accord.kernel.database import acting_as
from accord.kernel.http import ACTING_FOR, AccordRequest
from accord.network.institutions.selectors import actor_for

Respond = Callable[[HttpRequest], HttpResponse]


class ActorOfRequest:
    """Find the actor (user, institution, roles) and let the whole request act as her."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: AccordRequest) -> HttpResponse:
        """Act as the signed-in user for the institution that she chose, as the insured person, or as nobody."""
        user = request.user
        request.memberships = []
        if isinstance(user, User) and user.is_authenticated:
            request.actor, request.memberships = actor_for(user, self._wanted(request))
            self._close_window(request)
        else:
            request.actor = self._at_her_window(request) or NOBODY
        with acting_as(request.actor):
            return self.respond(request)

    def _at_her_window(self, request: HttpRequest) -> Actor | None:
        """The insured person, at her own addresses only; elsewhere she is nobody.

        Her half hour begins anew with each page, and ends when her letter is revoked.
        """
        if not request.path.startswith(reverse("window:sign-in")):
            return None
        actor = actor_of_session(request.session)
        if actor is None:
            self._close_window(request)
        else:
            request.session.modified = True
        return actor

    @staticmethod
    def _close_window(request: HttpRequest) -> None:
        if forget_window(request.session):
            request.session.set_expiry(None)

    @staticmethod
    def _wanted(request: HttpRequest) -> UUID | None:
        try:
            return UUID(request.session.get(ACTING_FOR, ""))
        except ValueError:
            return None


class LanguageOfUser:
    """The user's language; for visitors the one they chose on the sign-in page, or their browser's."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: AccordRequest) -> HttpResponse:
        """Answer in the right language and say so in the headers."""
        chosen = request.COOKIES.get("accord_language", "")
        if request.actor.user_id is not None or request.actor.is_insured:
            language = request.actor.language
        elif translation.check_for_language(chosen):
            language = chosen
        else:
            language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or "fr"
            response = self.respond(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if request.actor.user_id is not None or request.actor.is_insured:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
