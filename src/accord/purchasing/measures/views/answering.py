"""How the screens of measures answer: find it or 404, act or show the form again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest
from accord.kernel.states import ForbiddenTransition

Found = TypeVar("Found", bound=Model)


def found_or_404(find: Callable[[Actor, UUID], Found], actor: Actor, key: UUID) -> Found:
    """The thing; what one may not know of looks like what does not exist."""
    try:
        return find(actor, key)
    except ObjectDoesNotExist:
        raise Http404 from None


def demand(decision: Decision) -> None:
    """Show the policy's sentence (403) unless the answer is yes."""
    if not decision:
        raise PermissionDenied(decision.sentence)


def answer(
    request: AccordRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    back: str,
    back_label: str,
    lead: str = "",
    done: str = "",
    **more: object,
) -> HttpResponse:
    """Act when the form is right and lead on; otherwise show it with what was typed and why not.

    An act that returns an address leads there, any other leads back.
    """
    if form.is_bound and form.is_valid():
        try:
            went = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            more |= {"bad_lines": getattr(refusal, "lines", ())}
        except ForbiddenTransition:
            form.add_error(None, _("Ceci a changé entre-temps ; regardez encore une fois."))
        else:
            if done:
                messages.success(request, done)
            return HttpResponseRedirect(went if isinstance(went, str) else back)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "back_label": back_label,
        "lead_text": lead,
        **more,
    }
    return render(request, "measures/form.html", context, status=422 if form.is_bound else 200)
