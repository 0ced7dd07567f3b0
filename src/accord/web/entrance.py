"""The demo's sign-in page: its invented people, each with one thing to try, one click to enter."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from accord.casework.window.selectors import letter_numbered
from accord.casework.window.views.entering import open_session
from accord.foundation.accounts import selectors as accounts
from accord.foundation.accounts.models import User
from accord.foundation.accounts.policies import anyone
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.models import Institution, Membership
from accord.network.institutions.selectors import memberships_among

LETTER_OF_THE_DEMO = "20262026"
"""Number of the letter by which one enters as the insured person of one case of the demo."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One of the invented people, with what she does."""

    user: User
    memberships: tuple[Membership, ...]


@screen(anyone, purpose="enter the demo", public=True)
def entrance(request: AccordRequest) -> HttpResponse:
    """Choose as whom to enter; only the demo and the tests have this page, and only for invented people."""
    if settings.ACCORD_MODE not in ("demo", "test"):
        raise Http404
    target = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST" and "window" in request.POST:
        return _enter_as_the_person(request)
    if request.method == "POST":
        login(request, _persona(request.POST.get("user", "")), "django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(target)
    context = {
        "groups": _groups(),
        "next": target,
        "has_window": letter_numbered(LETTER_OF_THE_DEMO) is not None,
    }
    return render(request, "web/entrance.html", context)


def _enter_as_the_person(request: AccordRequest) -> HttpResponse:
    """At the window of one case, as if she had typed a code of her letter."""
    letter = letter_numbered(LETTER_OF_THE_DEMO)
    if letter is None:
        raise Http404
    open_session(request, letter)
    return HttpResponseRedirect(resolve_url("window:today"))


def _persona(typed: str) -> User:
    try:
        found = accounts.persona(UUID(typed))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _groups() -> list[tuple[Institution, list[Persona]]]:
    """The people by the institution for which they act first, in the order of the alphabet."""
    users = {user.pk: user for user in accounts.personas()}
    held: dict[UUID, list[Membership]] = {}
    for membership in memberships_among(users):
        held.setdefault(membership.user_id, []).append(membership)
    groups: dict[UUID, tuple[Institution, list[Persona]]] = {}
    for key, memberships in held.items():
        institution = memberships[0].institution
        _, people = groups.setdefault(institution.pk, (institution, []))
        people.append(Persona(users[key], tuple(memberships)))
    return sorted(groups.values(), key=lambda group: group[0].name)
