"""Change who comes to a meeting, and its kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import demand
from accord.casework.meetings.forms import ReseatForm
from accord.casework.meetings.models import Meeting
from accord.casework.meetings.policies import can_organise
from accord.casework.meetings.selectors import may_sit, seats_of
from accord.casework.meetings.services import reseat_meeting
from accord.casework.meetings.services.calendars import label_of
from accord.casework.meetings.views.finding import meeting_or_404, page_of
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="change who comes")
def seats(request: AccordRequest, meeting_id: UUID) -> HttpResponse:
    """Ask others, ask some no more, or make it a meeting of another kind."""
    meeting = meeting_or_404(request, meeting_id)
    actor, case = request.actor, meeting.case
    demand(can_organise(actor, meeting))
    form = ReseatForm(
        request.POST or None,
        programme=programme_for(case.programme, case.programme_version),
        people=may_sit(actor, case),
        initial=_as_it_stands(request, meeting),
    )
    if form.is_bound and form.is_valid():
        try:
            _act(request, form, meeting)
        except Refused as refusal:
            if refusal.field == "clash_known":
                form.show_clash()
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        except Stale as stale:
            return _conflict(request, form, stale.current)
        else:
            messages.success(request, _("La rencontre est modifiée, chacun en est averti."))
            return HttpResponseRedirect(page_of(meeting, "qui"))
    context = {"case": case, "form": form, "back": page_of(meeting)}
    return render(request, "meetings/seats.html", context, status=422 if form.is_bound else 200)


def _as_it_stands(request: AccordRequest, meeting: Meeting) -> dict[str, Any]:
    return {
        "kind": meeting.kind,
        "seats": [f"{seat.institution_id}:{seat.user_id}" for seat in seats_of(request.actor, meeting)],
        "wants_person": meeting.person_present,
        "doctor_reason": meeting.doctor_reason,
        "version": meeting.version,
    }


def _act(request: AccordRequest, form: ReseatForm, meeting: Meeting) -> Meeting:
    typed = form.cleaned_data
    return reseat_meeting(
        by=request.actor,
        meeting_id=meeting.pk,
        version=typed["version"],
        kind=typed["kind"],
        seats=form.wishes(),
        wants_person=typed["wants_person"],
        doctor_reason=typed["doctor_reason"],
        clash_known=typed["clash_known"],
    )


def _conflict(request: AccordRequest, form: ReseatForm, current: Meeting) -> HttpResponse:
    """What one wanted stays chosen, beside what a colleague has saved meanwhile."""
    mine, theirs = form.cleaned_data, _as_it_stands(request, current)
    kinds = dict(form.fields["kind"].choices)  # type: ignore[attr-defined]
    words = {True: _("avec la personne"), False: _("sans la personne")}
    compared = [
        (_("Type de rencontre"), kinds[mine["kind"]], label_of(current, get_language() or "fr"), "kind"),
        (_("Qui est invité"), form.names(mine["seats"]), form.names(theirs["seats"]), "seats"),
        (_("La personne"), words[mine["wants_person"]], words[theirs["wants_person"]], "wants_person"),
    ]
    differences = [(label, own, other) for label, own, other, name in compared if mine[name] != theirs[name]]
    renewed = ReseatForm(
        programme=programme_for(current.case.programme, current.case.programme_version),
        people=may_sit(request.actor, current.case),
        initial={**mine, "version": current.version},
    )
    context = {
        "case": current.case,
        "form": renewed,
        "back": page_of(current),
        "differences": differences,
        "current": current,
    }
    return render(request, "meetings/seats.html", context, status=409)
