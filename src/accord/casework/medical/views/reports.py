"""Read a report, sign it, hand it in, file it, amend it; see whether it is still what was signed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.capacity.panels import summary_words
from accord.casework.cases.enums import Audience
from accord.casework.cases.selectors import person_of
from accord.casework.cases.views.answering import act_once, demand
from accord.casework.medical.enums import ReportKind, ReportState
from accord.casework.medical.models import Report
from accord.casework.medical.policies import serves_medically, works_on_cases
from accord.casework.medical.policies.reports import (
    can_amend,
    can_file,
    can_hand_in,
    can_sign_report,
    can_write_report,
)
from accord.casework.medical.rules.readability import readability
from accord.casework.medical.rules.rubrics import faults_before_signing
from accord.casework.medical.selectors.desks import with_names
from accord.casework.medical.selectors.reports import (
    awaiting_filing,
    awaiting_hand_in,
    awaiting_signature,
    editions_of,
)
from accord.casework.medical.services.drafting import SENTENCES, amend_report
from accord.casework.medical.services.filing import file_report, hand_in_report
from accord.casework.medical.services.journalling import note_reading
from accord.casework.medical.services.reading import read_requests
from accord.casework.medical.services.sealing import read_seal
from accord.casework.medical.services.signing import preview_summary, sign_report
from accord.casework.medical.services.wording import passages_of
from accord.casework.medical.views.loading import report_or_404
from accord.foundation.documents.services import store
from accord.foundation.documents.views import serve_download
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen

CHIPS = {
    ReportState.DRAFT: "draft",
    ReportState.SIGNED: "soon",
    ReportState.HANDED_IN: "waiting",
    ReportState.FILED: "done",
}
READERS = [(key, word) for key, word in Audience.choices if key != Audience.OWN]


class SignatureForm(forms.Form):
    """Who may read the functional summary; the version is the one that was read."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Qui peut lire ce résumé ?"),
        choices=READERS,
        initial=Audience.CIRCLE,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@screen(serves_medically, purpose="follow medical reports", methods=("GET",), compartment=True)
def reports(request: AccordRequest) -> HttpResponse:
    """Reports to sign, to hand in, to file: nothing falls between two chairs."""
    actor = request.actor
    lists = [
        (_("À rédiger et à signer"), with_names(actor, awaiting_signature(actor))),
        (_("Signés, à remettre au secrétariat"), with_names(actor, awaiting_hand_in(actor))),
        (_("Remis, à classer au dossier"), with_names(actor, awaiting_filing(actor))),
    ]
    read_requests(by=actor, cases=[one.thing.case_id for _title, found in lists for one in found])
    return render(request, "medical/reports.html", {"lists": lists})


@screen(works_on_cases, purpose="read a medical report", methods=("GET",), compartment=True)
def report(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """The report as it stands, what can be done with it, and every version of it."""
    found = report_or_404(request, report_id)
    note_reading(request.actor, "medical report", found, found.case)
    actor = request.actor
    context = {
        **_line(found),
        "case": found.case,
        "person": person_of(actor, found.case),
        "passages": passages_of(found.said),
        "editions": [_line(one) for one in editions_of(actor, found)],
        "may_write": bool(can_write_report(actor, found)),
        "may_hand_in": bool(can_hand_in(actor, found)),
        "may_file": bool(can_file(actor, found)),
        "may_amend": bool(can_amend(actor, found)),
        "is_ours": found.service_id == actor.institution_id,
    }
    return render(request, "medical/report.html", context)


@screen(works_on_cases, purpose="sign a medical report", methods=("GET",), compartment=True)
def preview(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """Read once more: the report, and exactly what the others will see of it."""
    found = report_or_404(request, report_id)
    demand(can_write_report(request.actor, found))
    note_reading(request.actor, "medical report", found, found.case)
    return _preview(request, found, SignatureForm(initial={"version": found.version}))


@screen(works_on_cases, purpose="sign a medical report", methods=("POST",), compartment=True)
def signature(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """Sign what was read."""
    found = report_or_404(request, report_id)
    form = SignatureForm(request.POST)
    if found.is_draft:
        demand(can_sign_report(request.actor, found))
    if not form.is_valid():
        return _preview(request, found, form)
    try:
        sign_report(by=request.actor, report_id=found.pk, **form.cleaned_data)
    except Stale:
        form.add_error(None, _("Le brouillon a changé depuis votre lecture : relisez-le avant de signer."))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    else:
        messages.success(
            request, _("Le rapport est signé. Le résumé fonctionnel est publié, sans diagnostic.")
        )
        return HttpResponseRedirect(_page_of(found))
    return _preview(request, found, form)


@screen(works_on_cases, purpose="hand in a medical report", methods=("POST",), compartment=True)
def hand_in(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """Give the signed report to the secretariat."""
    found = report_or_404(request, report_id)
    if found.state == ReportState.SIGNED:
        demand(can_hand_in(request.actor, found))
    return act_once(
        request,
        lambda: hand_in_report(by=request.actor, report_id=found.pk),
        back=_page_of(found),
        done=_("Le rapport est remis au secrétariat."),
    )


@screen(works_on_cases, purpose="file a medical report", methods=("POST",), compartment=True)
def filing(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """File the report in the dossier."""
    found = report_or_404(request, report_id)
    if found.state == ReportState.HANDED_IN:
        demand(can_file(request.actor, found))
    return act_once(
        request,
        lambda: file_report(by=request.actor, report_id=found.pk),
        back=_page_of(found),
        done=_("Le rapport est classé au dossier."),
    )


@screen(works_on_cases, purpose="amend a medical report", methods=("POST",), compartment=True)
def amendment(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """Begin a new version of a signed report."""
    found = report_or_404(request, report_id)
    demand(can_amend(request.actor, found))
    draft = amend_report(by=request.actor, report_id=found.pk)
    return HttpResponseRedirect(reverse("medical:report-draft", args=[draft.pk]))


@screen(works_on_cases, purpose="read a medical report", methods=("GET",), compartment=True)
def report_file(request: AccordRequest, report_id: UUID) -> HttpResponseBase:
    """The signed PDF itself."""
    found = report_or_404(request, report_id)
    if found.document is None:
        raise Http404
    note_reading(request.actor, "medical report", found, found.case)
    return serve_download(found.document)


@screen(works_on_cases, purpose="check a signature", methods=("GET",), compartment=True)
def check(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """Who signed, when, with which certificate, and whether anything was changed since."""
    found = report_or_404(request, report_id)
    if found.document is None:
        raise Http404
    note_reading(request.actor, "medical report", found, found.case)
    try:
        seal = read_seal(store.path_of(found.document.sha256).read_bytes())
    except FileNotFoundError:
        seal = None
    is_ours = seal is not None and seal.fingerprint == found.certificate
    context = {**_line(found), "case": found.case, "seal": seal, "is_ours": is_ours}
    return render(request, "medical/signature.html", context)


def _page_of(report: Report) -> str:
    return reverse("medical:report", args=[report.pk])


def _line(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "title": report.get_kind_display(),
        "chip": CHIPS[ReportState(report.state)],
        "doctor": report.signed_by or report.request.doctor,
        "since": report.held_since,
    }


def _preview(request: AccordRequest, report: Report, form: SignatureForm) -> HttpResponse:
    said = report.said
    language = (get_language() or "fr")[:2]
    in_words = report.kind == ReportKind.RF and said.in_plain_words
    context = {
        **_line(report),
        "case": report.case,
        "form": form,
        "passages": passages_of(said),
        "missing": list(dict.fromkeys(str(SENTENCES[fault.flaw]) for fault in faults_before_signing(said))),
        "summary": summary_words(preview_summary(by=request.actor, report=report)),
        "hint": readability(said.summary, language) if in_words else None,
    }
    return render(request, "medical/preview.html", context, status=422 if form.errors else 200)
