"""Publish the functional summary."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.capacity.forms import SummaryForm
from accord.casework.capacity.policies import can_publish_summary
from accord.casework.capacity.selectors import summary_of
from accord.casework.capacity.services import publish_summary
from accord.casework.capacity.views.incapacities import PANEL
from accord.casework.cases.views.answering import back_to, case_or_404, demand
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="publish a functional summary")
def summary(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Publish a new summary, beginning with the one that holds."""
    actor, case = request.actor, case_or_404(request, case_id)
    demand(can_publish_summary(actor, case))
    form = SummaryForm(request.POST or None, latest=summary_of(actor, case))
    if form.is_bound and form.is_valid():
        try:
            publish_summary(
                by=actor,
                case_id=case.pk,
                conclusions=form.conclusions,
                audience=form.cleaned_data["audience"],
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Le résumé fonctionnel est publié."))
            return HttpResponseRedirect(back_to(case.pk, PANEL, "resume"))
    context = {"case": case, "form": form, "back": back_to(case.pk, PANEL)}
    return render(request, "capacity/summary_form.html", context, status=422 if form.is_bound else 200)
