"""Act in an emergency, end it, look back at it, and the letter to the person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.emergencies import selectors
from accord.casework.emergencies.forms import PleaForm, ReviewForm
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import (
    can_end,
    can_review,
    can_write_letter,
    looks_at_accesses,
    protects_data,
    works_on_cases,
)
from accord.casework.emergencies.services import break_glass, end_access, print_letter, review_access
from accord.foundation.journal.services import record_read
from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest, screen


@screen(works_on_cases, purpose="act in an emergency")
def opening(request: AccordRequest) -> HttpResponse:
    """Say which case, why, what and how long; then read what will happen, and confirm."""
    form = PleaForm(
        request.POST or None,
        kinds=selectors.category_words(),
        longest=selectors.longest_hours(),
    )
    if form.is_bound and form.is_valid():
        if request.POST.get("confirmed") != "yes":
            return render(request, "emergencies/confirm.html", _to_confirm(form, request.POST))
        try:
            opened = break_glass(by=request.actor, plea=form.plea())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("web:case", args=[opened.case_id]))
    context = {"form": form, "running": selectors.running_for(request.actor)}
    return render(request, "emergencies/opening.html", context, status=422 if form.is_bound else 200)


def _to_confirm(form: PleaForm, posted: QueryDict) -> dict[str, object]:
    plea = form.plea()
    typed = [(name, value) for name in form.fields for value in posted.getlist(name)]
    return {
        "form": form,
        "typed": typed,
        "plea": plea,
        "reason": dict(form.fields["reason"].choices)[plea.reason],  # type: ignore[attr-defined]
        "kinds": selectors.labels_of(plea.categories),
    }


@screen(protects_data, purpose="review an emergency access", methods=("GET",))
def reviews(request: AccordRequest) -> HttpResponse:
    """The officer's list: what waits for a review and until when, and what was found so far."""
    page = selectors.accesses_page(
        request.actor,
        shown=request.GET.get("etat", ""),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    record_read(by=request.actor, subject_kind="emergency list", cases=[row.case_id for row in page.rows])
    counted = selectors.tallies(request.actor)
    context = {
        "page": page,
        "choices": [("", _("à revoir")), ("reviewed", _("revus")), ("all", _("tous"))],
        "tallies": counted,
        "total": sum(one.all for one in counted),
        "most": max((one.all for one in counted), default=0),
    }
    return render(request, "emergencies/reviews.html", context)


@screen(looks_at_accesses, purpose="look at an emergency access", methods=("GET",))
def access(request: AccordRequest, access_id: UUID) -> HttpResponse:
    """One access: who, why, what, until when, the review, and what one may do."""
    found = _access_or_404(request, access_id)
    record_read(
        by=request.actor,
        subject_kind="emergency",
        subject_id=found.pk,
        subject_label=found.case_number,
        cases=[found.case_id],
    )
    context = {
        "access": found,
        "kinds": selectors.labels_of(found.categories),
        "may_end": can_end(request.actor, found),
        "may_review": can_review(request.actor, found),
        "may_write_letter": can_write_letter(request.actor, found),
        "may_open": bool(works_on_cases(request.actor)) and found.runs,
        "is_officer": bool(protects_data(request.actor)),
    }
    return render(request, "emergencies/access.html", context)


@screen(works_on_cases, purpose="end an emergency access", methods=("POST",))
def ending(request: AccordRequest, access_id: UUID) -> HttpResponse:
    """Close the case again before the time."""
    found = _access_or_404(request, access_id)
    try:
        end_access(by=request.actor, access_id=found.pk)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("L’accès en urgence est terminé."))
    return HttpResponseRedirect(reverse("emergencies:access", args=[found.pk]))


@screen(looks_at_accesses, purpose="review an emergency access")
def review(request: AccordRequest, access_id: UUID) -> HttpResponse:
    """Say whether the access was justified."""
    found = _access_or_404(request, access_id)
    _demand(can_review(request.actor, found))
    form = ReviewForm(request.POST or None)
    back = reverse("emergencies:access", args=[found.pk])
    if form.is_bound and form.is_valid():
        try:
            review_access(by=request.actor, access_id=found.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("La revue est enregistrée."))
            return HttpResponseRedirect(back)
    context = {
        "form": form,
        "access": found,
        "kinds": selectors.labels_of(found.categories),
        "back": back,
    }
    return render(request, "emergencies/review.html", context, status=422 if form.is_bound else 200)


@screen(works_on_cases, purpose="tell the person of an emergency access", methods=("GET",))
def letter(request: AccordRequest, access_id: UUID) -> HttpResponse:
    """The letter to the person, for the lead to send; its name says nothing about her."""
    found = _access_or_404(request, access_id)
    _demand(can_write_letter(request.actor, found))
    try:
        pdf = print_letter(by=request.actor, access=found)
    except Refused as refusal:
        raise PermissionDenied(refusal.sentence) from None
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"lettre-urgence-{found.case_number.lower()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _access_or_404(request: AccordRequest, access_id: UUID) -> EmergencyAccess:
    try:
        return selectors.access_for(request.actor, access_id)
    except EmergencyAccess.DoesNotExist:
        raise Http404 from None


def _demand(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.sentence)
