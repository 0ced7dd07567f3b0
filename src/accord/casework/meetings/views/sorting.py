"""Replies by mail that were put aside."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_list
from accord.casework.cases.views.answering import act_once, answer_form, demand
from accord.casework.meetings.enums import Answer
from accord.casework.meetings.forms import AttachForm
from accord.casework.meetings.panels import reply_lines
from accord.casework.meetings.policies import can_attach, sorts_replies
from accord.casework.meetings.selectors import replies_put_aside, reply_for, seats_of
from accord.casework.meetings.services import attach_reply, discard_reply
from accord.casework.meetings.views.finding import found_or_404
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(sorts_replies, purpose="sort replies", methods=("GET",))
def replies(request: AccordRequest) -> HttpResponse:
    """What the mailbox did not take for sure, with its reason."""
    rows = replies_put_aside(request.actor)
    if cases := sorted({row.meeting.case_id for row in rows if row.meeting}):
        read_list(by=request.actor, cases=cases)
    context = {"lines": reply_lines(request.actor, rows)}
    return render(request, "meetings/replies.html", context)


@screen(works_on_cases, purpose="sort replies")
def attachment(request: AccordRequest, reply_id: UUID) -> HttpResponse:
    """Note the answer for one of those invited."""
    reply = found_or_404(request, reply_for, reply_id)
    demand(can_attach(request.actor, reply))
    assert reply.meeting is not None
    seats = list(seats_of(request.actor, reply.meeting))
    likely = next((seat.pk for seat in seats if seat.user.email.lower() == reply.attendee), None)
    lead = _("Réponse reçue au nom de %(attendee)s : « %(answer)s ». Mise de côté : %(reason)s.")
    return answer_form(
        request,
        reply.meeting.case,
        AttachForm(request.POST or None, seats=seats, initial={"seat": str(likely) if likely else None}),
        lambda data: attach_reply(by=request.actor, reply_id=reply.pk, seat_id=UUID(data["seat"])),
        title=_("Noter cette réponse"),
        lead=lead
        % {
            "attendee": reply.attendee,
            "answer": Answer(reply.answer).label,
            "reason": reply.get_fault_display(),
        },
        button=_("Noter la réponse"),
        back=reverse("meetings:replies"),
        done=_("La réponse est notée pour cette personne."),
    )


@screen(sorts_replies, purpose="sort replies", methods=("POST",))
def discarding(request: AccordRequest, reply_id: UUID) -> HttpResponse:
    """Let a reply go."""
    reply = found_or_404(request, reply_for, reply_id)
    return act_once(
        request,
        lambda: discard_reply(by=request.actor, reply_id=reply.pk),
        back=reverse("meetings:replies"),
        done=_("La réponse est écartée ; elle ne change rien à la rencontre."),
    )
