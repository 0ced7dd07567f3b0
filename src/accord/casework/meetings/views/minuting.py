"""Note who came; write, sign and amend the minutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.policies import can_work_on
from accord.casework.cases.views.answering import act_once, answer_form, demand
from accord.casework.meetings.enums import SECTION_WORDS
from accord.casework.meetings.forms import AttendanceForm, MinutesForm
from accord.casework.meetings.models import Meeting, Minutes
from accord.casework.meetings.policies import can_draft_minutes, can_hold
from accord.casework.meetings.selectors import minutes_for, seats_of
from accord.casework.meetings.services import (
    amend_minutes,
    hold_meeting,
    read_meeting,
    sign_minutes,
    write_minutes,
)
from accord.casework.meetings.services.minuting import may_share
from accord.casework.meetings.views.finding import found_or_404, meeting_or_404, page_of
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="note who came")
def attendance(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """Note who was there; the meeting is then held."""
    meeting = meeting_or_404(request, meeting_id)
    demand(can_hold(request.actor, meeting))
    seats = list(seats_of(request.actor, meeting))
    form = AttendanceForm(
        request.POST or None,
        seats=seats,
        person_expected=meeting.person_present,
        initial={"attended": [str(seat.pk) for seat in seats if seat.answer != "declined"]},
    )
    return answer_form(
        request,
        meeting.case,
        form,
        lambda data: hold_meeting(
            by=request.actor,
            meeting_id=meeting.pk,
            attended=[UUID(key) for key in data["attended"]],
            person_came=data.get("person_came", False),
        ),
        title=_("Noter les présences"),
        button=_("La rencontre a eu lieu"),
        back=page_of(meeting),
        done=_("Les présences sont notées."),
    )


@screen(works_on_cases, purpose="write minutes")
def minutes_new(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """Begin minutes; what is typed is kept by itself."""
    meeting = meeting_or_404(request, meeting_id)
    demand(can_draft_minutes(request.actor, meeting))
    return _write(request, meeting, None)


@screen(works_on_cases, purpose="write minutes")
def minutes_draft(request: AccordRequest, minutes_id: UUID) -> HttpResponse:
    """Go on with a draft of one’s institution; signed minutes are read on the page of the meeting."""
    minutes = found_or_404(request, minutes_for, minutes_id)
    if minutes.state != "draft" or minutes.owner_id != request.actor.institution_id:
        return HttpResponseRedirect(page_of(minutes.meeting, "proces-verbal"))
    demand(can_draft_minutes(request.actor, minutes.meeting))
    return _write(request, minutes.meeting, minutes)


def _write(request: AccordRequest, meeting: Meeting, draft: Minutes | None) -> HttpResponse:
    form = _form(request, meeting, draft)
    if not form.is_bound:
        read_meeting(by=request.actor, meeting=meeting, what="minutes")
        return _page(request, meeting, draft, form)
    by_itself = "by_itself" in request.POST
    if not form.is_valid():
        return _kept(request, wrong=form) if by_itself else _page(request, meeting, draft, form)
    try:
        kept = _keep(request, meeting, draft, form, by_itself)
    except Stale as stale:
        return _kept(request, is_stale=True) if by_itself else _conflict(request, form, stale.current)
    except Refused as refusal:
        if by_itself:
            return _kept(request, refused=refusal.sentence)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return _page(request, meeting, draft, form)
    if by_itself:
        return _kept(request, version=kept.version, warning=_why_not(request, kept))
    if warning := _why_not(request, kept):
        messages.warning(request, warning)
    messages.success(request, _("Le brouillon est gardé."))
    return HttpResponseRedirect(page_of(meeting, "proces-verbal"))


def _form(request: AccordRequest, meeting: Meeting, draft: Minutes | None) -> MinutesForm:
    initial: dict[str, Any] = {"version": 0}
    if draft is not None:
        initial = {
            **{key: draft.sections.get(key, "") for key in SECTION_WORDS},
            "category": draft.category,
            "audience": draft.addressed_to,
            "version": draft.version,
        }
    programme = programme_for(meeting.case.programme, meeting.case.programme_version)
    return MinutesForm(request.POST or None, programme=programme, initial=initial)


def _keep(
    request: AccordRequest, meeting: Meeting, draft: Minutes | None, form: MinutesForm, by_itself: bool
) -> Minutes:
    return write_minutes(
        by=request.actor,
        meeting_id=meeting.pk,
        minutes_id=draft.pk if draft else None,
        version=form.cleaned_data["version"] or 0,
        sections=form.sections(),
        category=form.cleaned_data["category"],
        audience=form.cleaned_data["audience"],
        page=_page_key(request),
        by_itself=by_itself,
    )


def _page_key(request: AccordRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


def _why_not(request: AccordRequest, kept: Minutes) -> str:
    """What stands between this draft and the others, although its text is kept."""
    if not (decision := can_work_on(request.actor, kept.case)):
        return _("%(sentence)s Votre texte est gardé comme brouillon de votre institution.") % {
            "sentence": decision.sentence
        }
    if kept.addressed_to != "own" and not may_share(request.actor, kept):
        return _(
            "L’autorisation de la personne ne couvre plus ces données pour votre institution :"
            " le texte est gardé comme brouillon, il ne peut pas être communiqué."
        )
    return ""


def _kept(
    request: AccordRequest,
    *,
    wrong: MinutesForm | None = None,
    is_stale: bool = False,
    refused: str = "",
    version: int = 0,
    warning: str = "",
) -> HttpResponse:
    """What the page saves while one types: an answer of one line, read aloud by a live region."""
    context = {
        "at": now(),
        "wrong": [field.label for field in wrong if field.errors] if wrong else [],
        "is_stale": is_stale,
        "refused": refused,
        "version": version,
        "warning": warning,
    }
    return render(request, "meetings/kept.html", context)


def _page(request: AccordRequest, meeting: Meeting, draft: Minutes | None, form: MinutesForm) -> HttpResponse:
    context = {
        "meeting": meeting,
        "case": meeting.case,
        "form": form,
        "sections": [form[key] for key in SECTION_WORDS],
        "draft": draft,
        "back": page_of(meeting, "proces-verbal"),
        "save_url": request.path,
    }
    return render(request, "meetings/minutes.html", context, status=422 if form.errors else 200)


def _conflict(request: AccordRequest, form: MinutesForm, current: Minutes) -> HttpResponse:
    mine = form.sections()
    fields = [
        {
            "label": word,
            "name": key,
            "mine": mine[key],
            "theirs": current.sections.get(key, ""),
            "changed": mine[key] != current.sections.get(key, ""),
        }
        for key, word in SECTION_WORDS.items()
    ]
    context = {
        "fields": fields,
        "who": current.owner.short_name,
        "at": current.updated_at,
        "action": reverse("meetings:minutes-draft", args=[current.pk]),
        "version": current.version,
        "hidden": [(name, str(form.cleaned_data[name])) for name in ("category", "audience")],
        "back": page_of(current.meeting, "proces-verbal"),
    }
    return render(request, "web/conflict.html", context, status=409)


@screen(works_on_cases, purpose="sign minutes", methods=("POST",))
def minutes_signature(request: AccordRequest, minutes_id: UUID) -> HttpResponse:
    """Sign in the name of one’s institution what one has read."""
    minutes = found_or_404(request, minutes_for, minutes_id)
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise Http404
    back = page_of(minutes.meeting, "proces-verbal")
    try:
        return act_once(
            request,
            lambda: sign_minutes(by=request.actor, minutes_id=minutes.pk, version=int(version)),
            back=back,
            done=_("Le procès-verbal est signé."),
        )
    except Stale:
        messages.error(
            request, _("Une collègue a modifié ce brouillon entre-temps : relisez-le avant de signer.")
        )
        return HttpResponseRedirect(back)


@screen(works_on_cases, purpose="write minutes", methods=("POST",))
def minutes_amendment(request: AccordRequest, minutes_id: UUID) -> HttpResponse:
    """Prepare a new version; the signed one stays as it is."""
    minutes = found_or_404(request, minutes_for, minutes_id)
    try:
        draft = amend_minutes(by=request.actor, minutes_id=minutes.pk)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(page_of(minutes.meeting, "proces-verbal"))
    return HttpResponseRedirect(reverse("meetings:minutes-draft", args=[draft.pk]))
