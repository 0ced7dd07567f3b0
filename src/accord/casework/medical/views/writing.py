"""Write a report: kept while one types, both versions shown when two wrote; look up a code."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import demand
from accord.casework.medical.forms.reports import ReportForm
from accord.casework.medical.models import InterviewNotes, Report
from accord.casework.medical.policies import serves_medically, works_on_cases
from accord.casework.medical.policies.reports import can_sign_report, can_write_report
from accord.casework.medical.selectors.reports import search_codes
from accord.casework.medical.services.drafting import save_report
from accord.casework.medical.services.journalling import note_reading
from accord.casework.medical.services.prefilling import catch_up
from accord.casework.medical.views.loading import report_or_404
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen


@screen(works_on_cases, purpose="write a medical report", compartment=True)
def draft(request: AccordRequest, report_id: UUID) -> HttpResponse:
    """The form of the report; what was typed stays on the page whatever happened meanwhile."""
    report = report_or_404(request, report_id)
    if request.method == "GET" or report.service_id != request.actor.institution_id:
        demand(can_write_report(request.actor, report))
    if request.method == "GET":
        note_reading(request.actor, "medical report", report, report.case)
        report = catch_up(request.actor, report)
        return _page(request, report, ReportForm(report=report))
    form = ReportForm(request.POST, report=report)
    if "by_itself" in request.POST:
        return _keep_by_itself(request, report, form)
    if not form.is_valid():
        return _page(request, report, form)
    try:
        _keep(request, report, form)
    except Stale as stale:
        return _conflict(request, report, form, stale.current)
    except Refused as refusal:
        form.add_error(_field_of(form, refusal), refusal.sentence)
        return _page(request, report, form)
    if "preview" in request.POST:
        return HttpResponseRedirect(reverse("medical:report-preview", args=[report.pk]))
    messages.success(request, _("Brouillon enregistré."))
    return HttpResponseRedirect(reverse("medical:report-draft", args=[report.pk]))


@screen(serves_medically, purpose="look up a diagnosis code", compartment=True)
def codes(request: AccordRequest) -> HttpResponse:
    """Codes by their beginning or by words of their title; what is sought never stands in an address."""
    words = request.POST.get("words", "").strip()[:80]
    found = search_codes(words, request.actor.language) if words else []
    context = {"found": found, "words": words, "row": _first_free_row(request)}
    template = "medical/codes_found.html" if request.headers.get("HX-Request") else "medical/codes.html"
    return render(request, template, context)


def _first_free_row(request: AccordRequest) -> int | None:
    """The first diagnosis on the page without a code; None outside of a report."""
    place = 0
    while f"diagnosis_{place}_code" in request.POST:
        if not request.POST[f"diagnosis_{place}_code"].strip():
            return place
        place += 1
    return None


def _page_key(request: AccordRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


def _field_of(form: ReportForm, refusal: Refused) -> str | None:
    name = form.field_of(refusal.field)
    return name if name in form.fields else None


def _keep(request: AccordRequest, report: Report, form: ReportForm, by_itself: bool = False) -> Report:
    return save_report(
        by=request.actor,
        report_id=report.pk,
        version=form.cleaned_data["version"],
        rubrics=form.rubrics,
        page=_page_key(request),
        by_itself=by_itself,
    )


def _keep_by_itself(request: AccordRequest, report: Report, form: ReportForm) -> HttpResponse:
    """What the page saves while one types: an answer of one line, read aloud by a live region."""
    context: dict[str, Any] = {"at": now()}
    if not form.is_valid():
        context["wrong"] = [field.label for field in form if field.errors and not field.is_hidden]
    else:
        try:
            context["version"] = _keep(request, report, form, by_itself=True).version
        except Stale:
            context["is_stale"] = True
        except Refused as refused:
            context["refused"] = refused.sentence
    return render(request, "medical/kept.html", context)


def _page(request: AccordRequest, report: Report, form: ReportForm) -> HttpResponse:
    page = _page_key(request)
    if form.is_bound and page is not None and page == report.saved_from:
        form.stands_at(report.version)
    context = {
        "form": form,
        "report": report,
        "case": report.case,
        "title": report.get_kind_display(),
        "certified": report.said.certified,
        "notes": InterviewNotes.objects.filter(request=report.request_id).first(),
        "not_to_sign": can_sign_report(request.actor, report).sentence,
    }
    return render(request, "medical/report_form.html", context, status=422 if form.errors else 200)


def _conflict(request: AccordRequest, report: Report, form: ReportForm, current: Report) -> HttpResponse:
    theirs = ReportForm(report=current)
    names = [name for name in form.fields if name != "version"]
    context = {
        "fields": [_both(form, theirs, name) for name in names],
        "hidden": [],
        "who": current.author.name if current.author else "",
        "at": current.updated_at,
        "action": reverse("medical:report-draft", args=[report.pk]),
        "version": current.version,
        "back": reverse("medical:report-draft", args=[report.pk]),
    }
    return render(request, "web/conflict.html", context, status=409)


def _both(mine: ReportForm, theirs: ReportForm, name: str) -> dict[str, Any]:
    shown = mine.fields[name]
    typed = _as_typed(shown, mine.cleaned_data.get(name))
    kept = _as_typed(shown, theirs.initial.get(name))
    both = {"label": shown.label, "name": name, "mine": typed, "theirs": kept, "changed": typed != kept}
    if isinstance(shown, forms.BooleanField):
        choices = [("", _("non")), ("on", _("oui"))]
        return both | {"choices": choices, "theirs": dict(choices)[kept], "theirs_value": kept}
    if isinstance(shown, forms.ChoiceField):
        words = {str(value): str(word) for value, word in cast(list[tuple[object, object]], shown.choices)}
        return both | {"choices": list(words.items()), "theirs": words.get(kept, ""), "theirs_value": kept}
    return both


def _as_typed(shown: forms.Field, value: Any) -> str:
    if isinstance(shown, forms.BooleanField):
        return "on" if value else ""
    if value is None or isinstance(shown, forms.ChoiceField):
        return str(value or "")
    return str(shown.widget.format_value(value) or "")
