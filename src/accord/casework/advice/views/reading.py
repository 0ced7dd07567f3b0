"""The lists of questions, and one question with its thread."""

from __future__ import annotations

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.advice.forms import AnswerForm, CloseForm
from accord.casework.advice.models import Question
from accord.casework.advice.policies import (
    ANSWERING_ROLES,
    can_add,
    can_announce_from,
    can_answer,
    can_close,
    gives_advice,
)
from accord.casework.advice.selectors import (
    SHELVES,
    is_addressed,
    programmes_to_ask,
    question_for,
    questions_page,
)
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import current_programme


@screen(works_on_cases, purpose="list of questions", methods=("GET",))
def question_list(request: AccordRequest) -> HttpResponse:
    """What referents have to answer, what was answered, what was asked by us."""
    actor = request.actor
    first = "a-repondre" if actor.has_role(*ANSWERING_ROLES) else "posees"
    words = {"a-repondre": _("à répondre"), "repondues": _("répondues"), "posees": _("posées par nous")}
    choices = [("" if key == first else key, word) for key, word in words.items()]
    wanted = request.GET.get("liste", "")
    shelf = wanted if wanted in SHELVES else first
    page = questions_page(
        actor, shelf, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    if page.rows:
        record_read(by=actor, subject_kind="question list")
    context = {
        "page": page,
        "shelf": shelf,
        "choices": sorted(choices, key=lambda choice: choice[0] != ""),
        "may_ask": bool(programmes_to_ask(actor)),
        "gives_advice": bool(gives_advice(actor)),
    }
    return render(request, "advice/list.html", context)


def load(actor: Actor, question_id: UUID) -> Question:
    """A question that the actor may see; 404 for any other."""
    try:
        return question_for(actor, question_id)
    except Question.DoesNotExist as unknown:
        raise Http404 from unknown


@screen(works_on_cases, purpose="read a question", methods=("GET",))
def show(request: AccordRequest, question_id: UUID) -> HttpResponse:
    """The question, its answers, and what one may do next."""
    return reading_page(request, load(request.actor, question_id))


def reading_page(request: AccordRequest, question: Question, **bound: Form) -> HttpResponse:
    """The question with its forms; `bound` are those that were refused."""
    actor = request.actor
    record_read(by=actor, subject_kind="question", subject_id=question.pk, subject_label=question.programme)
    may_answer = can_answer(actor, question, is_addressed=is_addressed(actor, question))
    context = {
        "question": question,
        "programme_label": current_programme(question.programme).label.in_(get_language() or "fr"),
        "is_asker": question.asked_by_id == actor.institution_id,
        "answer": bound.get("answer") or (AnswerForm() if may_answer else None),
        "addition": bound.get("addition") or (AnswerForm() if can_add(actor, question) else None),
        "closure": bound.get("closure") or (CloseForm() if can_close(actor, question) else None),
        "may_announce": bool(can_announce_from(actor, question)),
    }
    return render(request, "advice/show.html", context, status=422 if bound else 200)
