"""Notes in the interview room are kept while the doctor writes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accord.casework.medical.models import InterviewNotes
from accord.casework.medical.policies import can_take_notes
from accord.casework.medical.services.passing import lock_request
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Stale


@transaction.atomic
def write_notes(
    *,
    by: Actor,
    request_id: UUID,
    text: str,
    version: int = 0,
    page: UUID | None = None,
    by_itself: bool = False,
) -> InterviewNotes:
    """Keep the notes of an interview. Raises Stale when another page saved them in between."""
    request = lock_request(by, request_id, can_take_notes)
    notes = InterviewNotes.objects.select_for_update(of=("self",)).filter(request=request).first()
    is_new = notes is None
    notes = notes or InterviewNotes(request=request)
    saved_by_this_page = page is not None and page == notes.saved_from and not by_itself
    if not is_new and notes.version != version and not saved_by_this_page:
        raise Stale(notes)
    is_first_of_page = page is None or notes.saved_from != page
    notes.text, notes.author_id = text, by.user_id
    notes.saved_from, notes.updated_at = page, now()
    notes.version = 1 if is_new else notes.version + 1
    notes.save()
    if is_first_of_page or not by_itself:
        record(
            by=by,
            verb="saved",
            subject_kind="medical notes",
            subject_id=request.pk,
            subject_label=request.case.number,
            cases=[request.case_id],
        )
    return notes
