"""What every screen of the authorisation begins and ends with."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accord.casework.cases.views.answering import back_to, case_or_404, demand
from accord.casework.consents.models import Consent
from accord.casework.consents.selectors import consent_for
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest

__all__ = ["case_or_404", "case_url", "consent_or_404", "demand", "refuse", "status_of", "to_consent"]


def consent_or_404(request: AccordRequest, consent_id: UUID) -> Consent:
    """The authorisation, or 404 when the actor may not know of its case."""
    try:
        return consent_for(request.actor, consent_id)
    except Consent.DoesNotExist:
        raise Http404 from None


def refuse(form: forms.Form, refused: Refused, **renamed: str) -> None:
    """Put the sentence of a refused verb beside the field that it concerns."""
    name = renamed.get(refused.field or "", refused.field)
    form.add_error(name if name in form.fields else None, refused.sentence)


def status_of(form: forms.Form) -> int:
    """422 when a form comes back with its faults."""
    return 422 if form.is_bound and form.errors else 200


def case_url(case_id: UUID) -> str:
    """The authorisation on the page of the case."""
    return back_to(case_id, "autorisation")


def to_consent(consent: Consent) -> HttpResponse:
    """The page of the authorisation."""
    return HttpResponseRedirect(reverse("consents:show", args=[consent.pk]))
