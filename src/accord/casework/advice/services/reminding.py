"""A question that nobody answers is not forgotten: reminder, managers, then its end. The worker's, daily."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accord.casework.advice.enums import QuestionState
from accord.casework.advice.models import Question
from accord.casework.advice.policies import ANSWERING_ROLES
from accord.casework.advice.rules import expires_on
from accord.casework.advice.services.notifying import answering_institutions, notify_asker, notify_roles
from accord.casework.advice.states import QUESTION
from accord.foundation.journal.services import record
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.network.institutions.enums import Role
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programmes


@transaction.atomic
def remind_escalate_and_expire(*, on: date) -> tuple[int, int, int]:
    """Remind once on the day after it was due, tell the managers once, let expire; returns the three counts.

    Run twice, it tells once.
    """
    programmes = {programme.slug: programme for programme in current_programmes()}
    late = Question.objects.select_for_update(of=("self",)).filter(
        state=QuestionState.ASKED, due_on__lt=on, programme__in=programmes
    )
    counts = {"expired": 0, "escalated": 0, "reminded": 0}
    for question in late:
        if act := _due_act(question, programmes[question.programme], on):
            {"expired": _expire, "escalated": _escalate, "reminded": _remind}[act](question, on)
            counts[act] += 1
    return counts["reminded"], counts["escalated"], counts["expired"]


def _due_act(question: Question, programme: Programme, on: date) -> str:
    parameters = programme.parameters
    ends_on = expires_on(
        question.due_on,
        answer_days=parameters["advice_answer_days"],
        escalation_days=parameters["escalation_days"],
    )
    if on >= ends_on:
        return "expired"
    overdue = on > question.due_on + timedelta(days=parameters["escalation_days"])
    if overdue and question.escalated_at is None:
        return "escalated"
    return "reminded" if question.reminded_on is None else ""


def _remind(question: Question, on: date) -> None:
    question.reminded_on = on
    question.save(update_fields=["reminded_on"])
    for institution_id in answering_institutions(question):
        notify_roles(question, "advice.reminder", institution_id, ANSWERING_ROLES)


def _escalate(question: Question, on: date) -> None:
    question.escalated_at, question.reminded_on = now(), question.reminded_on or on
    question.save(update_fields=["escalated_at", "reminded_on"])
    for institution_id in answering_institutions(question):
        notify_roles(question, "advice.escalated", institution_id, [Role.MANAGER])


def _expire(question: Question, on: date) -> None:
    QUESTION.check(question.state, QuestionState.EXPIRED)
    question.state, question.updated_at = QuestionState.EXPIRED, now()
    question.save(update_fields=["state", "updated_at"])
    record(
        by=WORKER,
        verb="expired",
        subject_kind="question",
        subject_id=question.pk,
        subject_label=question.programme,
    )
    notify_asker(question, "advice.expired")
