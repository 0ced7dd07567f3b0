"""What is written into a case: the timeline, notes, steps, documents."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind, StepState
from accord.casework.cases.models import Case, CaseDocument, Event, Note, Participant, Step
from accord.casework.cases.policies import (
    can_change_record,
    can_end_step,
    can_work_on,
)
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.cases.services.following import announce_to_followers
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.casework.cases.services.notifying import notify_institution
from accord.casework.cases.states import STEP
from accord.foundation.documents.models import Document
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale


def touch(case: Case) -> None:
    """Say that something changed in the case, for lists and for "new since your visit"."""
    case.updated_at = now()
    case.save(update_fields=["updated_at"])


def tell(
    *,
    by: Actor,
    case: Case,
    kind: EventKind,
    data: dict[str, Any] | None = None,
    category: Category | None = None,
    owner_id: UUID | None = None,
) -> Event:
    """Write a line into the timeline, for all who know of the case or for a category only, and journal it."""
    event = Event.objects.create(
        case=case,
        owner_id=owner_id or by.institution_id or case.lead_id,
        author_id=by.user_id,
        category=category,
        kind=kind,
        data=data or {},
    )
    touch(case)
    announce_to_followers(event)
    record(
        by=by,
        verb=str(kind),
        subject_kind="case",
        subject_id=case.pk,
        subject_label=case.number,
        cases=[case.pk],
        data=data,
    )
    return event


@transaction.atomic
def add_note(*, by: Actor, case_id: UUID, text: str, category: int, audience: str) -> Note:
    """Write a note, for one's own institution or for those to whom its category is disclosed."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    note = Note.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=category,
        audience=audience,
        text=text,
    )
    if audience != Audience.OWN:
        touch(case)
    record(
        by=by,
        verb="wrote",
        subject_kind="note",
        subject_id=note.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
    return note


@transaction.atomic
def change_note(*, by: Actor, note_id: UUID, version: int, text: str) -> Note:
    """Correct a note of one's institution. Raises Stale when a colleague saved it in between."""
    note = lock_record(by, Note, note_id, can_change_record)
    can_work_on(by, note.case).require()
    if note.version != version:
        raise Stale(note)
    before, note.text = note.text, text
    note.version += 1
    note.updated_at = now()
    note.save(update_fields=["text", "version", "updated_at"])
    if note.audience != Audience.OWN:
        touch(note.case)
    record(
        by=by,
        verb="changed",
        subject_kind="note",
        subject_id=note.pk,
        subject_label=note.case.number,
        cases=[note.case_id],
        data={"before": before, "after": text},
    )
    return note


def _check_assignee(by: Actor, case: Case, assignee_id: UUID, category: int) -> None:
    if not Participant.objects.filter(case=case, institution_id=assignee_id, left_at__isnull=True).exists():
        raise Refused(_("Choisissez une institution qui participe au dossier."), field="assignee")
    if assignee_id != by.institution_id and not is_disclosed_to(case, assignee_id, category):
        raise Refused(
            _(
                "Cette institution n’est pas autorisée à lire cette démarche :"
                " demandez l’autorisation à la personne."
            ),
            field="assignee",
        )


def _tell_assignee(by: Actor, step: Step) -> None:
    if step.assignee_id != by.institution_id:
        notify_institution(kind="case.step_assigned", case=step.case, institution_id=step.assignee_id)


@transaction.atomic
def add_step(
    *,
    by: Actor,
    case_id: UUID,
    title: str,
    assignee_id: UUID,
    due_on: date | None,
    assignee_user_id: UUID | None = None,
    category: int = Category.PLAN,
) -> Step:
    """Write down something to do, for an institution that takes part and may read it, until a day."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    _check_assignee(by, case, assignee_id, category)
    step = Step.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=category,
        title=title,
        assignee_id=assignee_id,
        assignee_user_id=assignee_user_id,
        due_on=due_on,
    )
    touch(case)
    _tell_assignee(by, step)
    record(
        by=by,
        verb="planned",
        subject_kind="step",
        subject_id=step.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
    return step


@transaction.atomic
def change_step(
    *, by: Actor, step_id: UUID, version: int, title: str, assignee_id: UUID, due_on: date | None
) -> Step:
    """Reword, reassign or move a step of one's institution. Raises Stale when it was saved in between."""
    step = lock_record(by, Step, step_id, can_change_record)
    can_work_on(by, step.case).require()
    if step.version != version:
        raise Stale(step)
    _check_assignee(by, step.case, assignee_id, step.category or 0)
    is_reassigned = step.assignee_id != assignee_id
    before = {"title": step.title, "assignee": str(step.assignee_id), "due_on": str(step.due_on or "")}
    step.title, step.assignee_id, step.due_on = title, assignee_id, due_on
    step.version += 1
    step.updated_at = now()
    step.save(update_fields=["title", "assignee", "due_on", "version", "updated_at"])
    touch(step.case)
    if is_reassigned:
        _tell_assignee(by, step)
    record(
        by=by,
        verb="changed",
        subject_kind="step",
        subject_id=step.pk,
        subject_label=step.case.number,
        cases=[step.case_id],
        data={
            "before": before,
            "after": {"title": title, "assignee": str(assignee_id), "due_on": str(due_on or "")},
        },
    )
    return step


@transaction.atomic
def end_step(*, by: Actor, step_id: UUID, state: StepState) -> Step:
    """Mark a step as done or dropped, or open it again; doing so twice changes nothing."""
    step = lock_record(by, Step, step_id, can_end_step)
    can_work_on(by, step.case).require()
    if step.state == state:
        return step
    STEP.check(step.state, state)
    step.state = state
    step.ended_at = None if state == StepState.OPEN else now()
    step.updated_at = now()
    step.version += 1
    step.save(update_fields=["state", "ended_at", "updated_at", "version"])
    touch(step.case)
    record(
        by=by,
        verb=str(state),
        subject_kind="step",
        subject_id=step.pk,
        subject_label=step.case.number,
        cases=[step.case_id],
    )
    return step


@transaction.atomic
def file_document(
    *, by: Actor, case_id: UUID, document: Document, title: str, category: int, audience: str
) -> CaseDocument:
    """File a stored document in the case, under a category and for an audience."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    filed = CaseDocument.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=category,
        audience=audience,
        document=document,
        title=title,
    )
    if audience != Audience.OWN:
        tell(by=by, case=case, kind=EventKind.DOCUMENT, data={"title": title}, category=Category(category))
    else:
        record(
            by=by,
            verb="filed",
            subject_kind="document",
            subject_id=document.pk,
            subject_label=case.number,
            cases=[case.pk],
        )
    return filed
