"""Answer, ask on, close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.casework.advice.forms import AnswerForm, CloseForm
from accord.casework.advice.policies import can_add, can_answer, can_close
from accord.casework.advice.selectors import is_addressed
from accord.casework.advice.services import add_to_question, answer_question, close_question
from accord.casework.advice.views.reading import load, reading_page
from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

DONE = {
    "answer": _("Votre réponse est envoyée."),
    "addition": _("Votre question est reposée."),
    "closure": _("La question est close."),
}


def _act(
    request: AccordRequest,
    question_id: UUID,
    name: str,
    form: Form,
    decision: Decision,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do it and return to the question, or show it again with what was typed and why it was refused."""
    if not decision:
        raise PermissionDenied(decision.sentence)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, DONE[name])
            return HttpResponseRedirect(reverse("advice:show", args=[question_id]))
    return reading_page(request, load(request.actor, question_id), **{name: form})


@screen(works_on_cases, purpose="give advice", methods=("POST",))
def answer(request: AccordRequest, question_id: UUID) -> HttpResponse:
    """A referent answers."""
    question = load(request.actor, question_id)

    def act(data: dict[str, Any]) -> object:
        return answer_question(
            by=request.actor, question_id=question_id, text=data["text"], is_confirmed=data["confirmed"]
        )

    may = can_answer(request.actor, question, is_addressed=is_addressed(request.actor, question))
    return _act(request, question_id, "answer", AnswerForm(request.POST), may, act)


@screen(works_on_cases, purpose="ask for advice", methods=("POST",))
def addition(request: AccordRequest, question_id: UUID) -> HttpResponse:
    """Who asked asks on."""
    question = load(request.actor, question_id)

    def act(data: dict[str, Any]) -> object:
        return add_to_question(
            by=request.actor, question_id=question_id, text=data["text"], is_confirmed=data["confirmed"]
        )

    return _act(
        request, question_id, "addition", AnswerForm(request.POST), can_add(request.actor, question), act
    )


@screen(works_on_cases, purpose="close a question", methods=("POST",))
def closure(request: AccordRequest, question_id: UUID) -> HttpResponse:
    """Who asked closes, and says whether it helped."""
    question = load(request.actor, question_id)

    def act(data: dict[str, Any]) -> object:
        return close_question(by=request.actor, question_id=question_id, **data)

    return _act(
        request, question_id, "closure", CloseForm(request.POST), can_close(request.actor, question), act
    )
