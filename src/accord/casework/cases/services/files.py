"""Opening and closing of an institution's own file, told to those that may know (seed: Geneva)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category, EventKind
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.services.locking import lock_case
from accord.casework.cases.services.notifying import notify_parties
from accord.casework.cases.services.records import tell
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.people.persons.models import InstitutionFile
from accord.people.persons.services import close_file, open_file


@transaction.atomic
def open_institution_file(*, by: Actor, case_id: UUID, number: str, opened_on: date) -> InstitutionFile:
    """The actor's institution opened its own file on the person; those who see her benefits are told."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    opened = open_file(by=by, person_id=case.person_id, number=number, opened_on=opened_on)
    institution = Institution.objects.get(pk=by.institution_key)
    tell(
        by=by,
        case=case,
        kind=EventKind.FILE_OPENED,
        data={"institution": institution.short_name, "on": opened_on.isoformat()},
        category=Category.BENEFITS,
    )
    notify_parties(kind="case.file_opened", case=case, but=by.institution_id, seeing=Category.BENEFITS)
    return opened


@transaction.atomic
def close_institution_file(*, by: Actor, case_id: UUID, closed_on: date, reason: str) -> InstitutionFile:
    """The actor's institution closed its own file; those who see the person's benefits are told."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    running = InstitutionFile.objects.filter(
        person_id=case.person_id, institution_id=by.institution_key, closed_on__isnull=True
    ).first()
    if running is None:
        raise Refused(_("Votre institution n’a pas de dossier ouvert sur cette personne."))
    closed = close_file(by=by, file_id=running.pk, closed_on=closed_on, reason=reason)
    institution = Institution.objects.get(pk=by.institution_key)
    tell(
        by=by,
        case=case,
        kind=EventKind.FILE_CLOSED,
        data={"institution": institution.short_name, "on": closed_on.isoformat(), "reason": reason},
        category=Category.BENEFITS,
    )
    notify_parties(kind="case.file_closed", case=case, but=by.institution_id, seeing=Category.BENEFITS)
    return closed
