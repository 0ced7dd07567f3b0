"""Ask, and make an announcement of a question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.advice.forms import AskForm
from accord.casework.advice.policies import can_announce_from
from accord.casework.advice.selectors import addressees_for, programmes_to_ask
from accord.casework.advice.services import announce_from_question, ask_question
from accord.casework.advice.views.reading import load
from accord.casework.referrals.forms import StartForm
from accord.casework.referrals.selectors import (
    own_person,
    persons_to_announce,
    programmes_for,
    running_cases_of,
)
from accord.casework.referrals.services import start_referral
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="ask for advice")
def ask(request: AccordRequest) -> HttpResponse:
    """Ask a referent; what looks like a person is refused, or asked about."""
    actor = request.actor
    programmes = programmes_to_ask(actor)
    houses = {house.pk: house for p in programmes for house in addressees_for(actor, p.slug)}
    form = AskForm(
        request.POST if request.method == "POST" else None, programmes=programmes, addressees=houses.values()
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            question = ask_question(
                by=actor,
                programme_slug=data["programme"],
                addressee_id=data["addressee"],
                subject=data["subject"],
                text=data["text"],
                is_confirmed=data["confirmed"],
            )
        except Refused as refused:
            form.show_refusal(refused)
        else:
            messages.success(request, _("La question est posée. Vous serez averti de la réponse."))
            return HttpResponseRedirect(reverse("advice:show", args=[question.pk]))
    context = {"form": form, "has_programmes": bool(programmes)}
    return render(request, "advice/ask.html", context, status=422 if form.errors else 200)


@screen(works_on_cases, purpose="announce from a question")
def announcement(request: AccordRequest, question_id: UUID) -> HttpResponse:
    """Begin an announcement with the programme and the subject of the question; it stays linked to it."""
    actor = request.actor
    question = load(actor, question_id)
    if not (decision := can_announce_from(actor, question)):
        raise PermissionDenied(decision.sentence)
    is_search = "search" in request.POST
    programmes, persons = (
        programmes_for(actor),
        persons_to_announce(actor, request.POST.get("text", "")[:200]),
    )
    form = StartForm(
        request.POST if request.method == "POST" and not is_search else None,
        programmes=programmes,
        persons=persons,
        initial={"programme": question.programme} | request.POST.dict(),
    )
    duplicates: list[Any] = []
    if form.is_valid():
        data = form.cleaned_data
        person = own_person(actor, data["person"])
        duplicates = running_cases_of(actor, person, data["programme"])
        if not duplicates or data["confirmed"]:
            referral = start_referral(
                by=actor,
                programme_slug=data["programme"],
                person=person,
                subject=question.subject,
                region=data.get("region", ""),
            )
            announce_from_question(by=actor, question_id=question_id, referral=referral)
            return HttpResponseRedirect(reverse("referrals:form", args=[referral.pk]))
    context = {
        "form": form,
        "duplicates": duplicates,
        "searched": request.POST.get("text", ""),
        "has_persons": bool(persons),
        "has_programmes": bool(programmes),
    }
    return render(request, "referrals/start.html", context, status=422 if form.errors or duplicates else 200)
