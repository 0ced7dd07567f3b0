"""The door for mail: what it counts, and whom it has answered today. No address is kept, no attachment taken."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db import connection

from accord.kernel.actors import WORKER
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.identifiers import new_id

COUNT = (
    "insert into measures_refusedmail (id, day, obstacle, count) values (%s, %s, %s, 1)"
    " on conflict (day, obstacle) do update set count = measures_refusedmail.count + 1"
)
TAKE_TURN = (
    "insert into measures_politereply (id, day, sender) values (%s, %s, %s)"
    " on conflict (day, sender) do nothing"
)


def count_refusal(obstacle: str) -> None:
    """One mail more was refused today, for this reason."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(COUNT, [new_id(), today(), obstacle])


def take_turn_to_reply(sender: str) -> bool:
    """Whether this sender gets the one reply of the day now; the row is the lock."""
    key = settings.SECRET_KEY.encode()
    fingerprint = hmac.new(key, f"mail-door {sender.lower()}".encode(), hashlib.sha256).hexdigest()
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(TAKE_TURN, [new_id(), today(), fingerprint])
        return cursor.rowcount == 1
