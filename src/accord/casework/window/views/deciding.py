"""Take back, narrow, sign or decline: what follows is said first, and asked a second time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.casework.cases.selectors import disclosures_of
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.forms import NarrowForm, grants_from
from accord.casework.consents.models import Consent
from accord.casework.consents.panels import NARROW, grid_words
from accord.casework.window.forms import DeclineForm, SignForm
from accord.casework.window.selectors import own_grid, own_person
from accord.casework.window.selectors.chapters.authorised import reading_of
from accord.casework.window.services import decline as decline_consent
from accord.casework.window.services import keep_only, take_back
from accord.casework.window.services import sign as sign_consent
from accord.casework.window.views.shell import consent_or_404, page, window_screen
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest
from accord.network.programmes.selectors import programme_for

PURPOSE = "decide on own authorisation"


def _to_authorised() -> HttpResponse:
    return HttpResponseRedirect(reverse("window:authorised"))


@window_screen(purpose=PURPOSE)
def revoke(request: AccordRequest, consent_key: UUID) -> HttpResponse:
    """What closes, what stays; then « are you sure? »; then it is done."""
    consent = consent_or_404(request, consent_key)
    if consent.state != ConsentState.ACTIVE:
        return _to_authorised()
    is_asked = request.method == "POST"
    if is_asked and request.POST.get("sure") == "1":
        take_back(by=request.actor, consent_id=consent.pk)
        messages.success(request, _("C’est fait. Votre autorisation est retirée dès maintenant."))
        return _to_authorised()
    context = {
        "consent": consent,
        "sure": is_asked,
        "closing": [row.institution for row in own_grid(request.actor, consent).rows if row.granted],
        "staying": [
            one
            for one in disclosures_of(request.actor, consent.case)
            if one.basis == Basis.LAW and getattr(one, "runs", False)
        ],
    }
    return page(request, "window/revoke.html", context, here="authorised")


@window_screen(purpose=PURPOSE)
def narrow(request: AccordRequest, consent_key: UUID) -> HttpResponse:
    """Tick off; see what closes; then it is done. A change in between is shown, and nothing is lost."""
    consent = consent_or_404(request, consent_key)
    if consent.state != ConsentState.ACTIVE:
        return _to_authorised()
    form = _narrow_form(request, consent)
    context: dict[str, Any] = {"meanwhile": False, "closing": []}
    if request.method == "POST" and form.is_valid():
        kept = set(form.cleaned_data["grants"])
        context["closing"] = [words for mark, words in _choices(form) if mark not in kept]
        if request.POST.get("sure") == "1" or not context["closing"]:
            try:
                _keep(request, consent, form)
            except Refused as refused:
                form.add_error("grants", refused.sentence)
            except Stale:
                context["meanwhile"] = True
            else:
                messages.success(request, _("C’est fait. Ce que vous avez décoché est fermé dès maintenant."))
                return _to_authorised()
    return _narrow_page(request, consent, form, context)


def _keep(request: AccordRequest, consent: Consent, form: NarrowForm) -> None:
    programme = programme_for(consent.case.programme, consent.case.programme_version)
    keep_only(
        by=request.actor,
        consent_id=consent.pk,
        grants=grants_from(form.cleaned_data["grants"], programme),
        version=form.cleaned_data["version"],
    )


def _choices(form: NarrowForm) -> list[tuple[str, str]]:
    return [(str(mark), str(words)) for mark, words in form.fields["grants"].choices]  # type: ignore[attr-defined]


def _narrow_form(request: AccordRequest, consent: Consent) -> NarrowForm:
    """Ticks that were taken away meanwhile are not part of the grid any more."""
    grid = own_grid(request.actor, consent)
    if request.method != "POST":
        return NarrowForm(initial={"version": consent.version}, grid=grid)
    sent = request.POST.copy()
    offered = {mark for mark, _words in _choices(NarrowForm(grid=grid))}
    sent.setlist("grants", [mark for mark in sent.getlist("grants") if mark in offered])
    return NarrowForm(sent, grid=grid)


def _narrow_page(
    request: AccordRequest, consent: Consent, form: NarrowForm, context: dict[str, Any]
) -> HttpResponse:
    ticked = set(form["grants"].value() or []) if form.is_bound else None
    wrong = form.is_bound and bool(form.errors)
    context |= {
        "consent": consent,
        "form": form,
        "kept": sorted(ticked or ()),
        "asks": form.is_bound and not wrong and not context["meanwhile"],
        "grid": grid_words(
            own_grid(request.actor, consent),
            caption=_("Décochez ce que vous retirez"),
            purpose=NARROW,
            ticked=ticked,
        ),
    }
    status = 409 if context["meanwhile"] else 422 if wrong else 200
    return page(request, "window/narrow.html", context, here="authorised", status=status)


@window_screen(purpose=PURPOSE)
def sign(request: AccordRequest, consent_key: UUID) -> HttpResponse:
    """She reads the sentence and signs with a finger; or she says no."""
    consent = consent_or_404(request, consent_key)
    if consent.state != ConsentState.DRAFT:
        return _to_authorised()
    person = own_person(request.actor)
    form = SignForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            sign_consent(by=request.actor, consent_id=consent.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("Merci. Votre autorisation est valable dès maintenant."))
            return _to_authorised()
    context = {"consent": consent, "form": form, "reading": reading_of(request.actor, consent)}
    status = 422 if form.is_bound else 200
    return page(request, "window/sign.html", context, here="authorised", status=status)


@window_screen(purpose=PURPOSE)
def decline(request: AccordRequest, consent_key: UUID) -> HttpResponse:
    """She does not sign, with a word if she likes."""
    consent = consent_or_404(request, consent_key)
    if consent.state != ConsentState.DRAFT:
        return _to_authorised()
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_consent(by=request.actor, consent_id=consent.pk, word=form.cleaned_data["word"])
        messages.success(request, _("C’est noté. Rien de nouveau n’est autorisé."))
        return _to_authorised()
    status = 422 if form.is_bound and form.errors else 200
    return page(
        request, "window/decline.html", {"consent": consent, "form": form}, here="authorised", status=status
    )
