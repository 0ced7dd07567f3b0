"""What is written in a case, as far as the actor may read it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from accord.casework.cases.models import (
    Case,
    CaseDocument,
    Event,
    Note,
    Participant,
    Step,
)
from accord.casework.cases.policies import (
    files_visible_to,
    participants_visible_to,
    records_visible_to,
)
from accord.kernel.actors import Actor
from accord.people.persons.models import InstitutionFile


def participants_of(actor: Actor, case: Case) -> QuerySet[Participant]:
    """Who takes part or took part, the present ones first."""
    return (
        Participant.objects.filter(participants_visible_to(actor), case=case)
        .select_related("institution", "referent")
        .order_by(F("left_at").desc(nulls_first=True), "joined_at")
    )


def events_of(actor: Actor, case: Case) -> QuerySet[Event]:
    """The timeline, newest first."""
    return (
        Event.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner", "author")
        .order_by("-at", "-id")
    )


def notes_of(actor: Actor, case: Case) -> QuerySet[Note]:
    """Notes, newest first."""
    return (
        Note.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner", "author")
        .order_by("-created_at", "-id")
    )


def steps_of(actor: Actor, case: Case) -> QuerySet[Step]:
    """Steps: the open ones by due date first, then the ended ones."""
    return (
        Step.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner", "assignee", "assignee_user")
        .order_by(F("ended_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id")
    )


def documents_of(actor: Actor, case: Case) -> QuerySet[CaseDocument]:
    """Filed documents, newest first."""
    return (
        CaseDocument.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner", "author", "document")
        .order_by("-created_at", "-id")
    )


def files_of(actor: Actor, case: Case) -> QuerySet[InstitutionFile]:
    """Each institution's own file on the person: the bars of the picture."""
    return (
        InstitutionFile.objects.filter(files_visible_to(actor), person_id=case.person_id)
        .select_related("institution")
        .order_by("opened_on", "id")
    )


def step_for(actor: Actor, step_id: UUID) -> Step:
    """One step with its case; Step.DoesNotExist when the actor may not read it."""
    return Step.objects.filter(records_visible_to(actor)).select_related("case", "owner").get(pk=step_id)


def note_for(actor: Actor, note_id: UUID) -> Note:
    """One note with its case; Note.DoesNotExist when the actor may not read it."""
    return Note.objects.filter(records_visible_to(actor)).select_related("case", "owner").get(pk=note_id)


def filed_document_for(actor: Actor, filed_id: UUID) -> CaseDocument:
    """One filed document with its case; CaseDocument.DoesNotExist when the actor may not see it."""
    return (
        CaseDocument.objects.filter(records_visible_to(actor))
        .select_related("case", "owner", "document")
        .get(pk=filed_id)
    )
