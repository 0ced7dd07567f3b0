"""The person takes something back, or everything; or she did not sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case
from accord.casework.cases.selectors import case_for, disclosures_of
from accord.casework.cases.views.answering import act_once, back_to, case_or_404
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.forms import NarrowForm, RevokeForm, grants_from
from accord.casework.consents.models import Consent
from accord.casework.consents.panels import NARROW, grid_words
from accord.casework.consents.policies import can_end
from accord.casework.consents.selectors import programme_of
from accord.casework.consents.services import (
    abandon_consent,
    leave_second_circle,
    narrow_consent,
    revoke_consent,
)
from accord.casework.consents.views.finding import (
    case_url,
    consent_or_404,
    demand,
    refuse,
    status_of,
    to_consent,
)
from accord.casework.consents.views.showing import grid_shown
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="narrow an authorisation")
def narrow(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """Take ticks away; a colleague's restriction in between is shown, and one's own is kept."""
    consent = consent_or_404(request, consent_id)
    if consent.state != ConsentState.ACTIVE:
        return to_consent(consent)
    demand(can_end(request.actor, consent))
    form = _narrow_form(request, consent)
    meanwhile = False
    if request.method == "POST" and form.is_valid():
        programme = programme_of(consent)
        try:
            narrow_consent(
                by=request.actor,
                consent_id=consent.pk,
                grants=grants_from(form.cleaned_data["grants"], programme),
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            refuse(form, refused)
        except Stale:
            meanwhile = True
        else:
            messages.success(request, _("L’autorisation est restreinte dès maintenant."))
            return _after(request, consent)
    return _narrow_page(request, consent, form, meanwhile)


def _narrow_form(request: AccordRequest, consent: Consent) -> NarrowForm:
    """Ticks that a colleague has taken away meanwhile are not part of the grid any more."""
    grid = grid_shown(request.actor, consent)
    if request.method != "POST":
        return NarrowForm(initial={"version": consent.version}, grid=grid)
    sent = request.POST.copy()
    if sent.get("version", "") != str(consent.version):
        offered = {mark for mark, _words in NarrowForm(grid=grid).fields["grants"].choices}  # type: ignore[attr-defined]
        sent.setlist("grants", [mark for mark in sent.getlist("grants") if mark in offered])
    return NarrowForm(sent, grid=grid)


def _narrow_page(request: AccordRequest, consent: Consent, form: NarrowForm, meanwhile: bool) -> HttpResponse:
    ticked = set(form["grants"].value() or []) if form.is_bound else None
    context: dict[str, Any] = {
        "consent": consent,
        "form": form,
        "meanwhile": meanwhile,
        "grid": grid_words(
            grid_shown(request.actor, consent),
            caption=_("Décochez ce que la personne retire"),
            purpose=NARROW,
            ticked=ticked,
        ),
    }
    return render(request, "consents/narrow.html", context, status=409 if meanwhile else status_of(form))


@screen(works_on_cases, purpose="revoke an authorisation")
def revoke(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """What closes at once, what stays by which article; then it is done, without delay."""
    consent = consent_or_404(request, consent_id)
    if consent.state != ConsentState.ACTIVE:
        return to_consent(consent)
    demand(can_end(request.actor, consent))
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_consent(by=request.actor, consent_id=consent.pk, note=form.cleaned_data["note"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("L’autorisation est révoquée. Les accès sont fermés dès maintenant."))
            return _after(request, consent)
    disclosures = disclosures_of(request.actor, consent.case)
    context = {
        "consent": consent,
        "form": form,
        "closing": [row for row in grid_shown(request.actor, consent).rows if row.granted],
        "staying": [one for one in disclosures if one.basis == Basis.LAW and getattr(one, "runs", False)],
    }
    return render(request, "consents/revoke.html", context, status=status_of(form))


@screen(works_on_cases, purpose="abandon an authorisation", methods=("POST",))
def abandon(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """The person did not sign: the form is put aside."""
    consent = consent_or_404(request, consent_id)
    try:
        abandon_consent(by=request.actor, consent_id=consent.pk)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return to_consent(consent)
    messages.success(request, _("La demande d’autorisation est abandonnée."))
    return HttpResponseRedirect(case_url(consent.case_id))


@screen(works_on_cases, purpose="take a case out of a circle", methods=("POST",))
def second_circle_left(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The case leaves its second circle: what was authorised for it ends."""
    case = case_or_404(request, case_id)
    return act_once(
        request,
        lambda: leave_second_circle(by=request.actor, case_id=case.pk),
        back=back_to(case.pk, "institutions"),
        done=_("Le dossier est sorti du second cercle : ce que la personne y avait autorisé est fermé."),
    )


def _after(request: AccordRequest, consent: Consent) -> HttpResponse:
    """Back to the authorisation; or home, when the actor's institution no longer knows of the case."""
    try:
        case_for(request.actor, consent.case_id)
    except Case.DoesNotExist:
        return HttpResponseRedirect(reverse("web:home"))
    return to_consent(consent)
