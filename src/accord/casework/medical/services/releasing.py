"""Whom the person released from secrecy: recorded with the sheet that she signed, taken back at her word."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.cases.services.locking import lock_case
from accord.casework.medical.models import Release, TreatingDoctor
from accord.casework.medical.policies import can_record_release, held_or_told
from accord.foundation.documents.services import store_document
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused


@transaction.atomic
def name_treating_doctor(
    *, by: Actor, case_id: UUID, name: str, speciality: str = "", reached_at: str = ""
) -> TreatingDoctor:
    """Note who treats the person; naming the same doctor twice is naming her once."""
    case = lock_case(by, case_id)
    can_record_release(by, case).require()
    try:
        with transaction.atomic():
            treating = TreatingDoctor.objects.create(
                case=case,
                service_id=by.institution_key,
                name=name.strip(),
                speciality=speciality.strip(),
                reached_at=reached_at.strip(),
            )
    except IntegrityError as error:
        raise Refused(_("Ce médecin est déjà noté dans ce dossier."), field="name") from error
    _keep(by, treating, "registered", "treating doctor", treating.pk)
    return treating


@transaction.atomic
def record_release(
    *, by: Actor, treating_id: UUID, signed_on: date, valid_until: date, scan: UploadedFile[bytes]
) -> Release:
    """Keep the sheet on which the person released a treating doctor from secrecy.

    Raises Refused beside the field that must change.
    """
    treating = treating_for_writing(by, treating_id)
    if signed_on > today():
        raise Refused(_("La date de signature est dans le futur."), field="signed_on")
    if valid_until < today():
        raise Refused(_("Cette levée du secret est déjà échue."), field="valid_until")
    try:
        document = store_document(by=by, file=scan)
    except Refused as refused:
        raise Refused(refused.sentence, field="scan") from refused
    release = Release.objects.create(
        case_id=treating.case_id,
        service_id=by.institution_key,
        treating=treating,
        signed_on=signed_on,
        valid_until=valid_until,
        scan=document,
        recorded_by_id=by.user_id,
    )
    _keep(by, treating, "release_recorded", "release", release.pk)
    return release


@transaction.atomic
def revoke_release(*, by: Actor, release_id: UUID) -> Release:
    """The person takes her release back: from now on nobody asks this doctor; doing so twice changes nothing."""
    release = Release.objects.select_related("treating__case").get(held_or_told(by), pk=release_id)
    can_record_release(by, release.treating.case).require()
    release = (
        Release.objects.select_for_update(of=("self",)).select_related("treating__case").get(pk=release_id)
    )
    if release.revoked_at is None:
        release.revoked_at, release.revoked_by_id = now(), by.user_id
        release.save(update_fields=["revoked_at", "revoked_by"])
        _keep(by, release.treating, "release_revoked", "release", release.pk)
    return release


def treating_for_writing(by: Actor, treating_id: UUID) -> TreatingDoctor:
    """A treating doctor of the service’s own; TreatingDoctor.DoesNotExist otherwise."""
    treating = TreatingDoctor.objects.select_related("case").get(held_or_told(by), pk=treating_id)
    can_record_release(by, treating.case).require()
    return treating


def _keep(by: Actor, treating: TreatingDoctor, verb: str, kind: str, key: UUID) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind=kind,
        subject_id=key,
        subject_label=treating.case.number,
        cases=[treating.case_id],
    )
