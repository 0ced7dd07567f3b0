"""Look at an authorisation, and print its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import circles_of, disclosures_in, disclosures_of, person_of
from accord.casework.cases.services import read_case
from accord.casework.consents.models import Consent
from accord.casework.consents.panels import circle_words, compose_url, granted_by, grid_words, history_of
from accord.casework.consents.policies import can_abandon, can_end, can_prepare, can_sign
from accord.casework.consents.rules import drawing
from accord.casework.consents.selectors import Grid, grid_of, people_of, programme_of, read_aloud
from accord.casework.consents.services import print_form
from accord.casework.consents.views.finding import case_url, consent_or_404
from accord.foundation.documents.policies import can_read
from accord.foundation.documents.views import serve_download
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="look at an authorisation", methods=("GET",))
def show(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """The authorisation: the sentence, the grid, the evidence, and what can be done with it."""
    consent = consent_or_404(request, consent_id)
    actor, case = request.actor, consent.case
    programme = programme_of(consent)
    grid = grid_shown(actor, consent)
    read_case(by=actor, case=case, what="consent")
    context = {
        "consent": consent,
        "case": case,
        "circle": circle_words(circles_of(actor, case), programme),
        "compose_url": compose_url(case, programme),
        "grid": grid_words(grid, caption=_("Ce que chaque institution peut voir")),
        "history": history_of(consent, programme),
        "signature": _signature(consent),
        "may_see_evidence": consent.evidence is not None and can_read(actor, consent.evidence),
        "may_sign": can_sign(actor, consent),
        "may_abandon": can_abandon(actor, consent),
        "may_end": can_end(actor, consent),
        "may_renew": can_prepare(actor, case),
        "case_url": case_url(case.pk),
    }
    return render(request, "consents/show.html", context | reading_of(actor, consent, grid))


@screen(works_on_cases, purpose="print an authorisation", methods=("GET",))
def form_pdf(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """The form to sign, or as it was signed; its name says nothing about the person."""
    consent = consent_or_404(request, consent_id)
    response = HttpResponse(print_form(by=request.actor, consent=consent), content_type="application/pdf")
    name = f"autorisation-{consent.case.number.lower()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@screen(works_on_cases, purpose="look at a signed authorisation", methods=("GET",))
def evidence(request: AccordRequest, consent_id: UUID) -> HttpResponseBase:
    """The scan of the signed sheet, for the institution that recorded it."""
    consent = consent_or_404(request, consent_id)
    if consent.evidence is None or not can_read(request.actor, consent.evidence):
        raise Http404
    read_case(by=request.actor, case=consent.case, what="signed consent")
    return serve_download(consent.evidence)


def grid_shown(actor: Actor, consent: Consent) -> Grid:
    """The grid of the institutions that the authorisation names or named."""
    programme = programme_of(consent)
    granted = granted_by(consent)
    institutions = {grant.recipient_id: grant.recipient for grant in consent.grants.all()}
    named = [institution for key, institution in institutions.items() if key in granted]
    disclosures = disclosures_in(consent.case, programme.slug, disclosures_of(actor, consent.case))
    return grid_of(programme, named, granted, disclosures, people_of(actor, consent.case))


def reading_of(actor: Actor, consent: Consent, grid: Grid) -> dict[str, Any]:
    """The sentence of a prepared or signed authorisation."""
    person = person_of(actor, consent.case)
    return {
        "language": consent.text.language,
        "reading": read_aloud(
            grid,
            language=consent.text.language,
            person=person.name if person else "",
            purpose=consent.purpose,
            is_recurring=consent.is_recurring,
            since=consent.valid_from,
            until=consent.valid_until,
        ),
    }


def _signature(consent: Consent) -> str:
    strokes = (consent.signature or {}).get("strokes")
    return mark_safe(drawing(strokes)) if strokes else ""  # noqa: S308 only numbers
