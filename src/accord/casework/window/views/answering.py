"""Colleagues read what the person asks for, and answer her."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_case, read_list
from accord.casework.window.forms import AnswerForm
from accord.casework.window.models import PersonRequest
from accord.casework.window.selectors import request_for, requests_page
from accord.casework.window.services import answer_request, take_up
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.policies import protects_data, works_on_cases


@screen(works_on_cases, purpose="answer the person", methods=("GET",))
def request_list(request: AccordRequest) -> HttpResponse:
    """What the persons ask of the actor's institution."""
    return _list(request, objections=False)


@screen(protects_data, purpose="answer an objection", methods=("GET",))
def objection_list(request: AccordRequest) -> HttpResponse:
    """Objections, for the data-protection officer."""
    return _list(request, objections=True)


def _list(request: AccordRequest, *, objections: bool) -> HttpResponse:
    page = requests_page(
        request.actor,
        objections=objections,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    if page.rows:
        read_list(by=request.actor, cases=sorted({one.case_id for one in page.rows}))
    context = {"page": page, "objections": objections}
    return render(request, "window/request_list.html", context)


@screen(works_on_cases, purpose="answer the person")
def answer(request: AccordRequest, asked_id: UUID) -> HttpResponse:
    """One request, and the answer to it."""
    return _answer(request, asked_id, objections=False)


@screen(protects_data, purpose="answer an objection")
def objection(request: AccordRequest, objection_id: UUID) -> HttpResponse:
    """One objection, and the answer to it."""
    return _answer(request, objection_id, objections=True)


def _answer(request: AccordRequest, key: UUID, *, objections: bool) -> HttpResponse:
    try:
        asked = request_for(request.actor, key, objections=objections)
    except PersonRequest.DoesNotExist:
        raise Http404 from None
    back = reverse("window:objections" if objections else "window:asked")
    bound = request.method == "POST" and "take_up" not in request.POST
    form = AnswerForm(request.POST if bound else None, initial={"version": asked.version})
    meanwhile = False
    if request.method == "POST":
        try:
            if _act(request, asked, form):
                return HttpResponseRedirect(back if bound else request.path)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        except (Stale, ForbiddenTransition):
            meanwhile = True
            asked = request_for(request.actor, key, objections=objections)
    read_case(by=request.actor, case=asked.case, what="person request")
    context = {"asked": asked, "form": form, "back": back, "meanwhile": meanwhile}
    status = 409 if meanwhile else 422 if form.is_bound else 200
    return render(request, "window/answer.html", context, status=status)


def _act(request: AccordRequest, asked: PersonRequest, form: AnswerForm) -> bool:
    """Take it up, or answer; False when the form has faults."""
    if "take_up" in request.POST:
        take_up(by=request.actor, request_id=asked.pk)
        messages.success(request, _("La personne lit maintenant que vous vous en occupez."))
        return True
    if not form.is_valid():
        return False
    answer_request(by=request.actor, request_id=asked.pk, **form.cleaned_data)
    messages.success(request, _("La personne lit votre réponse à sa fenêtre."))
    return True
