"""Presence under a mandate: day by day, or from a file; all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.purchasing.measures.enums import Presence
from accord.purchasing.measures.models import Attendance, Mandate
from accord.purchasing.measures.policies import can_write_presence
from accord.purchasing.measures.rules import BadLine, Fault, Frame, faults_of_days, faults_of_hours, read_csv
from accord.purchasing.measures.selectors import given_mandate
from accord.purchasing.measures.services.telling import journal
from accord.purchasing.measures.services.wording import sentence_of_fault

MOST_BYTES = 200_000
Noted = tuple[date, str, Decimal]
"""A day, the presence (empty: nothing is noted any more), and its hours."""


class BadFile(Refused):
    """A file was not taken, because of these lines."""

    def __init__(self, lines: list[BadLine]) -> None:
        self.lines = lines
        super().__init__(
            _("Aucune ligne n’a été reprise : corrigez d’abord les lignes ci-dessous."), field="file"
        )


@transaction.atomic
def write_presence(*, by: Actor, mandate_id: UUID, days: Iterable[Noted]) -> Mandate:
    """Note or correct days of a mandate; one that cannot stand keeps them all out."""
    mandate = _taken(by, mandate_id)
    noted = list(days)
    for _day, presence, hours in noted:
        _demand_possible(presence, hours)
    if faults := _faults(mandate, noted):
        raise Refused(sentence_of_fault(faults[0]))
    _write(by, mandate, noted)
    return mandate


@transaction.atomic
def import_presence(*, by: Actor, mandate_id: UUID, data: bytes) -> int:
    """Take the days of a file; returns how many. Raises BadFile with every line that cannot stand."""
    mandate = _taken(by, mandate_id)
    if not data or len(data) > MOST_BYTES:
        raise Refused(_("Ce fichier est vide ou trop grand."), field="file")
    good, bad = read_csv(data, mandate.since, mandate.until)
    noted = [(line.day, line.presence, line.hours) for line in good]
    numbers = {line.day: line.number for line in good}
    for fault in _faults(mandate, noted):
        bad.append(BadLine(numbers.get(fault.day, 0), fault.code, f"{fault.day:%d.%m.%Y}"))
    if bad:
        raise BadFile(sorted(bad, key=lambda line: line.number))
    if not noted:
        raise Refused(_("Ce fichier ne contient aucun jour."), field="file")
    _write(by, mandate, noted)
    return len(noted)


def _taken(by: Actor, mandate_id: UUID) -> Mandate:
    """The mandate of one's own institution, one writer at a time: its hours are summed."""
    mandate = given_mandate(by, mandate_id)
    can_write_presence(by, mandate).require()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 22))", [str(mandate.pk)])
    return mandate


def _demand_possible(presence: str, hours: Decimal) -> None:
    if presence and presence not in Presence.values:
        raise Refused(_("Choisissez une présence de la liste."))
    if not 0 <= hours <= 24:
        raise Refused(_("Un jour compte de 0 à 24 heures."))
    if hours and presence != Presence.PRESENT:
        raise Refused(_("Un jour d’absence n’a pas d’heures."))


def _faults(mandate: Mandate, noted: list[Noted]) -> list[Fault]:
    frame = Frame(
        mandate.since,
        mandate.until,
        mandate.hours_per_month,
        mandate.hours_per_week,
        tuple(mandate.measure_rests()),
    )
    days = {day: hours for day, presence, hours in noted if presence}
    if faults := faults_of_days(frame, days, today()):
        return faults
    touched = {day for day, _presence, _hours in noted}
    standing = Attendance.objects.filter(mandate=mandate).exclude(day__in=touched)
    hours = dict(standing.values_list("day", "hours")) | days
    months, weeks = {day.replace(day=1) for day in days}, {day.isocalendar()[:2] for day in days}
    return [
        fault
        for fault in faults_of_hours(frame, hours)
        if fault.day.replace(day=1) in months or fault.day.isocalendar()[:2] in weeks
    ]


def _write(by: Actor, mandate: Mandate, noted: list[Noted]) -> None:
    Attendance.objects.filter(
        mandate=mandate, day__in=[day for day, presence, _hours in noted if not presence]
    ).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                mandate=mandate,
                day=day,
                presence=presence,
                hours=hours,
                author_id=by.user_id,
                updated_at=now(),
            )
            for day, presence, hours in noted
            if presence
        ],
        update_conflicts=True,
        unique_fields=["mandate", "day"],
        update_fields=["presence", "hours", "author", "updated_at"],
    )
    journal(by, "noted presence", "mandate", mandate, days=len(noted))
