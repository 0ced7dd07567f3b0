"""Requests as the pages say them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.medical.enums import RequestKind, RequestState
from accord.casework.medical.models import MedicalRequest, Passing, Question
from accord.casework.medical.selectors import (
    ClarificationToDo,
    FollowingToDo,
    clarifications_on_worklist,
    following_on_worklist,
    requests_on_worklist,
)
from accord.casework.medical.selectors.following import address_of
from accord.casework.medical.selectors.steps import MedicalToDo
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme


@dataclass(frozen=True, slots=True)
class DatedStep:
    """One step with its day, or none yet."""

    word: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PassingLine:
    """One line of the history, in words."""

    at: datetime
    what: str
    who: str
    doctor: str
    reason: str


def steps_in_words(asked: MedicalRequest) -> list[DatedStep]:
    """The steps of a request in their order, each with its date."""
    steps = [
        (_("Demandé"), asked.asked_at),
        (_("Attribué"), asked.allocated_at),
        (_("Entretien fixé"), asked.scheduled_at),
        (_("Formulaire préparé"), asked.prepared_at),
        (_("Entretien tenu"), asked.interviewed_at),
        (_("Rapport signé"), asked.signed_at),
        (_("Remis au secrétariat"), asked.handed_in_at),
        (_("Classé au dossier"), asked.filed_at),
    ]
    without_interview = {2, 4} if asked.kind == RequestKind.ADVICE else set()
    return [DatedStep(word, at) for place, (word, at) in enumerate(steps) if place not in without_interview]


def question_lines(programme: Programme, questions: Iterable[Question]) -> list[str]:
    """What is asked, in the reader’s language where the programme knows the question."""
    language = get_language() or "fr"
    words = {one.key: one.label.in_(language) for one in programme.questions}
    return [words.get(one.key, one.text) if one.key else one.text for one in questions]


def region_in_words(programme: Programme, key: str) -> str:
    """A region in the reader’s language; nothing when the programme has it no more."""
    return next((one.label.in_(get_language() or "fr") for one in programme.regions if one.key == key), "")


def passing_lines(passings: Iterable[Passing]) -> list[PassingLine]:
    """The history in words; why an interview came to nothing is said in the reader’s language."""
    why = {
        "absent": _("La personne n’est pas venue : un nouvel entretien est à fixer."),
        "cancelled": _("L’entretien a été annulé : un nouveau est à fixer."),
    }
    return [
        PassingLine(
            one.at,
            str(one.get_state_display()),
            one.by.name if one.by else "",
            one.doctor.name if one.doctor else "",
            why.get(one.reason, one.reason),
        )
        for one in passings
    ]


@dataclass(frozen=True, slots=True)
class MedicalItem:
    """One line of the worklist; it names the act and nothing of what is asked."""

    sentence: str
    who: str | None
    number: str
    url: str
    service: str
    is_ours: bool
    since: datetime
    due_on: date | None
    case_id: UUID


def medical_items(actor: Actor) -> list[MedicalItem]:
    """What waits on the actor at her medical service, and the advice for which her office waits."""
    return [
        *map(_of_request, requests_on_worklist(actor)),
        *map(_of_clarification, clarifications_on_worklist(actor)),
        *map(_of_following, following_on_worklist(actor)),
    ]


def _of_request(found: MedicalToDo) -> MedicalItem:
    acts = {
        RequestState.REQUESTED: _("Demande d’avis à attribuer"),
        RequestState.ALLOCATED: _("Entretien médical à fixer"),
        RequestState.SCHEDULED: _("Entretien médical à préparer"),
        RequestState.INTERVIEWED: _("Rapport à rédiger"),
        RequestState.DRAFTED: _("Rapport à signer"),
        RequestState.SIGNED: _("Rapport signé à remettre"),
        RequestState.HANDED_IN: _("Rapport à classer au dossier"),
    }
    step = found.step
    sentence = acts[RequestState(step.state)]
    if step.kind == RequestKind.ADVICE and step.state == RequestState.ALLOCATED:
        sentence = _("Conseil ponctuel à donner")
    return MedicalItem(
        sentence if found.is_ours else _("Avis du médecin"),
        found.who,
        found.number,
        reverse("medical:request", args=[step.id]),
        found.service,
        found.is_ours,
        step.held_since,
        step.due_on,
        step.case_id,
    )


def _of_clarification(found: ClarificationToDo) -> MedicalItem:
    return MedicalItem(
        _("Incapacité à éclaircir"),
        found.who,
        found.number,
        reverse("medical:doctor"),
        "",
        True,
        found.raised_at,
        found.due_on,
        found.case_id,
    )


def _of_following(found: FollowingToDo) -> MedicalItem:
    acts = {
        ("examination", "ordered"): _("Examen à fixer"),
        ("examination", "appointed"): _("Rapport d’examen à recevoir"),
        ("examination", "received"): _("Rapport d’examen à lire"),
        ("examination", "read"): _("Rapport final à rédiger"),
        ("report", "draft"): _("Rapport à signer"),
        ("report", "signed"): _("Rapport signé à remettre"),
        ("report", "handed_in"): _("Rapport à classer au dossier"),
        ("measure", "agreed"): _("Mesure médicale à suivre"),
        ("measure", "underway"): _("Mesure médicale à suivre"),
    }
    held = found.held
    return MedicalItem(
        acts[held.thing, held.state],
        found.who,
        found.number,
        address_of(held),
        "",
        True,
        held.held_since,
        found.due_on,
        held.case_id,
    )
