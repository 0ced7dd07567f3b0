"""Keep the rooms of one's institution."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.meetings.models import Room
from accord.casework.meetings.policies import can_keep_room
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Site


@transaction.atomic
def keep_room(
    *, by: Actor, site_id: UUID, name: str, seats: int, is_active: bool = True, room_id: UUID | None = None
) -> Room:
    """Write down a room at one of one's sites, or change it; out of use, it is no longer offered."""
    site = Site.objects.filter(pk=site_id, institution_id=by.institution_key).first()
    if site is None:
        raise Refused(_("Choisissez un lieu de votre institution."), field="site")
    room = Room.objects.select_related("site").get(pk=room_id) if room_id else Room(site=site)
    can_keep_room(by, room).require()
    room.site, room.name, room.seats, room.is_active = site, name.strip(), seats, is_active
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        raise Refused(_("Ce lieu a déjà une salle de ce nom."), field="name") from error
    record(by=by, verb="changed", subject_kind="room", subject_id=room.pk, subject_label=room.name)
    return room
