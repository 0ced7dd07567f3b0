"""A new incapacity during a measure: the doctor says what it means."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import answer_form, demand
from accord.casework.medical.forms.preparing import ConclusionForm
from accord.casework.medical.policies import can_settle, works_on_cases
from accord.casework.medical.selectors import clarification_for
from accord.casework.medical.services import read_of_case, settle_clarification
from accord.casework.meetings.views.finding import found_or_404
from accord.kernel.http import AccordRequest, screen


@screen(works_on_cases, purpose="clarify an incapacity", compartment=True)
def clarification(request: AccordRequest, clarification_id: UUID) -> HttpResponse:
    """What was noted, and what the doctor finds out."""
    due = found_or_404(request, clarification_for, clarification_id)
    demand(can_settle(request.actor, due))
    if request.method == "GET":
        read_of_case(by=request.actor, case=due.case, what="clarification")
    return answer_form(
        request,
        due.case,
        ConclusionForm(request.POST or None),
        lambda data: settle_clarification(
            by=request.actor, clarification_id=due.pk, conclusion=data["conclusion"]
        ),
        title=_("Éclaircir une incapacité"),
        button=_("C’est éclairci"),
        lead=_("%(source)s : %(rate)s %% dès le %(since)s, pendant une mesure du plan.")
        % {"source": due.period.source, "rate": due.period.rate, "since": f"{due.period.since:%d.%m.%Y}"},
        back=reverse("medical:doctor"),
        done=_("L’incapacité est éclaircie."),
    )
