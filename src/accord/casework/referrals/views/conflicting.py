"""Somebody saved the same announcement in between: both versions, field by field."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.referrals.forms import ReferralForm, initial_of
from accord.casework.referrals.models import Referral
from accord.kernel.http import AccordRequest


def conflict(request: AccordRequest, current: Referral, filled: ReferralForm) -> HttpResponse:
    """The page that shows both versions; what is chosen there is saved over the present one."""
    theirs = initial_of(current)
    context = {
        "fields": [
            _both(name, field, filled, theirs.get(name))
            for name, field in filled.fields.items()
            if name != "version" and not isinstance(field, forms.FileField)
        ],
        "hidden": [],
        "who": "",
        "at": current.updated_at,
        "action": reverse("referrals:form", args=[current.pk]),
        "version": current.version,
        "back": reverse("referrals:form", args=[current.pk]),
    }
    return render(request, "web/conflict.html", context, status=409)


def _both(name: str, field: forms.Field, filled: ReferralForm, theirs: Any) -> dict[str, Any]:
    mine, words = filled.kept.get(name), _words(field)
    both = {"label": field.label, "name": name, "changed": _compared(mine) != _compared(theirs)}
    if isinstance(field, forms.MultipleChoiceField):
        joined = [
            ",".join(keys) for keys in (mine or [], theirs or [], sorted({*(mine or []), *(theirs or [])}))
        ]
        options = {value: ", ".join(words[key] for key in value.split(",") if key) or "–" for value in joined}
        return both | {
            "mine": joined[0],
            "theirs": options[joined[1]],
            "theirs_value": joined[1],
            "choices": list(options.items()),
        }
    if words:
        return both | {
            "mine": _typed(mine),
            "theirs": words.get(_typed(theirs), ""),
            "theirs_value": _typed(theirs),
            "choices": list(words.items()),
        }
    shown = _as_typed(field, theirs)
    return both | {"mine": _as_typed(field, mine), "theirs": shown, "theirs_value": shown}


def _compared(value: Any) -> Any:
    """What is empty is the same, whichever way it is empty; zero is not empty."""
    return None if value is False or value in ("", []) else value


def _words(field: forms.Field) -> dict[str, str]:
    if isinstance(field, forms.BooleanField):
        return {"": _("Non"), "on": _("Oui")}
    if isinstance(field, forms.ChoiceField):
        return {str(value): str(word) for value, word in cast(list[tuple[object, object]], field.choices)}
    return {}


def _typed(value: Any) -> str:
    return "on" if value is True else str(value or "")


def _as_typed(field: forms.Field, value: Any) -> Any:
    if isinstance(field, forms.MultipleChoiceField | forms.BooleanField):
        return value
    if value is None:
        return ""
    return field.widget.format_value(value) or ""
