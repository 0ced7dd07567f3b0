"""The medical service says who its doctors are, who replaces them, and when they are away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.medical.models import Absence, RegionDoctor
from accord.casework.medical.policies import serves_medically
from accord.casework.medical.selectors.regions import doctors_of
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused, Stale
from accord.network.programmes.selectors import current_programme


@transaction.atomic
def name_region_doctor(
    *,
    by: Actor,
    programme: str,
    region: str,
    doctor_id: UUID,
    replacement_id: UUID | None = None,
    version: int = 0,
) -> RegionDoctor:
    """Say who the doctor of a region is, and who replaces her.

    A region that another service looks after is refused. Raises Stale when a colleague saved in between.
    """
    serves_medically(by).require()
    if region not in {found.key for found in current_programme(programme).regions}:
        raise Refused(_("Ce dispositif ne connaît pas cette région."), field="region")
    ours = {found.pk for found in doctors_of(by, by.institution_key)}
    for field, user_id in (("doctor", doctor_id), ("replacement", replacement_id)):
        if user_id is not None and user_id not in ours:
            raise Refused(_("Choisissez un médecin de votre service."), field=field)
    if replacement_id == doctor_id:
        raise Refused(_("Un médecin ne se remplace pas lui-même."), field="replacement")
    named = RegionDoctor.objects.filter(programme=programme, region=region).first()
    if named is not None and named.service_id != by.institution_id:
        raise Refused(_("Un autre service médical suit cette région."), field="region")
    named = named or RegionDoctor(
        programme=programme, region=region, service_id=by.institution_key, version=0
    )
    if named.version != version:
        raise Stale(named)
    named.doctor_id, named.replacement_id = doctor_id, replacement_id
    named.version += 1
    named.save()
    record(
        by=by,
        verb="appointed",
        subject_kind="region doctor",
        subject_id=named.pk,
        subject_label=region,
    )
    return named


@transaction.atomic
def note_absence(*, by: Actor, doctor_id: UUID, since: date, until: date) -> Absence:
    """Say that a doctor is away; the replacement is suggested on these days."""
    serves_medically(by).require()
    if doctor_id not in {found.pk for found in doctors_of(by, by.institution_key)}:
        raise Refused(_("Choisissez un médecin de votre service."), field="doctor")
    if until < since:
        raise Refused(_("L’absence finit avant de commencer."), field="until")
    if until < today():
        raise Refused(_("Cette absence est déjà passée."), field="until")
    try:
        with transaction.atomic():
            absence = Absence.objects.create(
                service_id=by.institution_key, doctor_id=doctor_id, since=since, until=until
            )
    except IntegrityError as error:
        raise Refused(_("Une absence de ce médecin couvre déjà ces jours."), field="since") from error
    record(by=by, verb="registered", subject_kind="doctor absence", subject_id=absence.pk)
    return absence


@transaction.atomic
def end_absence(*, by: Actor, absence_id: UUID) -> None:
    """Take an absence back; doing so twice changes nothing."""
    serves_medically(by).require()
    removed, _kinds = Absence.objects.filter(service_id=by.institution_key, pk=absence_id).delete()
    if removed:
        record(by=by, verb="ended", subject_kind="doctor absence", subject_id=absence_id)
