"""Answer what the person asked for; she reads the answer at her window."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.window.enums import ANSWERED, RequestKind, RequestState
from accord.casework.window.models import PersonRequest
from accord.casework.window.policies import can_answer, requests_visible_to
from accord.casework.window.states import REQUEST
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale


@transaction.atomic
def take_up(*, by: Actor, request_id: UUID) -> PersonRequest:
    """Say that somebody works on it."""
    asked = _lock(by, request_id)
    if asked.state == RequestState.IN_PROGRESS:
        return asked
    REQUEST.check(asked.state, RequestState.IN_PROGRESS)
    asked.state = RequestState.IN_PROGRESS
    asked.version += 1
    asked.save(update_fields=["state", "version"])
    _journal(by, asked, "taken_up")
    return asked


@transaction.atomic
def answer_request(*, by: Actor, request_id: UUID, state: str, answer: str, version: int) -> PersonRequest:
    """Do what she asked, or refuse it; both with words that she reads.

    Raises Refused without words, and Stale when a colleague answered or took it up in between.
    """
    asked = _lock(by, request_id)
    if asked.version != version:
        raise Stale(asked)
    if state not in ANSWERED:
        raise Refused(_("Dites si la demande est faite ou refusée."), field="state")
    if not answer.strip():
        raise Refused(_("Écrivez à la personne ce qui a été fait, ou pourquoi non."), field="answer")
    REQUEST.check(asked.state, state)
    asked.state, asked.answer, asked.answered_at = state, answer.strip(), now()
    asked.answered_by_id, asked.answered_by_user_id = by.institution_id, by.user_id
    asked.version += 1
    asked.save()
    _journal(by, asked, "answered")
    return asked


def _lock(by: Actor, request_id: UUID) -> PersonRequest:
    asked = (
        PersonRequest.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(requests_visible_to(by))
        .get(pk=request_id)
    )
    if not asked.is_answered:
        can_answer(by, asked).require()
        return asked
    raise Stale(asked)


def _journal(by: Actor, asked: PersonRequest, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="person request",
        subject_id=asked.pk,
        subject_label=asked.case.number,
        cases=[asked.case_id],
        legal_basis="LPD art. 30 al. 2" if asked.kind == RequestKind.OBJECTION else "",
    )
