"""Give notice, or prepare what follows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements.forms import RenewalForm, TerminationForm
from accord.network.agreements.policies import can_renew, can_terminate, member
from accord.network.agreements.rules import earliest_end
from accord.network.agreements.services import propose_prolongation, renew_agreement, terminate_agreement
from accord.network.agreements.views.finding import agreement_or_404, demand, refuse, status_of, to_agreement


@screen(member, purpose="end an agreement")
def terminate(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Give notice: the last day, and why."""
    agreement = agreement_or_404(request, agreement_id)
    demand(can_terminate(request.actor, agreement))
    earliest = earliest_end(today(), agreement.notice_months)
    form = TerminationForm(request.POST or None, initial={"last_day": earliest})
    if request.method == "POST" and form.is_valid():
        try:
            terminate_agreement(by=request.actor, agreement_id=agreement.pk, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("La convention est dénoncée ; les parties en sont averties."))
            return to_agreement(agreement.pk)
    context = {"agreement": agreement, "form": form, "earliest": earliest}
    return render(request, "agreements/terminate.html", context, status=status_of(form))


@screen(member, purpose="renew an agreement")
def renew(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Prolong the convention, or draft the one that follows."""
    agreement = agreement_or_404(request, agreement_id)
    demand(can_renew(request.actor, agreement))
    form = RenewalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ends_on = form.cleaned_data["ends_on"]
        try:
            if form.cleaned_data["how"] == RenewalForm.NEW:
                follows = renew_agreement(by=request.actor, agreement_id=agreement.pk, ends_on=ends_on)
                messages.success(request, _("La suite est préparée : relisez son texte, puis envoyez-la."))
                return to_agreement(follows.pk)
            propose_prolongation(by=request.actor, agreement_id=agreement.pk, ends_on=ends_on)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("La prolongation attend la signature de chaque partie."))
            return to_agreement(agreement.pk)
    return render(
        request, "agreements/renew.html", {"agreement": agreement, "form": form}, status=status_of(form)
    )
