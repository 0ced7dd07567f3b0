"""Ask, answer, add, close, and make an announcement of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.advice.enums import QuestionState
from accord.casework.advice.models import Answer, Question
from accord.casework.advice.policies import (
    ANSWERING_ROLES,
    can_add,
    can_announce_from,
    can_answer,
    can_close,
    visible_to,
)
from accord.casework.advice.rules import due_on, traces_in
from accord.casework.advice.selectors import addressees_for, is_addressed, programmes_to_ask
from accord.casework.advice.services.notifying import answering_institutions, notify_asker, notify_roles
from accord.casework.advice.states import QUESTION
from accord.casework.referrals.models import Referral
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused


def lock_question(by: Actor, question_id: UUID) -> Question:
    """The question, locked; Question.DoesNotExist if the actor may not see it."""
    query = Question.objects.select_for_update(of=("self",))
    if not by.is_worker:
        query = query.filter(visible_to(by))
    return query.get(pk=question_id)


def refuse_traces(*, is_confirmed: bool, **texts: str) -> None:
    """Refuse an AVS number outright, and what looks like a person until it was looked at and confirmed."""
    for field, text in texts.items():
        traces = traces_in(text)
        if any(trace.is_refused for trace in traces):
            raise Refused(
                _(
                    "Un numéro AVS figure dans ce texte. Enlevez-le : un conseil se demande sans nommer personne."
                ),
                field=field,
            )
        if traces and not is_confirmed:
            raise Refused(
                _(
                    "Ceci ressemble à une donnée personnelle : %(found)s. Enlevez-la, ou confirmez"
                    " plus bas que personne n’est reconnaissable."
                )
                % {"found": ", ".join(f"« {trace.text} »" for trace in traces)},
                field=field,
            )


@transaction.atomic
def ask_question(
    *,
    by: Actor,
    programme_slug: str,
    subject: str,
    text: str,
    addressee_id: UUID | None = None,
    is_confirmed: bool = False,
) -> Question:
    """Ask a referent of the circle, or any of them; no case is opened and nobody is named."""
    programme = next((p for p in programmes_to_ask(by) if p.slug == programme_slug), None)
    if programme is None:
        raise Refused(
            _("Votre institution ne fait pas partie du cercle de ce dispositif."), field="programme"
        )
    if addressee_id and addressee_id not in {house.pk for house in addressees_for(by, programme_slug)}:
        raise Refused(_("Choisissez une institution où un référent répond."), field="addressee")
    refuse_traces(is_confirmed=is_confirmed, subject=subject, text=text)
    question = Question.objects.create(
        programme=programme_slug,
        asked_by_id=by.institution_key,
        asker_id=by.user_id,
        addressee_id=addressee_id,
        subject=subject,
        text=text,
        due_on=due_on(today(), answer_days=programme.parameters["advice_answer_days"]),
    )
    _journal(by, "asked", question)
    _tell_referents(question)
    return question


@transaction.atomic
def answer_question(*, by: Actor, question_id: UUID, text: str, is_confirmed: bool = False) -> Answer:
    """A referent gives advice; the asker is told."""
    question = lock_question(by, question_id)
    can_answer(by, question, is_addressed=is_addressed(by, question)).require()
    answer = _write(by, question, text, is_confirmed)
    QUESTION.check(question.state, QuestionState.ANSWERED)
    question.state = QuestionState.ANSWERED
    question.answered_at = question.answered_at or now()
    question.save(update_fields=["state", "answered_at", "updated_at"])
    _journal(by, "advised", question)
    notify_asker(question, "advice.answered")
    return answer


@transaction.atomic
def add_to_question(*, by: Actor, question_id: UUID, text: str, is_confirmed: bool = False) -> Answer:
    """Who asked asks on; the question waits for the referents again, with a new day."""
    question = lock_question(by, question_id)
    can_add(by, question).require()
    addition = _write(by, question, text, is_confirmed)
    programme = next(p for p in programmes_to_ask(by) if p.slug == question.programme)
    QUESTION.check(question.state, QuestionState.ASKED)
    question.state = QuestionState.ASKED
    question.due_on = due_on(today(), answer_days=programme.parameters["advice_answer_days"])
    question.reminded_on = question.escalated_at = None
    question.save(update_fields=["state", "due_on", "reminded_on", "escalated_at", "updated_at"])
    _journal(by, "asked", question)
    _tell_referents(question)
    return addition


@transaction.atomic
def close_question(*, by: Actor, question_id: UUID, was_helpful: bool | None) -> Question:
    """Who asked is done with it, and says whether the advice helped; closing twice is closing once."""
    question = lock_question(by, question_id)
    if question.state == QuestionState.CLOSED and question.asked_by_id == by.institution_id:
        return question
    can_close(by, question).require()
    if question.answered_at is None and was_helpful is not None:
        raise Refused(_("Cette question n’a pas encore reçu de conseil."), field="was_helpful")
    QUESTION.check(question.state, QuestionState.CLOSED)
    question.state, question.closed_at, question.was_helpful = QuestionState.CLOSED, now(), was_helpful
    question.updated_at = now()
    question.save(update_fields=["state", "closed_at", "was_helpful", "updated_at"])
    _journal(by, "closed", question)
    return question


@transaction.atomic
def announce_from_question(*, by: Actor, question_id: UUID, referral: Referral) -> Question:
    """Remember that an announcement came of the question; only who asked knows which one."""
    question = lock_question(by, question_id)
    can_announce_from(by, question).require()
    if referral.sender_id != by.institution_id:
        raise Refused(_("Cette annonce vient d’une autre institution."))
    question.referral, question.updated_at = referral, now()
    question.save(update_fields=["referral", "updated_at"])
    _journal(by, "announced", question)
    return question


def _write(by: Actor, question: Question, text: str, is_confirmed: bool) -> Answer:
    if not text.strip():
        raise Refused(_("Écrivez votre réponse."), field="text")
    refuse_traces(is_confirmed=is_confirmed, text=text)
    question.updated_at = now()
    return Answer.objects.create(
        question=question, institution_id=by.institution_key, author_id=by.user_id, text=text
    )


def _tell_referents(question: Question) -> None:
    for institution_id in answering_institutions(question):
        notify_roles(question, "advice.asked", institution_id, ANSWERING_ROLES)


def _journal(by: Actor, verb: str, question: Question) -> None:
    record(
        by=by, verb=verb, subject_kind="question", subject_id=question.pk, subject_label=question.programme
    )
