"""One meeting: who, when, where, what was agreed, and what became of the mails."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.selectors import person_of, sight_of
from accord.casework.cases.views.answering import act_once
from accord.casework.meetings.enums import GIVEN, MeetingState
from accord.casework.meetings.panels import delivery_lines, line_of, minutes_page, seat_lines
from accord.casework.meetings.policies import can_hold, can_organise, organises
from accord.casework.meetings.selectors import (
    agenda_items_of,
    invitation_for,
    invitations_of,
    minutes_of,
    seat_for,
    seats_of,
)
from accord.casework.meetings.services import (
    answer_invitation,
    print_letter,
    read_meeting,
    resend_invitation,
)
from accord.casework.meetings.views.finding import found_or_404, meeting_or_404, page_of
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="read a meeting", methods=("GET",))
def show(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting with everything that one may know of it."""
    meeting = meeting_or_404(request, meeting_id)
    actor, case, language = request.actor, meeting.case, get_language() or "fr"
    sight = sight_of(actor, case)
    read_meeting(by=actor, meeting=meeting, legal_basis=sight.legal_basis)
    programme = programme_for(case.programme, case.programme_version)
    seats = list(seats_of(actor, meeting))
    mine = next((seat for seat in seats if seat.user_id == actor.user_id), None)
    is_planned = meeting.state == MeetingState.PLANNED
    context = {
        "line": line_of(meeting, language),
        "meeting": meeting,
        "case": case,
        "person": person_of(actor, case),
        "why_meeting": why_shown(sight, meeting.category, meeting.owner_id),
        "seats": seat_lines(seats),
        "my_seat": mine if is_planned else None,
        "answers": [(str(answer), ANSWER_WORDS[answer]) for answer in GIVEN],
        "agenda": agenda_items_of(actor, meeting),
        "agenda_hidden": why_hidden(sight, Category.PLAN, programme),
        "deliveries": delivery_lines(
            list(invitations_of(actor, meeting)), meeting, organises(actor, meeting)
        ),
        "may_organise": bool(can_organise(actor, meeting)),
        "may_hold": bool(can_hold(actor, meeting)),
        **minutes_page(actor, meeting, list(minutes_of(actor, meeting)), sight, programme, language),
    }
    return render(request, "meetings/show.html", context)


ANSWER_WORDS = {
    "accepted": gettext_lazy("Je viens"),
    "tentative": gettext_lazy("Je ne sais pas encore"),
    "declined": gettext_lazy("Je ne peux pas venir"),
}


@screen(works_on_cases, purpose="answer an invitation", methods=("POST",))
def answer(request: AccordRequest, seat_id: UUID) -> HttpResponse:
    """Say whether one comes."""
    seat = found_or_404(request, seat_for, seat_id)
    return act_once(
        request,
        lambda: answer_invitation(by=request.actor, seat_id=seat.pk, answer=request.POST.get("answer", "")),
        back=page_of(seat.meeting, "qui"),
        done=_("Votre réponse est enregistrée."),
    )


@screen(works_on_cases, purpose="send an invitation again", methods=("POST",))
def resending(request: AccordRequest, invitation_id: UUID) -> HttpResponse:
    """Send a mail again that did not arrive."""
    mail = found_or_404(request, invitation_for, invitation_id)
    return act_once(
        request,
        lambda: resend_invitation(by=request.actor, invitation_id=mail.pk),
        back=page_of(mail.meeting, "envois"),
        done=_("L’invitation part de nouveau."),
    )


@screen(works_on_cases, purpose="print an invitation", methods=("GET",))
def letter(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """The person’s invitation as a letter; its name says nothing about her."""
    meeting = meeting_or_404(request, meeting_id)
    try:
        content = print_letter(by=request.actor, meeting=meeting)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(page_of(meeting))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"invitation-{meeting.case.number.lower()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
