"""How a form of this app is tried, comes back with its faults, or leads on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest
from accord.purchasing.providers.models import Offer, Provider
from accord.purchasing.providers.selectors import offer_for, provider_for


def provider_or_404(request: AccordRequest, provider_id: UUID) -> Provider:
    """The provider, or 404 when the actor may not know of it."""
    try:
        return provider_for(request.actor, provider_id)
    except Provider.DoesNotExist:
        raise Http404 from None


def offer_or_404(request: AccordRequest, offer_id: UUID) -> Offer:
    """The offer, or 404 when it was made to another office."""
    try:
        return offer_for(request.actor, offer_id)
    except Offer.DoesNotExist:
        raise Http404 from None


def demand(decision: Decision) -> None:
    """403 with the sentence of the policy, unless it says yes."""
    if not decision:
        raise PermissionDenied(decision.sentence)


def refuse(form: forms.BaseForm, refused: Refused) -> None:
    """Put the sentence of a refused verb beside the field that it concerns."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def answer(
    request: AccordRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    template: str,
    back: str,
    done: str,
    **context: object,
) -> HttpResponse:
    """Show the form; when it is sent, do the act and lead on, or give it back with its faults (422)."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(back)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, "back": back, **context}, status=status)


def act_once(request: AccordRequest, act: Callable[[], object], *, back: str, done: str) -> HttpResponse:
    """Do an act of one click and lead back with what became of it."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)
