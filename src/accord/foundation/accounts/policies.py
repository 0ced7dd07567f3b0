"""Who may come in, and how."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no


def anyone(actor: Actor) -> Decision:
    """Open to everybody, signed in or not."""
    return YES


def signed_in(actor: Actor) -> Decision:
    """Open to every colleague who is signed in."""
    return YES if actor.user_id else no(_("Connectez-vous pour continuer."))


class NoSelfSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody enrols herself: the administrator of an institution appoints her colleagues."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
