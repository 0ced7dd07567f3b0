"""What the shell of every page shows: on whose behalf one acts, and what is unread."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accord.foundation.notifications.selectors import unread_count
from accord.kernel.actors import NOBODY
from accord.network.institutions.policies import works_on_cases


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html."""
    actor = getattr(request, "actor", NOBODY)
    memberships = getattr(request, "memberships", [])
    user = getattr(request, "user", None)
    acting_for = next((m.institution for m in memberships if m.institution_id == actor.institution_id), None)
    return {
        "actor": actor if actor.user_id else None,
        "works": bool(works_on_cases(actor)),
        "acting_for": acting_for,
        "memberships": memberships,
        "unread_count": cache(lambda: unread_count(actor)) if actor.user_id else 0,
        "is_demo": settings.ACCORD_MODE == "demo",
        "theme": getattr(user, "theme", "auto"),
    }
