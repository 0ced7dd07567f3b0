"""The directory of employers, and the page of each."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_list
from accord.casework.employers.forms import EmployerForm, NewEmployerForm
from accord.casework.employers.models import Employer
from accord.casework.employers.rules import enterprise_key, normalise_uid
from accord.casework.employers.selectors import contacts_with, employers_like, likely_doubles
from accord.casework.employers.services import change_employer, register_employer
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

DETAILS = ("name", "uid", "postal_code", "city")


@screen(works_on_cases, purpose="find an employer", methods=("GET",))
def employer_list(request: AccordRequest) -> HttpResponse:
    """All enterprises of the directory, or those whose name holds what was typed."""
    typed = request.GET.get("q", "").strip()[:100]
    context = {"employers": employers_like(request.actor, typed), "typed": typed}
    return render(request, "employers/list.html", context)


@screen(works_on_cases, purpose="find an employer", methods=("GET",))
def show(request: AccordRequest, employer_id: UUID) -> HttpResponse:
    """An enterprise with its contacts, planned and past, in the cases that one may see."""
    employer = employer_or_404(employer_id)
    planned, past = contacts_with(request.actor, employer)
    if rows := [*planned, *past]:
        read_list(by=request.actor, cases=sorted({row.case_id for row in rows}))
    return render(request, "employers/show.html", {"employer": employer, "planned": planned, "past": past})


@screen(works_on_cases, purpose="register an employer")
def new(request: AccordRequest) -> HttpResponse:
    """Enter an enterprise; likely doubles are shown before it is."""
    return entry_page(request, back=reverse("employers:list"))


def entry_page(request: AccordRequest, *, back: str, case_id: UUID | None = None) -> HttpResponse:
    """The form of a new enterprise; with a case one goes on to plan the contact."""
    doubles: list[Employer] = []
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in DETAILS}
        if enterprise_key(typed["name"]):
            doubles = likely_doubles(typed["name"], typed["city"], normalise_uid(typed["uid"]) or "")
    form = NewEmployerForm(request.POST or None, has_doubles=bool(doubles))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            employer = register_employer(
                by=request.actor, is_new=data["is_new"], **{name: data[name] for name in DETAILS}
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("L’entreprise est enregistrée."))
            return HttpResponseRedirect(_next(employer, case_id))
    context = {
        "form": form,
        "title": _("Nouvel employeur"),
        "button": _("Enregistrer l’entreprise"),
        "back": back,
        "doubles": [(double, _next(double, case_id)) for double in doubles],
    }
    return render(request, "employers/form.html", context, status=422 if form.is_bound else 200)


def _next(employer: Employer, case_id: UUID | None) -> str:
    if case_id:
        return reverse("employers:contact", args=[case_id, employer.pk])
    return reverse("employers:show", args=[employer.pk])


@screen(works_on_cases, purpose="correct an employer")
def change(request: AccordRequest, employer_id: UUID) -> HttpResponse:
    """Correct an enterprise; both versions are shown when somebody was faster."""
    employer = employer_or_404(employer_id)
    back = reverse("employers:show", args=[employer.pk])
    known = {name: getattr(employer, name) for name in (*DETAILS, "version")}
    form = EmployerForm(request.POST or None, initial=known)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            change_employer(
                by=request.actor,
                employer_id=employer.pk,
                version=data["version"] or 0,
                **{name: data[name] for name in DETAILS},
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        except Stale as stale:
            return _conflict(request, form, stale.current, back)
        else:
            messages.success(request, _("L’entreprise est corrigée."))
            return HttpResponseRedirect(back)
    context = {"form": form, "title": _("Corriger l’employeur"), "button": _("Enregistrer"), "back": back}
    return render(request, "employers/form.html", context, status=422 if form.is_bound else 200)


def _conflict(request: AccordRequest, form: forms.Form, current: Employer, back: str) -> HttpResponse:
    mine = form.cleaned_data
    fields = [
        {
            "label": form.fields[name].label,
            "name": name,
            "mine": mine[name],
            "theirs": getattr(current, name),
            "changed": mine[name] != getattr(current, name),
        }
        for name in DETAILS
    ]
    context = {
        "fields": fields,
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "back": back,
    }
    return render(request, "web/conflict.html", context, status=409)


def employer_or_404(employer_id: UUID) -> Employer:
    """An enterprise of the directory."""
    try:
        return Employer.objects.get(pk=employer_id)
    except Employer.DoesNotExist:
        raise Http404 from None
