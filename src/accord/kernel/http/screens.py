"""No screen without a policy and a purpose: a view that has none does not start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, HttpResponseNotAllowed

from accord.kernel.actors import Actor, remembering
from accord.kernel.database import acting_as
from accord.kernel.decisions import Decision
from accord.kernel.http.requests import AccordRequest

View = Callable[..., HttpResponseBase]
Policy = Callable[[Actor], Decision]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the door of a screen knows: who may come in, what for, and by which methods."""

    policy: Policy
    purpose: str
    methods: tuple[str, ...]
    public: bool
    entrance: str
    compartment: bool


class SubmissionLedger(Protocol):
    """Remembers which forms were already submitted, so that a double click does nothing twice."""

    def __call__(self, request: AccordRequest, submit: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """Run `submit` once for the form's token, or answer as the first time."""
        ...


class _Doors:
    ledger: SubmissionLedger | None = None


def keep_submissions_in(ledger: SubmissionLedger) -> None:
    """Name the ledger; foundation.journal does so when it starts."""
    _Doors.ledger = ledger


def screen(
    policy: Policy,
    *,
    purpose: str,
    methods: tuple[str, ...] = ("GET", "POST"),
    public: bool = False,
    entrance: str = "",
    compartment: bool = False,
) -> Callable[[View], View]:
    """Open a view to those whom `policy` allows, for a `purpose` that the journal keeps.

    A signed-out visitor is led to the sign-in page unless the screen is public; `entrance` names the one of
    the insured person's window, who comes in by no other. A refusal shows the policy's own sentence (403).
    Objects are the view's business: what one may not know exists is a 404. A screen of the medical
    `compartment` is let in by the database's own role, after the policy and for its length only.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: AccordRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in (*methods, "HEAD") or (
                request.method == "HEAD" and "GET" not in methods
            ):
                return HttpResponseNotAllowed(methods)
            actor = request.actor.for_purpose(purpose)
            if not public and actor.user_id is None and not (entrance and actor.is_insured):
                return redirect_to_login(request.get_full_path(), entrance or None)
            decision = policy(actor)
            if not decision:
                raise PermissionDenied(decision.sentence)
            if compartment:
                actor = actor.inside
            request.actor = actor
            with acting_as(actor) if compartment else remembering(actor):
                if request.method == "POST" and _Doors.ledger is not None:
                    return _Doors.ledger(request, lambda: view(request, *args, **kwargs))
                return view(request, *args, **kwargs)

        guarded.accord_screen = Screen(policy, purpose, methods, public, entrance, compartment)  # type: ignore[attr-defined]
        return guarded

    return decorate


def screen_of(view: Any) -> Screen | None:
    """The door of a view, or None if somebody forgot it."""
    found = getattr(view, "accord_screen", None)
    return found if isinstance(found, Screen) else None
