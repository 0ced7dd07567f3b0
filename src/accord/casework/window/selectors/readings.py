"""Who read and wrote what in her case, when and why, in the person's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.foundation.journal.enums import purpose_word, subject_word, verb_word
from accord.foundation.journal.models import Entry
from accord.foundation.journal.policies import visible_to
from accord.foundation.journal.services import THE_PERSON
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME
from accord.kernel.pages import Page, page_of

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """One or several equal acts of one day: who, what, why, on which basis, and at what times."""

    who: str
    what: str
    why: str
    basis: str
    times: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day, the newest first."""

    on: date
    readings: tuple[Reading, ...]


def readings_page(actor: Actor, *, after: str = "", before: str = "", size: int = PAGE_SIZE) -> Page[Entry]:
    """A page of the journal of her case, the newest first."""
    return page_of(
        Entry.objects.filter(visible_to(actor)), instant="at", after=after, before=before, size=size
    )


def readings_by_day(entries: Iterable[Entry]) -> list[Day]:
    """The entries by day; what the same person did several times for the same reason is one line."""
    days = []
    for on, found in groupby(entries, key=lambda entry: entry.at.astimezone(SWISS_TIME).date()):
        alike: dict[tuple[object, ...], list[Entry]] = {}
        for entry in found:
            alike.setdefault(_kind_of(entry), []).append(entry)
        days.append(Day(on, tuple(_reading(entries) for entries in alike.values())))
    return days


def _kind_of(entry: Entry) -> tuple[object, ...]:
    return (
        entry.user_id, entry.institution_id, entry.user_name, entry.verb, entry.subject_kind,
        entry.purpose, entry.legal_basis,
    )  # fmt: skip


def _reading(entries: list[Entry]) -> Reading:
    first = entries[0]
    times = sorted({f"{entry.at.astimezone(SWISS_TIME):%H:%M}" for entry in entries})
    return Reading(
        who=who_acted(first),
        what=_("%(act)s : %(thing)s")
        % {"act": verb_word(first.verb), "thing": subject_word(first.subject_kind)},
        why=purpose_word(first.purpose),
        basis=_basis_words(first.legal_basis),
        times=", ".join(times),
        is_read=first.is_read,
    )


def who_acted(entry: Entry) -> str:
    """The institution and the colleague; « vous » for herself; Accord when nobody did."""
    if entry.user_name == THE_PERSON and entry.user_id is None:
        return _("Vous")
    return ", ".join(filter(None, [entry.institution_name, entry.user_name])) or _("Accord, automatiquement")


def _basis_words(basis: str) -> str:
    words = {
        str(Basis.PARTY): _("l’institution participe à votre situation"),
        str(Basis.CONSENT): _("vous l’avez autorisé"),
        str(Basis.EMERGENCY): _("un accès en urgence"),
    }
    parts = [part.strip() for part in basis.split(";") if part.strip()]
    return "; ".join(
        words.get(part, _("la loi le permet (%(article)s)") % {"article": part}) for part in parts
    )
