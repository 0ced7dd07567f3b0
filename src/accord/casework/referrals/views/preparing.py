"""Begin an announcement, fill in its form, send it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import case_for, person_of
from accord.casework.cases.services import read_case
from accord.casework.referrals.forms import ReferralForm, StartForm
from accord.casework.referrals.models import Referral
from accord.casework.referrals.panels import absences_panel, region_in_words
from accord.casework.referrals.policies import can_send, can_write
from accord.casework.referrals.rules import missing_documents
from accord.casework.referrals.selectors import (
    desks_for,
    own_person,
    persons_to_announce,
    programmes_for,
    running_cases_of,
)
from accord.casework.referrals.services import (
    Incomplete,
    attach_document,
    save_draft,
    send_referral,
    start_referral,
)
from accord.casework.referrals.views.conflicting import conflict
from accord.casework.referrals.views.loading import load
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import Programme
from accord.people.persons.models import Person


@screen(works_on_cases, purpose="announce a case")
def start(request: AccordRequest) -> HttpResponse:
    """Choose about whom and under which programme; a running case of the same person is named first."""
    actor = request.actor
    programmes = programmes_for(actor)
    persons = _persons(request)
    asked = request.POST if request.method == "POST" and "search" not in request.POST else None
    initial = {"person": str(persons[0].pk)} if request.GET.get("person") else request.POST.dict()
    form = StartForm(asked, programmes=programmes, persons=persons, initial=initial)
    duplicates = []
    if form.is_valid():
        person = own_person(actor, form.cleaned_data["person"])
        slug = form.cleaned_data["programme"]
        duplicates = running_cases_of(actor, person, slug)
        if not duplicates or form.cleaned_data["confirmed"]:
            referral = start_referral(
                by=actor, programme_slug=slug, person=person, region=form.cleaned_data.get("region", "")
            )
            return HttpResponseRedirect(reverse("referrals:form", args=[referral.pk]))
    context = {
        "form": form,
        "duplicates": duplicates,
        "searched": request.POST.get("text", ""),
        "has_persons": bool(persons),
        "has_programmes": bool(programmes),
    }
    return render(request, "referrals/start.html", context, status=422 if form.errors or duplicates else 200)


def _persons(request: AccordRequest) -> list[Person]:
    """Whom the page offers: the person of the address, those searched for, and the one already chosen."""
    wanted = request.GET.get("person") or request.POST.get("person") or ""
    try:
        chosen = [own_person(request.actor, UUID(wanted))] if wanted else []
    except (ValueError, Person.DoesNotExist) as unknown:
        if request.method == "GET":
            raise Http404 from unknown
        chosen = []
    if request.GET.get("person") and chosen:
        return chosen
    found = persons_to_announce(request.actor, request.POST.get("text", "")[:200])
    return chosen + [person for person in found if person not in chosen]


@screen(works_on_cases, purpose="prepare an announcement")
def form(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The form of the announcement; it keeps what was typed, complete or not."""
    actor = request.actor
    referral, programme = load(actor, referral_id)
    if not can_write(actor, referral):
        if request.method == "POST":
            raise PermissionDenied(can_write(actor, referral).sentence)
        return HttpResponseRedirect(reverse("referrals:show", args=[referral_id]))
    if request.method == "GET":
        read_case(by=actor, case=referral.case, what="referral")
        return _page(request, referral, programme, _form(referral, programme))
    filled = _form(referral, programme, request.POST, request.FILES)
    if "by_itself" in request.POST:
        return _keep_by_itself(request, referral, filled)
    if not filled.is_valid():
        return _page(request, referral, programme, filled)
    _attach(request, referral, filled)
    try:
        _keep(request, referral, filled)
    except Stale as stale:
        return conflict(request, stale.current, filled)
    except Incomplete as incomplete:
        filled.show_missing(incomplete.missing)
    except Refused as refused:
        filled.show_refusal(refused)
    if filled.errors:
        return _page(request, _fresh(actor, referral), programme, filled)
    messages.success(request, _("Brouillon enregistré."))
    return HttpResponseRedirect(reverse("referrals:form", args=[referral_id]))


@screen(works_on_cases, purpose="send an announcement", methods=("POST",))
def sending(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """Keep the form, then send it to the desk; what is missing stands beside each field."""
    actor = request.actor
    referral, programme = load(actor, referral_id)
    if not can_write(actor, referral):
        return HttpResponseRedirect(reverse("referrals:show", args=[referral_id]))
    filled = _form(referral, programme, request.POST, request.FILES)
    if not filled.is_valid():
        return _page(request, referral, programme, filled)
    chosen_desk = filled.cleaned_data["desk"]
    _attach(request, referral, filled)
    try:
        _keep(request, referral, filled)
        if not filled.errors:
            send_referral(by=actor, referral_id=referral_id)
    except Stale as stale:
        return conflict(request, stale.current, filled)
    except Incomplete as incomplete:
        filled.show_missing(incomplete.missing)
    except Refused as refused:
        filled.show_refusal(refused)
        blocked = refused.field == "desk" and chosen_desk is not None
        return _page(request, _fresh(actor, referral), programme, filled, needs_authorisation=blocked)
    if filled.errors:
        return _page(request, _fresh(actor, referral), programme, filled)
    messages.success(request, _("L’annonce est envoyée."))
    return HttpResponseRedirect(reverse("referrals:show", args=[referral_id]))


def _form(referral: Referral, programme: Programme, *posted: Any) -> ReferralForm:
    return ReferralForm(*posted, programme=programme, referral=referral, desks=desks_for(programme))


def _fresh(actor: Actor, referral: Referral) -> Referral:
    return load(actor, referral.pk)[0]


def _page_key(request: AccordRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


def _attach(request: AccordRequest, referral: Referral, filled: ReferralForm) -> None:
    for key, upload in filled.uploads():
        try:
            attach_document(by=request.actor, referral_id=referral.pk, key=key, upload=upload)
        except Refused as refused:
            filled.show_refusal(refused)


def _keep(
    request: AccordRequest, referral: Referral, filled: ReferralForm, by_itself: bool = False
) -> Referral:
    return save_draft(
        by=request.actor,
        referral_id=referral.pk,
        version=filled.kept["version"] or 0,
        page=_page_key(request),
        by_itself=by_itself,
        **filled.draft(),
    )


def _keep_by_itself(request: AccordRequest, referral: Referral, filled: ReferralForm) -> HttpResponse:
    """What the page saves while one types: an answer of one line, read aloud by a live region."""
    context: dict[str, Any] = {"at": now()}
    wrong = [field.label for field in filled if field.errors and not field.is_hidden]
    if wrong:
        context["wrong"] = wrong
    else:
        try:
            context["version"] = _keep(request, referral, filled, by_itself=True).version
        except Stale:
            context["is_stale"] = True
        except Refused as refused:
            context["refused"] = refused.sentence
    return render(request, "referrals/kept.html", context)


def _page(
    request: AccordRequest,
    referral: Referral,
    programme: Programme,
    filled: ReferralForm,
    *,
    needs_authorisation: bool = False,
) -> HttpResponse:
    case = case_for(request.actor, referral.case_id)
    page = _page_key(request)
    if filled.is_bound and page is not None and referral.saved_from == page:
        filled.stands_at(referral.version)
    person = person_of(request.actor, case)
    context = {
        "form": filled,
        "referral": referral,
        "case": case,
        "person": person,
        "absences": absences_panel(request.actor, referral, programme, person),
        "programme_label": programme.label.in_(filled.language),
        "region_label": region_in_words(programme, case.region),
        "still_missing": [
            document.label.in_(filled.language)
            for document in programme.documents
            if document.key in missing_documents(programme, referral.documents)
        ],
        "sections": sections_of(filled),
        "needs_authorisation": needs_authorisation,
        "may_send": bool(can_send(request.actor, referral)),
        "keeps_by_itself": referral.sent_at is None,
    }
    return render(request, "referrals/form.html", context, status=422 if filled.errors else 200)


def sections_of(filled: ReferralForm) -> dict[str, list[Any]]:
    """The fields of the form under the headings of the page."""

    def starting(prefix: str) -> list[Any]:
        return [filled[name] for name in filled.fields if name.startswith(prefix)]

    return {
        "criteria": starting("criterion_"),
        "answers": starting("answer_"),
        "documents": starting("document_"),
        "announcer": [filled[n] for n in ("announcer_kind", "insured_informed_on") if n in filled.fields],
    }
