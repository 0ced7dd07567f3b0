"""How somebody wants to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.notifications.enums import Cadence
from accord.foundation.notifications.events import HOUR, groups
from accord.foundation.notifications.models import Preference, Rhythm
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused


@transaction.atomic
def choose_mails(*, by: Actor, wishes: Mapping[str, str], hour: int | None = None) -> None:
    """Choose, group by group, how soon a mail comes (at once, once a day, never), and the hour of the daily one.

    Raises `Refused` beside the group for a wish that does not exist.
    """
    known = groups()
    for group, wish in wishes.items():
        if group not in known or wish not in Cadence.values:
            raise Refused(_("Ce choix n’existe pas."), field=group)
        Preference.objects.update_or_create(user_id=by.user_key, group=group, defaults={"mail": wish})
    if hour is not None:
        if not 0 <= hour <= 23:
            raise Refused(_("Choisissez une heure du jour."), field=HOUR)
        Rhythm.objects.update_or_create(user_id=by.user_key, defaults={"hour": hour})
