"""Whose meetings a list shows, and from which week on."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import today

WHOSE = [("", _("Les miennes")), ("institution", _("Celles de mon institution"))]


def week_from(query: QueryDict) -> date:
    """The day of the address; today when there is none, or one that is none."""
    try:
        return date.fromisoformat(query.get("du", ""))
    except ValueError:
        return today()


def only_mine(query: QueryDict) -> bool:
    """Whether one looks at one’s own meetings, rather than those of the whole institution."""
    return query.get("qui", "") != "institution"
