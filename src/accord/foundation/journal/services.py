"""Write the journal, in the same transaction as the act itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponseBase, HttpResponseRedirect

from accord.foundation.journal.models import Entry, Submission
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.http import AccordRequest

THE_PERSON = "la personne concernée"
"""Who acted, when the insured person did so at her own window."""
KEEP_SUBMISSIONS = timedelta(days=2)


def record(
    *,
    by: Actor,
    verb: str,
    subject_kind: str,
    subject_id: UUID | None = None,
    subject_label: str = "",
    cases: Iterable[UUID] = (),
    is_read: bool = False,
    legal_basis: str = "",
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """Keep one act: `verb` in the past ("opened", "read"), the cases that it concerns, the actor's purpose.

    `data` holds before and after of what changed; never a file's content. LPD art. 8, OPDo art. 4 (logging).
    """
    return Entry.objects.create(
        user_id=by.user_id,
        user_name=THE_PERSON if by.is_insured else "",
        institution_id=by.institution_id,
        verb=verb,
        is_read=is_read,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_label=subject_label,
        cases=list(cases),
        purpose=by.purpose,
        legal_basis=legal_basis,
        data=dict(data or {}),
    )


def record_read(
    *,
    by: Actor,
    subject_kind: str,
    subject_id: UUID | None = None,
    subject_label: str = "",
    cases: Iterable[UUID] = (),
    legal_basis: str = "",
) -> Entry:
    """Keep that something about a person was shown to the actor."""
    return record(
        by=by,
        verb="read",
        is_read=True,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_label=subject_label,
        cases=cases,
        legal_basis=legal_basis,
    )


def submit_once(request: AccordRequest, submit: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run a form's act once; the same token again leads where the first one led.

    The token's row is the lock: a second click waits for the first to commit. A form sent back with
    errors frees its token, so that it can be submitted again.
    """
    try:
        token = UUID(request.POST.get("submission", ""))
    except ValueError:
        return submit()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into journal_submission (token, user_id, at, location) values (%s, %s, %s, '')"
            " on conflict do nothing",
            [token, request.actor.user_id, now()],
        )
        is_first = cursor.rowcount == 1
    if not is_first:
        earlier = Submission.objects.filter(token=token, user_id=request.actor.user_id).first()
        return HttpResponseRedirect(earlier.location if earlier and earlier.location else request.path)
    response = submit()
    if response.status_code in (302, 303):
        Submission.objects.filter(token=token).update(location=response.headers["Location"])
    else:
        Submission.objects.filter(token=token).delete()
    return response


def forget_old_submissions() -> int:
    """Drop tokens that nobody can click any more; returns how many."""
    return Submission.objects.filter(at__lt=now() - KEEP_SUBMISSIONS).delete()[0]
