"""What went to the external dossier and what came from it; sort what has no case yet."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import act_once, demand
from accord.casework.medical.enums import IncomingState, OutgoingState
from accord.casework.medical.forms.examinations import ReasonForm, SortForm
from accord.casework.medical.policies import serves_medically, works_on_cases
from accord.casework.medical.policies.reports import can_send_again, can_sort
from accord.casework.medical.selectors.exchange import incoming_of, outgoing_of, tray_of
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.reading import read_requests
from accord.casework.medical.services.receiving import set_aside, sort_incoming
from accord.casework.medical.services.sending import send_again
from accord.casework.medical.states import OUTGOING
from accord.casework.medical.views.loading import incoming_or_404, outgoing_or_404
from accord.foundation.documents.views import serve_download
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen

SENT_CHIPS = {
    OutgoingState.PENDING: "waiting",
    OutgoingState.WRITTEN: "active",
    OutgoingState.ACCEPTED: "done",
    OutgoingState.REFUSED: "late",
    OutgoingState.FAILED: "late",
}
CAME_CHIPS = {IncomingState.TO_SORT: "soon", IncomingState.FILED: "done", IncomingState.SET_ASIDE: "stopped"}


@screen(serves_medically, purpose="exchange with the external dossier", methods=("GET",), compartment=True)
def exchange(request: AccordRequest) -> HttpResponse:
    """Sent, received, to be sorted."""
    actor = request.actor
    sent, tray, came = list(outgoing_of(actor)), list(tray_of(actor)), list(incoming_of(actor))
    read_requests(
        by=actor, cases=[*(one.case_id for one in sent), *(one.case_id for one in came if one.case_id)]
    )
    context = {
        "sent": [
            (one, SENT_CHIPS[OutgoingState(one.state)], OUTGOING.may(one.state, OutgoingState.PENDING))
            for one in sent
        ],
        "tray": [(one, bool(can_sort(actor, one))) for one in tray],
        "came": [(one, CAME_CHIPS[IncomingState(one.state)]) for one in came],
        "has_outbox": settings.ACCORD_OUTBOX_DIR is not None,
    }
    return render(request, "medical/exchange.html", context)


@screen(works_on_cases, purpose="exchange with the external dossier", methods=("POST",), compartment=True)
def sending(request: AccordRequest, outgoing_id: UUID) -> HttpResponse:
    """Send a report again."""
    found = outgoing_or_404(request, outgoing_id)
    demand(can_send_again(request.actor, found))
    return act_once(
        request,
        lambda: send_again(by=request.actor, outgoing_id=found.pk),
        back=reverse("medical:exchange"),
        done=_("Le rapport sera envoyé à nouveau."),
    )


@screen(works_on_cases, purpose="sort received documents", compartment=True)
def sorting(request: AccordRequest, incoming_id: UUID) -> HttpResponse:
    """Say to which case a document belongs."""
    found = incoming_or_404(request, incoming_id)
    demand(can_sort(request.actor, found))
    form = SortForm(request.POST or None, initial={"number": found.case_number})
    if form.is_bound and form.is_valid():
        try:
            sort_incoming(by=request.actor, incoming_id=found.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Le document est classé au dossier."))
            return HttpResponseRedirect(reverse("medical:exchange"))
    context = {"incoming": found, "form": form, "aside": ReasonForm()}
    return render(request, "medical/sorting.html", context, status=422 if form.is_bound else 200)


@screen(works_on_cases, purpose="sort received documents", methods=("POST",), compartment=True)
def aside(request: AccordRequest, incoming_id: UUID) -> HttpResponse:
    """Put a document aside that belongs to no case."""
    found = incoming_or_404(request, incoming_id)
    demand(can_sort(request.actor, found))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {"incoming": found, "form": SortForm(initial={"number": found.case_number}), "aside": form}
        return render(request, "medical/sorting.html", context, status=422)
    return act_once(
        request,
        lambda: set_aside(by=request.actor, incoming_id=found.pk, reason=form.cleaned_data["reason"]),
        back=reverse("medical:exchange"),
        done=_("Le document est écarté ; il reste dans la liste."),
    )


@screen(works_on_cases, purpose="sort received documents", methods=("GET",), compartment=True)
def incoming_file(request: AccordRequest, incoming_id: UUID) -> HttpResponseBase:
    """The received document itself."""
    found = incoming_or_404(request, incoming_id)
    demand(can_sort(request.actor, found))
    if found.document is None:
        raise Http404
    note_act(request.actor, "downloaded", "exchange", found, found.case)
    return serve_download(found.document)
