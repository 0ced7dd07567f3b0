"""The secretariat’s desk and the doctor’s desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from accord.casework.medical.policies import practises, serves_medically
from accord.casework.medical.selectors import absences_listed, doctor_desk, secretariat_desk
from accord.casework.medical.services import read_requests
from accord.kernel.clock import today
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.enums import Role


@screen(serves_medically, purpose="medical secretariat", compartment=True, methods=("GET",))
def secretariat(request: AccordRequest) -> HttpResponse:
    """What waits at the medical service: each request with its holder, since when, until when."""
    desk = secretariat_desk(request.actor)
    read_requests(by=request.actor, cases=desk.cases)
    away = [one for one in absences_listed(request.actor) if one.since <= today()]
    context = {"desk": desk, "away": away, "is_doctor": request.actor.has_role(Role.DOCTOR)}
    return render(request, "medical/secretariat.html", context)


@screen(practises, purpose="medical desk", compartment=True, methods=("GET",))
def doctor(request: AccordRequest) -> HttpResponse:
    """The doctor’s day: interviews, reports to write, incapacities to clarify."""
    desk = doctor_desk(request.actor)
    read_requests(by=request.actor, cases=desk.cases)
    return render(request, "medical/doctor.html", {"desk": desk})
