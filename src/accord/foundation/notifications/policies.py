"""A message is for her to whom it is addressed."""

from __future__ import annotations

from django.db.models import Q

from accord.foundation.accounts.policies import anyone, signed_in
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no

__all__ = ["anyone", "can_read", "signed_in", "visible_to"]


def can_read(actor: Actor, notification: Notification) -> Decision:
    """Only she to whom it is addressed."""
    return YES if actor.user_id and notification.user_id == actor.user_id else no("")


def visible_to(actor: Actor) -> Q:
    """One's own messages; the same as `can_read`."""
    return Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
