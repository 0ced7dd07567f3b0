"""Doctors of the regions, their replacements and absences: kept by the medical service itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import act_once
from accord.casework.medical.forms.desks import AbsenceForm, RegionForm
from accord.casework.medical.policies import serves_medically
from accord.casework.medical.selectors import absences_listed, doctors_of, regions_of_service
from accord.casework.medical.services import end_absence, name_region_doctor, note_absence
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen


@screen(serves_medically, purpose="name the doctors of the regions", compartment=True)
def regions(request: AccordRequest) -> HttpResponse:
    """Each region with its doctor and her replacement; who is away, and a new absence."""
    actor, language = request.actor, get_language() or "fr"
    form = AbsenceForm(request.POST or None, doctors=doctors_of(actor, actor.institution_key))
    if form.is_bound and form.is_valid():
        try:
            note_absence(
                by=actor,
                doctor_id=form.cleaned_data["doctor"],
                since=form.cleaned_data["since"],
                until=form.cleaned_data["until"],
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("L’absence est notée."))
            return HttpResponseRedirect(request.path)
    context = {
        "regions": [
            {
                "programme": programme,
                "programme_label": programme.label.in_(language),
                "key": region.key,
                "label": region.label.in_(language),
                "named": named,
            }
            for programme, region, named in regions_of_service(actor)
        ],
        "absences": absences_listed(actor),
        "form": form,
    }
    return render(request, "medical/regions.html", context, status=422 if form.errors else 200)


@screen(serves_medically, purpose="name the doctors of the regions", compartment=True)
def region(request: AccordRequest, programme_key: str, region_key: str) -> HttpResponse:
    """Name the doctor of a region and her replacement."""
    actor, language = request.actor, get_language() or "fr"
    found = next(
        (
            (one, named)
            for programme, one, named in regions_of_service(actor)
            if programme.slug == programme_key and one.key == region_key
        ),
        None,
    )
    if found is None:
        raise Http404
    one, named = found
    initial: dict[str, object] = {"version": 0}
    if named is not None:
        initial = {
            "doctor": str(named.doctor_id),
            "replacement": str(named.replacement_id or ""),
            "version": named.version,
        }
    form = RegionForm(request.POST or None, doctors=doctors_of(actor, actor.institution_key), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            name_region_doctor(
                by=actor,
                programme=programme_key,
                region=region_key,
                doctor_id=form.cleaned_data["doctor"],
                replacement_id=form.cleaned_data["replacement"],
                version=form.cleaned_data["version"],
            )
        except Stale as stale:
            form.add_error(
                None,
                _("Une collègue vient de nommer %(doctor)s. Regardez la liste, puis recommencez.")
                % {"doctor": stale.current.doctor.name},
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Le médecin de la région est nommé."))
            return HttpResponseRedirect(reverse("medical:regions"))
    context = {"form": form, "title": one.label.in_(language), "back": reverse("medical:regions")}
    return render(request, "medical/region.html", context, status=422 if form.errors else 200)


@screen(serves_medically, purpose="name the doctors of the regions", compartment=True, methods=("POST",))
def absence_end(request: AccordRequest, absence_id: UUID) -> HttpResponse:
    """Take an absence back."""
    return act_once(
        request,
        lambda: end_absence(by=request.actor, absence_id=absence_id),
        back=reverse("medical:regions"),
        done=_("L’absence est retirée."),
    )
