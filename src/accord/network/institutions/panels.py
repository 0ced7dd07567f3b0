"""Fragments of institution pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accord.network.institutions.forms import InstitutionForm
from accord.network.institutions.models import Institution


def conflicting_fields(form: InstitutionForm, current: Institution) -> dict[str, Any]:
    """What one wrote beside what somebody else saved in between."""
    fields = []
    for name in form.Meta.fields:
        mine, theirs = form.cleaned_data[name], getattr(current, name)
        choices = _choices(name, mine)
        written, theirs_written = _as_sent(mine), _as_sent(theirs)
        fields.append(
            {
                "label": form.fields[name].label,
                "name": name,
                "choices": choices,
                "mine": written,
                "theirs": dict(choices).get(theirs_written, theirs_written),
                "theirs_value": theirs_written,
                "changed": mine != theirs,
            }
        )
    return {"fields": fields, "version": current.version}


def _choices(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, bool):
        return [("on", _("oui")), ("", _("non"))]
    return list(settings.LANGUAGES) if name == "language" else []


def _as_sent(value: object) -> str:
    """As a form field sends it."""
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)
