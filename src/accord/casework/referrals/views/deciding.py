"""The desk's answers and the sender's: each is one POST to a noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.casework.referrals.forms import (
    AcceptanceForm,
    AnswerForm,
    QuestionForm,
    RefusalForm,
    WithdrawalForm,
)
from accord.casework.referrals.models import Exchange
from accord.casework.referrals.services import (
    accept_referral,
    answer_back,
    ask_back,
    decline_referral,
    withdraw_referral,
)
from accord.casework.referrals.views.loading import load
from accord.casework.referrals.views.reading import leads_of, reading_page
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

DONE = {
    "acceptance": _("L’annonce est acceptée : le dossier est ouvert."),
    "refusal": _("L’annonce n’est pas retenue ; qui l’a envoyée en est informé."),
    "question": _("La question est posée."),
    "answer": _("La réponse est envoyée."),
    "withdrawal": _("L’annonce est retirée."),
}


def _act(
    request: AccordRequest, referral_id: UUID, name: str, form: Form, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Do it and return to the announcement, or show it again with what was typed and why it was refused."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        except Exchange.DoesNotExist as unknown:
            raise Http404 from unknown
        else:
            messages.success(request, DONE[name])
            return HttpResponseRedirect(reverse("referrals:show", args=[referral_id]))
    referral, programme = load(request.actor, referral_id)
    return reading_page(request, referral, programme, **{name: form})


@screen(works_on_cases, purpose="triage an announcement", methods=("POST",))
def acceptance(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The desk takes the case and says who leads."""
    referral, programme = load(request.actor, referral_id)
    form = AcceptanceForm(request.POST, leads=leads_of(referral, programme))

    def act(data: dict[str, Any]) -> object:
        return accept_referral(by=request.actor, referral_id=referral_id, lead_id=data["lead"])

    return _act(request, referral_id, "acceptance", form, act)


@screen(works_on_cases, purpose="triage an announcement", methods=("POST",))
def refusal(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The desk declines, with a reason and a sentence."""
    load(request.actor, referral_id)

    def act(data: dict[str, Any]) -> object:
        return decline_referral(by=request.actor, referral_id=referral_id, **data)

    return _act(request, referral_id, "refusal", RefusalForm(request.POST), act)


@screen(works_on_cases, purpose="triage an announcement", methods=("POST",))
def question(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The desk asks the announcer for what is missing."""
    load(request.actor, referral_id)

    def act(data: dict[str, Any]) -> object:
        return ask_back(by=request.actor, referral_id=referral_id, question=data["question"])

    return _act(request, referral_id, "question", QuestionForm(request.POST), act)


@screen(works_on_cases, purpose="answer the desk", methods=("POST",))
def answer(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The sender answers a question of the desk."""
    load(request.actor, referral_id)

    def act(data: dict[str, Any]) -> object:
        return answer_back(
            by=request.actor, referral_id=referral_id, exchange_id=data["exchange"], answer=data["answer"]
        )

    return _act(request, referral_id, "answer", AnswerForm(request.POST), act)


@screen(works_on_cases, purpose="withdraw an announcement", methods=("POST",))
def withdrawal(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The sender takes the announcement back."""
    load(request.actor, referral_id)

    def act(data: dict[str, Any]) -> object:
        return withdraw_referral(by=request.actor, referral_id=referral_id, reason=data["reason"])

    return _act(request, referral_id, "withdrawal", WithdrawalForm(request.POST), act)
