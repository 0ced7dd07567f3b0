"""The office: mandates, reports that came in, documents that came in, and its own code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import person_of
from accord.casework.cases.views.answering import act_once
from accord.foundation.documents.views import serve_download
from accord.foundation.journal.services import record_read
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements.policies import manages_agreements
from accord.network.agreements.selectors import agreement_for
from accord.network.institutions.policies import member
from accord.purchasing.measures.forms import MandateForm, OfficeCodeForm, QuestionForm, ReportTermsForm
from accord.purchasing.measures.models import OfficeCode, ReportTerms
from accord.purchasing.measures.policies import can_order, counsels, exchanges, numbers_decisions
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.measures.selectors import (
    Wish,
    deliveries_of,
    delivery_for,
    mandate_for,
    measure_for,
    report_for,
    reports_of,
    search,
)
from accord.purchasing.measures.services import (
    MandateWords,
    accept_report,
    ask_back,
    give_mandate,
    handle_delivery,
    print_receipt,
    read_delivery,
    read_mandate,
    read_report,
    set_office_code,
    set_report_terms,
)
from accord.purchasing.measures.services.mandating import agreement_with, ends_before, missing_for_invoices
from accord.purchasing.measures.views.answering import answer, demand, found_or_404
from accord.purchasing.providers.models import Provider
from accord.purchasing.providers.selectors import positions_of


@screen(counsels, purpose="give a mandate", methods=("GET",))
def provider_choice(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """Choose the provider of a mandate among those with a convention in force on the first day."""
    measure = found_or_404(measure_for, request.actor, grant_id)
    demand(can_order(request.actor, measure))
    context = {"measure": measure, "found": search(request.actor, Wish(measure.since))}
    return render(request, "measures/choice.html", context)


@screen(counsels, purpose="give a mandate")
def order(request: AccordRequest, grant_id: UUID, contractor_id: UUID) -> HttpResponse:
    """Order positions of the convention from one provider."""
    measure = found_or_404(measure_for, request.actor, grant_id)
    demand(can_order(request.actor, measure))
    provider = Provider.objects.filter(pk=contractor_id).select_related("institution").first()
    if provider is None:
        raise Http404
    try:
        agreement = agreement_with(request.actor, provider, measure.since)
    except Refused:
        raise Http404 from None
    person = person_of(request.actor, measure.case)
    form = MandateForm(
        request.POST or None,
        positions=positions_of(agreement.pk, measure.since),
        missing=missing_for_invoices(person) if person else (),
    )

    def act(data: dict[str, Any]) -> str:
        words = MandateWords(
            provider_id=provider.pk,
            quantities=form.quantities(),
            **{name: value for name, value in data.items() if name not in form.codes},
        )
        mandate = give_mandate(by=request.actor, measure_id=measure.pk, words=words)
        return reverse("measures:mandate", args=[mandate.pk])

    warning = (
        _("Cette convention prend fin pendant la mesure.") if ends_before(agreement, measure.until) else ""
    )
    return answer(
        request,
        form,
        act,
        title=_("Mandat à %(provider)s") % {"provider": provider.institution.name},
        lead=warning or measure.title,
        button=_("Confier le mandat"),
        back=reverse("measures:show", args=[measure.pk]),
        back_label=measure.case.number,
        done=_("Le mandat est confié ; le prestataire le voit dans son espace."),
    )


@screen(counsels, purpose="read a measure", methods=("GET",))
def mandate(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """A mandate as the office reads it, with presence and reports."""
    found = found_or_404(mandate_for, request.actor, mandate_id)
    read_mandate(by=request.actor, mandate=found)
    context = {
        "mandate": found,
        "reports": reports_of(request.actor, found),
        "positions": found.positions.all(),
        "objectives": found.objectives.all(),
        "presence": found.attendance.order_by("-day")[:31]
        if found.owner_id == request.actor.institution_id
        else (),
        "agreement_ends": ends_before(found.agreement, found.until),
    }
    return render(request, "measures/mandate.html", context)


@screen(counsels, purpose="read a report", methods=("GET",))
def report(request: AccordRequest, mandate_report_id: UUID) -> HttpResponse:
    """A report that came in; reading it is dated and journalled."""
    found = found_or_404(report_for, request.actor, mandate_report_id)
    if found.sent_at is None:
        raise Http404
    read_report(by=request.actor, report=found)
    outcomes = [
        (
            row.text,
            dict(row._meta.get_field("outcome").flatchoices).get(found.outcomes.get(str(row.pk), ""), "–"),
        )
        for row in found.mandate.objectives.all()
    ]
    return render(request, "measures/report.html", {"report": found, "outcomes": outcomes})


@screen(counsels, purpose="read a report", methods=("GET",))
def report_file(request: AccordRequest, mandate_report_id: UUID) -> HttpResponseBase:
    """The file of a report, once it was checked for viruses."""
    found = found_or_404(report_for, request.actor, mandate_report_id)
    if found.document is None:
        raise Http404
    response = serve_download(found.document)
    read_report(by=request.actor, report=found)
    return response


@screen(counsels, purpose="read a report", methods=("POST",))
def acceptance(request: AccordRequest, mandate_report_id: UUID) -> HttpResponse:
    """Accept a report."""
    found = found_or_404(report_for, request.actor, mandate_report_id)
    return act_once(
        request,
        lambda: accept_report(by=request.actor, report_id=found.pk),
        back=reverse("measures:report", args=[found.pk]),
        done=_("Le rapport est accepté."),
    )


@screen(counsels, purpose="read a report")
def question(request: AccordRequest, mandate_report_id: UUID) -> HttpResponse:
    """Ask the provider back."""
    found = found_or_404(report_for, request.actor, mandate_report_id)
    page = reverse("measures:report", args=[found.pk])
    return answer(
        request,
        QuestionForm(request.POST or None),
        lambda data: ask_back(by=request.actor, report_id=found.pk, question=data["question"]),
        title=_("Demander un complément"),
        button=_("Demander"),
        back=page,
        back_label=found.mandate.decision_number,
        done=_("Le complément est demandé."),
    )


@screen(exchanges, purpose="read a receipt", methods=("GET",))
def deliveries(request: AccordRequest) -> HttpResponse:
    """What came in, or what was handed in: one line and one number each."""
    page = deliveries_of(
        request.actor, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    if page.rows:
        cases = {row.mandate.case_id for row in page.rows if row.mandate}
        record_read(by=request.actor, subject_kind="delivery", cases=cases)
    return render(request, "measures/deliveries.html", {"page": page})


@screen(exchanges, purpose="read a receipt", methods=("GET",))
def delivery(request: AccordRequest, delivery_id: UUID) -> HttpResponse:
    """A receipt."""
    found = found_or_404(delivery_for, request.actor, delivery_id)
    read_delivery(by=request.actor, delivery=found)
    is_ours = found.office_id == request.actor.institution_id
    return render(request, "measures/delivery.html", {"delivery": found, "is_ours": is_ours})


@screen(exchanges, purpose="read a receipt", methods=("GET",))
def receipt(request: AccordRequest, delivery_id: UUID) -> HttpResponse:
    """The receipt to print."""
    found = found_or_404(delivery_for, request.actor, delivery_id)
    read_delivery(by=request.actor, delivery=found)
    response = HttpResponse(print_receipt(delivery=found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    return response


@screen(exchanges, purpose="read a receipt", methods=("GET",))
def delivery_file(request: AccordRequest, delivery_id: UUID) -> HttpResponseBase:
    """What was handed in, once it was checked for viruses."""
    found = found_or_404(delivery_for, request.actor, delivery_id)
    if found.document is None:
        raise Http404
    response = serve_download(found.document)
    read_delivery(by=request.actor, delivery=found)
    return response


@screen(counsels, purpose="read a receipt", methods=("POST",))
def handling(request: AccordRequest, delivery_id: UUID) -> HttpResponse:
    """The office has dealt with it."""
    found = found_or_404(delivery_for, request.actor, delivery_id)
    return act_once(
        request,
        lambda: handle_delivery(by=request.actor, delivery_id=found.pk),
        back=reverse("measures:deliveries"),
        done=_("L’envoi est traité."),
    )


@screen(numbers_decisions, purpose="set the office code")
def office_code(request: AccordRequest) -> HttpResponse:
    """Say by which three digits the office is known in decision numbers."""
    known = OfficeCode.objects.filter(institution_id=request.actor.institution_key).first()
    form = OfficeCodeForm(request.POST or None, initial={"code": known.code if known else ""})
    return answer(
        request,
        form,
        lambda data: set_office_code(by=request.actor, code=data["code"]),
        title=_("Code de l’office dans les numéros de décision"),
        button=_("Enregistrer"),
        back=reverse("providers:home"),
        back_label=_("Achats"),
        done=_("Le code est enregistré."),
    )


@screen(member, purpose="set when reports are due")
def report_terms(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """When reports are due under a convention."""
    agreement = found_or_404(agreement_for, request.actor, agreement_id)
    demand(manages_agreements(request.actor))
    known = ReportTerms.objects.filter(agreement=agreement).first()
    usual = read_catalogue().reports
    names = ("interim_percent", "final_days_before")
    initial = {name: getattr(known, name) if known else usual[name] for name in names}
    return answer(
        request,
        ReportTermsForm(request.POST or None, initial=initial),
        lambda data: set_report_terms(by=request.actor, agreement=agreement, **data),
        title=_("Quand les rapports sont attendus"),
        lead=agreement.title,
        button=_("Enregistrer"),
        back=reverse("agreements:show", args=[agreement.pk]),
        back_label=agreement.number,
        done=_("Les délais sont enregistrés."),
    )
