"""Note, change, end and withdraw periods of incapacity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Cause, Source
from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.capacity.policies import can_change_incapacity
from accord.casework.capacity.rules import overlap
from accord.casework.capacity.selectors import periods_of
from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.services import notify_parties, tell
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale

DAY = "%d.%m.%Y"


Listener = Callable[[Actor, IncapacityPeriod], None]
_listeners: list[Listener] = []


def whenever_noted(listener: Listener) -> None:
    """An app above wishes to know, in the same transaction, of each incapacity that others may read."""
    _listeners.append(listener)


@transaction.atomic
def note_incapacity(
    *,
    by: Actor,
    case_id: UUID,
    source_kind: str,
    source_name: str,
    rate: int,
    since: date,
    until: date | None = None,
    cause: str = Cause.UNKNOWN,
    note: str = "",
    audience: str = Audience.CIRCLE,
) -> IncapacityPeriod:
    """Note what a source says of a period. Within one source no day has two rates."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    period = IncapacityPeriod(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.CAPACITY,
        audience=audience,
        source_kind=source_kind,
        source_name=source_name.strip(),
        rate=rate,
        since=since,
        until=until,
        cause=cause,
        note=note,
    )
    _keep(by, period)
    _tell(by, period, "noted")
    if audience != Audience.OWN:
        notify_parties(kind="capacity.noted", case=case, but=by.institution_id, seeing=Category.CAPACITY)
        for listen in _listeners:
            listen(by, period)
    return period


@transaction.atomic
def change_incapacity(
    *,
    by: Actor,
    period_id: UUID,
    version: int,
    source_kind: str,
    source_name: str,
    rate: int,
    since: date,
    until: date | None,
    cause: str,
    note: str,
) -> IncapacityPeriod:
    """Correct a period of one's institution. Raises Stale when a colleague saved it in between."""
    period = _lock(by, period_id)
    if period.version != version:
        raise Stale(period)
    period.source_kind, period.source_name = source_kind, source_name.strip()
    period.rate, period.since, period.until = rate, since, until
    period.cause, period.note = cause, note
    _keep(by, period)
    _tell(by, period, "changed")
    return period


@transaction.atomic
def end_incapacity(*, by: Actor, period_id: UUID, until: date) -> IncapacityPeriod:
    """Say the last day of a period; doing so twice changes nothing."""
    period = _lock(by, period_id)
    if period.until == until:
        return period
    period.until = until
    _keep(by, period)
    _tell(by, period, "ended")
    return period


@transaction.atomic
def withdraw_incapacity(*, by: Actor, period_id: UUID, reason: str) -> IncapacityPeriod:
    """Take back what was noted by mistake: it stays legible as withdrawn, and counts no more."""
    period = _lock(by, period_id)
    period.withdrawn_at, period.withdrawn_because = now(), reason
    _keep(by, period)
    _tell(by, period, "withdrawn")
    return period


def _lock(by: Actor, period_id: UUID) -> IncapacityPeriod:
    period = lock_record(by, IncapacityPeriod, period_id, can_change_incapacity)
    can_work_on(by, period.case).require()
    return period


def _keep(by: Actor, period: IncapacityPeriod) -> None:
    """Save a period that is sound and shares no day with another of its source."""
    _check(period)
    if period.withdrawn_at is None:
        _refuse_overlap(by, period)
    if not period._state.adding:
        period.version += 1
        period.updated_at = now()
    try:
        with transaction.atomic():
            period.save()
    except IntegrityError as error:
        if "incapacity_once_per_source" not in str(error):
            raise
        raise Refused(
            _(
                "Cette source a déjà une période à ces dates : deux périodes d’une source ne se recouvrent pas."
            ),
            field="since",
        ) from error


def _check(period: IncapacityPeriod) -> None:
    if not 0 <= period.rate <= 100:
        raise Refused(_("Le taux se situe entre 0 et 100 %."), field="rate")
    if period.until is not None and period.until < period.since:
        raise Refused(_("La période finit avant de commencer."), field="until")
    if not period.source_name and period.source_kind != Source.INSURED:
        raise Refused(_("Nommez la source : un médecin, une institution, un employeur."), field="source_name")


def _refuse_overlap(by: Actor, period: IncapacityPeriod) -> None:
    others = periods_of(by, period.case).filter(
        source_kind=period.source_kind, source_name__iexact=period.source_name
    )
    for other in others.exclude(pk=period.pk):
        if overlap(period, other):
            raise Refused(_overlap_sentence(other), field="since")


def _overlap_sentence(other: IncapacityPeriod) -> str:
    words = {"rate": other.rate, "since": f"{other.since:{DAY}}"}
    if other.until is None:
        return (
            _(
                "Cette source a déjà une période à %(rate)s %% depuis le %(since)s, sans fin :"
                " indiquez d’abord son dernier jour."
            )
            % words
        )
    return _(
        "Cette source a déjà une période à %(rate)s %% du %(since)s au %(until)s :"
        " deux périodes d’une source ne se recouvrent pas."
    ) % (words | {"until": f"{other.until:{DAY}}"})


def _tell(by: Actor, period: IncapacityPeriod, what: str) -> None:
    """In the timeline for those who may read it; in the journal alone when it is one's own."""
    data = {
        "what": what,
        "source": period.source_kind,
        "rate": period.rate,
        "since": period.since.isoformat(),
        "until": period.until.isoformat() if period.until else "",
    }
    if period.audience != Audience.OWN:
        tell(by=by, case=period.case, kind=EventKind.CAPACITY, data=data, category=Category.CAPACITY)
        return
    record(
        by=by,
        verb=str(EventKind.CAPACITY),
        subject_kind="incapacity",
        subject_id=period.pk,
        subject_label=period.case.number,
        cases=[period.case_id],
        data=data,
    )
