"""Call a meeting, move it, cancel it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import sight_of
from accord.casework.cases.services import read_case
from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.casework.meetings.forms import (
    AgendaForm,
    CancelForm,
    MeetingForm,
    MoveForm,
    WhenForm,
    initial_when,
)
from accord.casework.meetings.models import Meeting
from accord.casework.meetings.policies import can_organise, can_schedule
from accord.casework.meetings.rules import DAYS_AHEAD, Wish, at_local, free_slots, kind_of
from accord.casework.meetings.selectors import (
    agenda_items_of,
    busy_spans,
    may_sit,
    rooms_for,
    seats_of,
)
from accord.casework.meetings.services import cancel_meeting, move_meeting, schedule_meeting, set_agenda
from accord.casework.meetings.views.finding import meeting_or_404, page_of
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for

LOOK_AHEAD = DAYS_AHEAD * 2
"""Twenty working days lie within so many days."""


@screen(works_on_cases, purpose="schedule a meeting")
def schedule(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Call a meeting: kind, people, room, hour; free hours are proposed."""
    case = case_or_404(request, case_id)
    demand(can_schedule(request.actor, case))
    actor = request.actor
    programme = programme_for(case.programme, case.programme_version)
    form = MeetingForm(
        _typed(request),
        programme=programme,
        people=may_sit(actor, case),
        rooms=rooms_for(actor, case),
        initial={"seats": [f"{actor.institution_id}:{actor.user_id}"]},
    )
    if request.method == "GET":
        read_case(by=actor, case=case, legal_basis=sight_of(actor, case).legal_basis)

    def act() -> Meeting:
        typed = form.cleaned_data
        return schedule_meeting(
            by=actor,
            case_id=case.pk,
            kind=typed["kind"],
            starts_at=form.starts_at(),
            minutes=typed["minutes"],
            seats=form.wishes(),
            wants_person=typed["wants_person"],
            doctor_reason=typed["doctor_reason"],
            agenda=typed["agenda"],
            clash_known=typed["clash_known"],
            **form.whereabouts(),
        )

    def slots() -> list[datetime]:
        kind = kind_of(programme, form.data.get("kind", ""))
        before = kind.offset_minutes or 0 if kind and kind.follows else 0
        return _free(request, form, form.users_typed(), before=before)

    words = {
        "title": _("Fixer une rencontre"),
        "button": _("Fixer et inviter"),
        "done": _("La rencontre est fixée, les invitations partent."),
    }
    return _answer(request, case, form, act, slots, back_to(case.pk, "rencontres"), words)


@screen(works_on_cases, purpose="move a meeting")
def move(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """Move a meeting; both versions are shown when a colleague was faster."""
    meeting = meeting_or_404(request, meeting_id)
    actor = request.actor
    demand(can_organise(actor, meeting))
    initial = {
        **initial_when(meeting.starts_at),
        "minutes": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "room": meeting.room_id,
        "place": meeting.place,
        "video": meeting.video,
        "version": meeting.version,
    }
    form = MoveForm(_typed(request), rooms=rooms_for(actor, meeting.case), initial=initial)

    def act() -> Meeting:
        typed = form.cleaned_data
        return move_meeting(
            by=actor,
            meeting_id=meeting.pk,
            version=typed["version"],
            starts_at=form.starts_at(),
            minutes=typed["minutes"],
            clash_known=typed["clash_known"],
            **form.whereabouts(),
        )

    def slots() -> list[datetime]:
        users = [seat.user_id for seat in seats_of(actor, meeting)]
        return _free(request, form, users, but=[meeting.pk])

    words = {
        "title": _("Déplacer la rencontre"),
        "button": _("Déplacer et inviter de nouveau"),
        "done": _("La rencontre est déplacée, chacun est invité de nouveau."),
    }
    try:
        return _answer(request, meeting.case, form, act, slots, page_of(meeting), words)
    except Stale as stale:
        return _conflict(request, form, stale.current)


def _typed(request: AccordRequest) -> Any:
    """What was typed; a proposed hour that was clicked takes the place of day and hour."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    try:
        hour = datetime.fromisoformat(typed.get("slot", "")).astimezone(SWISS_TIME)
    except ValueError:
        return typed
    typed["on"], typed["hour"] = f"{hour:%d.%m.%Y}", f"{hour:%H:%M}"
    return typed


def _free(
    request: AccordRequest,
    form: WhenForm,
    users: list[UUID],
    *,
    before: int = 0,
    but: list[UUID] | None = None,
) -> list[datetime]:
    """Hours at which those invited and the room are free, as far as Accord knows."""
    until = at_local(date.fromordinal(today().toordinal() + LOOK_AHEAD), time.min)
    busy = busy_spans(
        request.actor,
        users=users,
        room=form.room_typed(),
        since=now(),
        until=until,
        but=but or [],
    )
    wish = Wish(minutes=form.length_typed(), before=before)
    return free_slots(wish, busy, after=today())


def _answer(
    request: AccordRequest,
    case: Case,
    form: WhenForm,
    act: Callable[[], Meeting],
    slots: Callable[[], list[datetime]],
    back: str,
    words: dict[str, str],
) -> HttpResponse:
    """Act and lead to the meeting; or show the form again: with free hours, or with what must change."""
    context = {"case": case, "form": form, "back": back, **words}
    if form.is_bound and ("propose" in request.POST or "slot" in request.POST):
        form.errors.clear()
        if "propose" in request.POST:
            context |= {"slots": slots(), "is_proposed": True}
        return render(request, "meetings/form.html", context)
    if form.is_bound and form.is_valid():
        try:
            meeting = act()
        except Refused as refusal:
            if refusal.field == "clash_known":
                form.show_clash()
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, words["done"])
            return HttpResponseRedirect(page_of(meeting))
    return render(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


def _conflict(request: AccordRequest, form: MoveForm, current: Meeting) -> HttpResponse:
    mine = form.cleaned_data
    theirs = initial_when(current.starts_at)
    pairs = [
        (_("Jour"), "on", f"{mine['on']:%d.%m.%Y}", f"{theirs['on']:%d.%m.%Y}"),
        (_("Heure"), "hour", f"{mine['hour']:%H:%M}", f"{theirs['hour']:%H:%M}"),
    ]
    fields = [
        {"label": label, "name": name, "mine": own, "theirs": other, "changed": own != other}
        for label, name, own, other in pairs
    ]
    hidden = [(name, str(mine[name] or "")) for name in ("minutes", "room", "place", "video")]
    context = {
        "fields": fields,
        "who": current.owner.short_name,
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "hidden": hidden,
        "back": page_of(current),
    }
    return render(request, "web/conflict.html", context, status=409)


@screen(works_on_cases, purpose="cancel a meeting")
def cancellation(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel with a sentence; every calendar is told."""
    meeting = meeting_or_404(request, meeting_id)
    demand(can_organise(request.actor, meeting))
    return answer_form(
        request,
        meeting.case,
        CancelForm(request.POST or None),
        lambda data: cancel_meeting(by=request.actor, meeting_id=meeting.pk, reason=data["reason"]),
        title=_("Annuler la rencontre"),
        button=_("Annuler la rencontre et prévenir chacun"),
        back=page_of(meeting),
        done=_("La rencontre est annulée, chacun est prévenu."),
    )


@screen(works_on_cases, purpose="set the agenda")
def points(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """Say what will be talked about."""
    meeting = meeting_or_404(request, meeting_id)
    demand(can_organise(request.actor, meeting))
    known = "\n".join(item.text for item in agenda_items_of(request.actor, meeting))
    return answer_form(
        request,
        meeting.case,
        AgendaForm(request.POST or None, initial={"agenda": known}),
        lambda data: set_agenda(by=request.actor, meeting_id=meeting.pk, points=data["agenda"]),
        title=_("Ordre du jour"),
        button=_("Enregistrer l’ordre du jour"),
        back=page_of(meeting, "ordre-du-jour"),
        done=_("L’ordre du jour est enregistré."),
    )
