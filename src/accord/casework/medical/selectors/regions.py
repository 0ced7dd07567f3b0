"""Who is the doctor of which region, and who is away."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.casework.medical.models import Absence, RegionDoctor
from accord.casework.medical.rules.replacing import Away, suggested
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.rules import Programme, Region
from accord.network.programmes.selectors import current_programmes


def region_doctors(actor: Actor, programme_slug: str) -> dict[str, RegionDoctor]:
    """The doctor of each region of a programme, by the region’s key."""
    named = RegionDoctor.objects.filter(programme=programme_slug)
    return {one.region: one for one in named.select_related("service", "doctor", "replacement")}


def regions_of_service(actor: Actor) -> list[tuple[Programme, Region, RegionDoctor | None]]:
    """Every region of the current programmes that the actor’s service looks after, or nobody yet."""
    found = []
    for programme in current_programmes():
        named = region_doctors(actor, programme.slug)
        for region in programme.regions:
            one = named.get(region.key)
            if one is None or one.service_id == actor.institution_id:
                found.append((programme, region, one))
    return found


def doctors_of(actor: Actor, service_id: UUID) -> list[User]:
    """The doctors of a medical service, by name."""
    members = Membership.objects.filter(
        Membership.current(now()), institution_id=service_id, role=Role.DOCTOR
    )
    doctors = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return list(doctors.order_by("last_name", "first_name"))


def absences_of(actor: Actor, service_id: UUID) -> list[Away]:
    """Who is away now or later."""
    rows = Absence.objects.filter(service_id=service_id, until__gte=today())
    return [Away(row.doctor_id, row.since, row.until) for row in rows]


def absences_listed(actor: Actor) -> QuerySet[Absence]:
    """Absences of the actor’s service, the next first."""
    rows = Absence.objects.filter(service_id=actor.institution_key, until__gte=today())
    return rows.select_related("doctor").order_by("since")


def suggested_doctor(actor: Actor, programme_slug: str, region: str, service_id: UUID) -> UUID | None:
    """The doctor of the region, or her replacement while she is away; nobody when both are, or none is named."""
    named = region_doctors(actor, programme_slug).get(region)
    if named is None:
        return None
    return suggested(named.doctor_id, named.replacement_id, today(), absences_of(actor, service_id))
