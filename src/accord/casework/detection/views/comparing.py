"""When a colleague was faster: what was typed stands beside what is saved now."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from accord.casework.detection.forms import VersionedForm
from accord.casework.detection.models import Detection, Notice
from accord.kernel.http import AccordRequest


def both_versions(
    request: AccordRequest, form: VersionedForm, current: Detection | Notice, back: str
) -> HttpResponse:
    """Each field of the form with both versions; its fields are called as those of the record."""
    context = {
        "fields": [_compared(form, name, current) for name in form.fields if name != "version"],
        "who": current.owner.short_name,
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "back": back,
    }
    return render(request, "web/conflict.html", context, status=409)


def _compared(form: VersionedForm, name: str, current: Detection | Notice) -> dict[str, object]:
    field, mine, theirs = form.fields[name], form.cleaned_data[name], getattr(current, name)
    choices = list(field.choices) if isinstance(field, forms.ChoiceField) else []  # type: ignore[arg-type]
    return {
        "label": field.label,
        "name": name,
        "mine": _said(mine),
        "theirs": dict(choices).get(theirs, "") if choices else _said(theirs),
        "theirs_value": _said(theirs),
        "choices": choices,
        "changed": mine != theirs,
    }


def _said(value: object) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")
