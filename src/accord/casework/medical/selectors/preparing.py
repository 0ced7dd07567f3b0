"""The file that the doctor reads, the treating doctors, and what she wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.cases.selectors import documents_of
from accord.casework.medical.models import (
    ClarificationDue,
    DoctorContact,
    InterviewNotes,
    MedicalRequest,
    ReadMark,
    Release,
    TreatingDoctor,
)
from accord.casework.medical.policies import (
    contacts_visible_to,
    held_or_told,
    notes_visible_to,
    read_marks_visible_to,
)
from accord.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class DocumentToRead:
    """A document of the file, and when the reader has read it."""

    filed: CaseDocument
    read_at: datetime | None

    @property
    def is_new(self) -> bool:
        """Whether the reader has not read it yet."""
        return self.read_at is None

    @property
    def is_medical(self) -> bool:
        """Whether it holds medical detail."""
        return bool((self.filed.category or 0) & Category.MEDICAL)


def documents_to_read(actor: Actor, case: Case) -> list[DocumentToRead]:
    """Everything of the case that the actor may read: medical first, what is new before what was read."""
    marks = dict(
        ReadMark.objects.filter(read_marks_visible_to(actor), case=case).values_list("document_id", "at")
    )
    found = [DocumentToRead(filed, marks.get(filed.pk)) for filed in documents_of(actor, case)]
    return sorted(found, key=lambda one: (not one.is_medical, not one.is_new))


def treating_doctors_of(actor: Actor, case: Case) -> QuerySet[TreatingDoctor]:
    """Who treats the person, each with the releases that she signed."""
    releases = Release.objects.filter(held_or_told(actor)).select_related("recorded_by")
    rows = TreatingDoctor.objects.filter(held_or_told(actor), case=case)
    return rows.prefetch_related(Prefetch("releases", queryset=releases)).order_by("name")


def treating_doctor_for(actor: Actor, treating_id: UUID) -> TreatingDoctor:
    """One treating doctor with the case; TreatingDoctor.DoesNotExist when the actor may not know of her."""
    return TreatingDoctor.objects.filter(held_or_told(actor)).select_related("case").get(pk=treating_id)


def release_for(actor: Actor, release_id: UUID) -> Release:
    """One release with its sheet; Release.DoesNotExist when the actor may not know of it."""
    rows = Release.objects.filter(held_or_told(actor))
    return rows.select_related("treating__case", "scan").get(pk=release_id)


def contacts_of(actor: Actor, case: Case) -> QuerySet[DoctorContact]:
    """Contacts with treating doctors that are kept, the newest first."""
    rows = DoctorContact.objects.filter(contacts_visible_to(actor), case=case, kept_at__isnull=False)
    return rows.select_related("treating", "author").order_by("-on", "-kept_at")


def contact_draft_of(actor: Actor, treating: TreatingDoctor) -> DoctorContact | None:
    """What the actor has begun to write about this doctor."""
    rows = DoctorContact.objects.filter(contacts_visible_to(actor), treating=treating)
    return rows.filter(author_id=actor.user_key, kept_at__isnull=True).first()


def notes_of(actor: Actor, request: MedicalRequest) -> InterviewNotes | None:
    """The notes of the interview; the service’s own."""
    return InterviewNotes.objects.filter(notes_visible_to(actor), request=request).first()


def clarification_for(actor: Actor, clarification_id: UUID) -> ClarificationDue:
    """One incapacity to clarify with its period; ClarificationDue.DoesNotExist when it is not the actor’s."""
    rows = ClarificationDue.objects.filter(held_or_told(actor))
    return rows.select_related("case", "period", "doctor").get(pk=clarification_id)
