"""What every screen of a convention begins and ends with."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest
from accord.network.agreements.models import Agreement
from accord.network.agreements.selectors import agreement_for


def agreement_or_404(request: AccordRequest, agreement_id: UUID) -> Agreement:
    """The convention, or 404 when the actor may not know of it."""
    try:
        return agreement_for(request.actor, agreement_id)
    except Agreement.DoesNotExist:
        raise Http404 from None


def demand(decision: Decision) -> None:
    """403 with the sentence of the policy, unless it says yes."""
    if not decision:
        raise PermissionDenied(decision.sentence)


def refuse(form: forms.Form, refused: Refused, **renamed: str) -> None:
    """Put the sentence of a refused verb beside the field that it concerns."""
    name = renamed.get(refused.field or "", refused.field)
    form.add_error(name if name in form.fields else None, refused.sentence)


def status_of(*forms_sent: forms.Form) -> int:
    """422 when a form comes back with its faults."""
    return 422 if any(form.is_bound and form.errors for form in forms_sent) else 200


def to_agreement(agreement_id: UUID) -> HttpResponse:
    """The page of the convention."""
    return HttpResponseRedirect(reverse("agreements:show", args=[agreement_id]))
