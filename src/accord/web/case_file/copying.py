"""A copy with documents takes a while: the worker makes it, its requester fetches it within a day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case, WorkingCopy
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.kernel.jobs import later
from accord.network.institutions.policies import works_on_cases
from accord.network.institutions.selectors import actor_for
from accord.web.case_file.printing import print_with_documents
from accord.web.case_page import folder_for

MAKE_COPY = "web.make_working_copy"
PRINTING = "print a case file"
KEPT = timedelta(hours=24)


@transaction.atomic
def ask_for_copy(*, by: Actor, case: Case) -> WorkingCopy:
    """Let the worker print the case with its documents; one that is still being made is not begun again."""
    waiting = WorkingCopy.objects.filter(
        user_id=by.user_key, institution_id=by.institution_key, case=case, ready_at=None, expires_at__gt=now()
    ).first()
    if waiting is not None:
        return waiting
    copy = WorkingCopy.objects.create(
        case=case, user_id=by.user_key, institution_id=by.institution_key, expires_at=now() + KEPT
    )
    later(MAKE_COPY, copy_id=str(copy.pk))
    return copy


def copy_for(actor: Actor, copy_id: UUID) -> WorkingCopy:
    """One of one's own copies as long as it is kept; WorkingCopy.DoesNotExist otherwise."""
    return (
        WorkingCopy.objects.filter(
            user_id=actor.user_key, institution_id=actor.institution_key, expires_at__gt=now()
        )
        .select_related("case")
        .defer("pdf")
        .get(pk=copy_id)
    )


def make_copy(copy_id: UUID) -> None:
    """Print the copy as its requester sees the case now; a second run finds it made.

    The worker's login may not take the application's role: here the policies decide alone, with the requester as
    their actor.
    """
    copy = WorkingCopy.objects.select_for_update(of=("self",)).select_related("user").get(pk=copy_id)
    if copy.ready_at is not None:
        return
    actor, _memberships = actor_for(copy.user, copy.institution_id)
    actor = actor.for_purpose(PRINTING)
    with translation.override(copy.user.language):
        try:
            copy.pdf = _printed(actor, copy)
        except Refused as refusal:
            copy.sentence = refusal.sentence
    copy.ready_at = now()
    copy.save(update_fields=["pdf", "sentence", "ready_at"])


def _printed(actor: Actor, copy: WorkingCopy) -> bytes:
    if actor.institution_id != copy.institution_id:
        raise Refused(_("Vous n’agissez plus pour cette institution."))
    works_on_cases(actor).require()
    try:
        folder = folder_for(actor, copy.case_id)
    except Http404:
        raise Refused(_("Ce dossier ne vous est plus ouvert.")) from None
    return print_with_documents(folder)


def hand_out(*, by: Actor, copy: WorkingCopy) -> bytes:
    """The finished copy; each time it is fetched is journalled."""
    record(
        by=by,
        verb="downloaded",
        is_read=True,
        subject_kind="case file",
        subject_id=copy.case_id,
        subject_label=copy.case.number,
        cases=[copy.case_id],
    )
    return bytes(copy.pdf or b"")


def forget_old_copies() -> int:
    """Drop the copies whose day is over; returns how many."""
    return WorkingCopy.objects.filter(expires_at__lte=now()).delete()[0]
