"""From the reception of a communication to the application: each act dated, each day checked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_institution, tell, touch
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.casework.detection.enums import DetectionState, Outcome
from accord.casework.detection.models import Detection
from accord.casework.detection.policies import can_treat, can_work_as_ai_office
from accord.casework.detection.rules import (
    answer_days,
    check_answer,
    check_day,
    due_on,
    leads_to_application,
)
from accord.casework.detection.selectors import answer_days_of, detection_of
from accord.casework.detection.states import DETECTION
from accord.casework.referrals.models import Referral
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind
from accord.network.programmes.selectors import programme_for

LONGEST_REASONS = 2_000
DAYS_TO_COME = 180
"""An interview that is fixed further away would answer nobody in time."""


def start_clock(by: Actor, referral: Referral) -> None:
    """A communication was sent: the AI office has so many days to answer. Sent again, the first day counts."""
    case, desk = referral.case, referral.desk
    days = answer_days(programme_for(case.programme, case.programme_version))
    if days is None or desk is None or desk.kind != Kind.AI_OFFICE:
        return
    Detection.objects.bulk_create([_new(case, desk.pk, by, today(), days)], ignore_conflicts=True)


def _new(case: Case, owner_id: UUID, by: Actor, received_on: date, days: int) -> Detection:
    return Detection(
        case=case,
        owner_id=owner_id,
        author_id=by.user_id,
        category=Category.BENEFITS,
        received_on=received_on,
        due_on=due_on(received_on, days),
    )


@transaction.atomic
def receive_communication(*, by: Actor, case_id: UUID, received_on: date) -> Detection:
    """Record a communication that came on paper, or within a case that stands in two circles; twice is once."""
    case = lock_case(by, case_id)
    can_work_as_ai_office(by, case).require()
    days = answer_days_of(by, case)
    if days is None:
        raise Refused(_("Le dossier ne se tient pas dans un cercle qui connaît la détection précoce."))
    if received_on > today():
        raise Refused(_("Cette date est dans le futur."), field="received_on")
    received = _new(case, by.institution_key, by, received_on, days)
    Detection.objects.bulk_create([received], ignore_conflicts=True)
    standing = detection_of(by, case)
    if standing is None:
        raise Refused(_("Un autre office AI a déjà reçu une communication dans ce dossier."))
    if standing.pk == received.pk:
        touch(case)
        _journal(by, received, "received")
    return standing


@transaction.atomic
def invite_to_interview(*, by: Actor, detection_id: UUID, version: int, interview_on: date) -> Detection:
    """Fix the day of the early-detection interview; it may be moved as long as it was not held."""
    detection = _lock(by, detection_id, version)
    if interview_on < detection.received_on:
        raise Refused(_before_reception(), field="interview_on")
    if (interview_on - today()).days > DAYS_TO_COME:
        raise Refused(
            _("L’entretien est trop loin : la réponse est attendue bien avant."), field="interview_on"
        )
    if detection.state != DetectionState.INVITED:
        _move(detection, DetectionState.INVITED)
    detection.interview_on = interview_on
    _save(detection)
    _journal(by, detection, "invited")
    return detection


@transaction.atomic
def hold_interview(*, by: Actor, detection_id: UUID, version: int, held_on: date) -> Detection:
    """Record that the interview took place."""
    detection = _lock(by, detection_id, version)
    _check_day(held_on, detection.received_on, "held_on")
    _move(detection, DetectionState.HELD)
    detection.held_on = held_on
    _save(detection)
    _journal(by, detection, "held")
    return detection


@transaction.atomic
def answer_communication(
    *, by: Actor, detection_id: UUID, version: int, outcome: str, reasons: str, answered_on: date
) -> Detection:
    """Answer whether an application is indicated, with the reasons; the announcer learns that it is answered.

    What was answered is a matter of benefits: only those to whom they are disclosed read it, and the person.
    """
    detection = _lock(by, detection_id, version)
    if problem := check_answer(outcome, reasons, Outcome.values):
        raise Refused(
            {
                "outcome": _("Dites si une demande est indiquée."),
                "reasons": _("Expliquez la réponse en quelques mots simples."),
            }[problem],
            field=problem,
        )
    if len(reasons) > LONGEST_REASONS:
        raise Refused(_("Au plus %(length)d caractères.") % {"length": LONGEST_REASONS}, field="reasons")
    _check_day(answered_on, detection.held_on or detection.received_on, "answered_on")
    _move(detection, DetectionState.ANSWERED)
    detection.outcome, detection.reasons = outcome, reasons.strip()
    detection.answered_on, detection.answered_by_id = answered_on, by.user_id
    detection.audience = Audience.PERSON
    _save(detection)
    tell(by=by, case=detection.case, kind=EventKind.DETECTION, data={"on": answered_on.isoformat()})
    if detection.case.announced_by_id != by.institution_id:
        notify_institution(
            kind="detection.answered",
            case=detection.case,
            institution_id=detection.case.announced_by_id,
        )
    return detection


@transaction.atomic
def note_application(*, by: Actor, detection_id: UUID, version: int, applied_on: date) -> Detection:
    """The application arrived: benefits are due from it at the earliest, not from the communication."""
    detection = _lock(by, detection_id, version)
    if detection.state == DetectionState.ANSWERED and not leads_to_application(detection.outcome):
        raise Refused(_("Aucune demande n’est attendue après cette réponse."), field="applied_on")
    _check_day(applied_on, detection.received_on, "applied_on")
    _move(detection, DetectionState.APPLIED)
    detection.applied_on = applied_on
    _save(detection)
    _journal(by, detection, "applied")
    return detection


def _lock(by: Actor, detection_id: UUID, version: int) -> Detection:
    """The communication, locked. Raises Stale when a colleague acted in between."""
    detection = lock_record(by, Detection, detection_id, can_treat)
    if detection.version != version:
        raise Stale(detection)
    return detection


def _check_day(day: date, earliest: date, field: str) -> None:
    problem = check_day(day, earliest=earliest, today=today())
    if problem == "future":
        raise Refused(_("Cette date est dans le futur."), field=field)
    if problem == "early":
        raise Refused(
            _("Au plus tôt le %(day)s, le jour de ce qui précède.") % {"day": f"{earliest:%d.%m.%Y}"},
            field=field,
        )


def _before_reception() -> str:
    return _("L’entretien ne peut pas précéder la communication.")


def _move(detection: Detection, state: DetectionState) -> None:
    DETECTION.check(detection.state, state)
    detection.state = state


def _save(detection: Detection) -> None:
    detection.version += 1
    detection.updated_at = now()
    detection.save()
    touch(detection.case)


def _journal(by: Actor, detection: Detection, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="detection",
        subject_id=detection.pk,
        subject_label=detection.case.number,
        cases=[detection.case_id],
    )
