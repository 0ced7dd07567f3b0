"""Keys of a provider's programs: drawn here, shown once, kept as a fingerprint, revoked at once."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind
from accord.purchasing.invoices.models import ReceptionKey
from accord.purchasing.invoices.policies import invoices, keys_visible_to

USE = "select key, institution, wait from accord.use_reception_key(%s, %s, %s)"
SALT = "invoices.reception_key"
PREFIX = "accord-"
DRAWN_FOR_SECONDS = 3600
"""How long a drawn key waits to be named; then another is drawn."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that came with a key that holds; `wait` seconds when it came too often."""

    key: UUID
    actor: Actor
    wait: int = 0


def draw_key() -> str:
    """A new key, signed, so that only what was drawn here can be kept."""
    return TimestampSigner(salt=SALT).sign(PREFIX + secrets.token_urlsafe(32))


def drawn(signed: str) -> str:
    """The key itself. Raises Refused when it was not drawn here, or too long ago."""
    try:
        return TimestampSigner(salt=SALT).unsign(signed, max_age=DRAWN_FOR_SECONDS)
    except BadSignature as wrong:
        raise Refused(_("Cette clé a attendu trop longtemps ; en voici une nouvelle.")) from wrong


@transaction.atomic
def keep_key(*, by: Actor, name: str, signed: str) -> ReceptionKey:
    """Let a key hold from now on; keeping the same one twice is once."""
    invoices(by).require()
    key, digest = drawn(signed), fingerprint(drawn(signed))
    known = ReceptionKey.objects.filter(keys_visible_to(by), sha256=digest).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            kept = ReceptionKey.objects.create(
                institution_id=by.institution_key,
                name=name.strip(),
                sha256=digest,
                ending=key[-4:],
                created_by_id=by.user_id,
            )
    except IntegrityError as taken:
        raise Refused(_("Une autre clé porte déjà ce nom."), field="name") from taken
    _note(by, "key_created", kept)
    return kept


@transaction.atomic
def revoke_key(*, by: Actor, key_id: UUID) -> ReceptionKey:
    """Let a key hold no longer, from this moment on. Twice is once; ReceptionKey.DoesNotExist for another's."""
    invoices(by).require()
    key = ReceptionKey.objects.select_for_update(of=("self",)).get(keys_visible_to(by), pk=key_id)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by_id = now(), by.user_id
        key.save(update_fields=["revoked_at", "revoked_by"])
        _note(by, "key_revoked", key)
    return key


def use_key(key: str) -> Caller | None:
    """Who comes with this key, and whether she must wait; None when it does not hold.

    Each use is counted in the database under the key's row: what comes at once is counted one by one.
    """
    with connection.cursor() as cursor:
        cursor.execute(USE, [fingerprint(key), now(), settings.ACCORD_RECEPTION_PER_MINUTE])
        row = cursor.fetchone()
    if row is None:
        return None
    actor = Actor(institution_id=row[1], institution_kind=Kind.PROVIDER, purpose="send an invoice")
    return Caller(row[0], actor, math.ceil(row[2]))


def fingerprint(key: str) -> str:
    """What is kept of a key; with 256 drawn bits it needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def _note(by: Actor, verb: str, key: ReceptionKey) -> None:
    record(by=by, verb=verb, subject_kind="reception key", subject_id=key.pk, subject_label=key.name)
