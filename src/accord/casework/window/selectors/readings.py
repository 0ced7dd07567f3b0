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
    """What makes two acts one line; that she opened her own pages is one line a day."""
    if _is_hers(entry) and entry.is_read:
        return (THE_PERSON,)
    return (
        entry.user_id, entry.institution_id, entry.user_name, entry.verb, entry.subject_kind,
        entry.purpose, entry.legal_basis,
    )  # fmt: skip


def _is_hers(entry: Entry) -> bool:
    return entry.user_name == THE_PERSON and entry.user_id is None


def _reading(entries: list[Entry]) -> Reading:
    first = entries[0]
    times = sorted({f"{entry.at.astimezone(SWISS_TIME):%H:%M}" for entry in entries})
    hers = _is_hers(first)
    return Reading(
        who=who_acted(first),
        what=_("Vous avez ouvert vos pages.") if hers and first.is_read else _what(first),
        why="" if hers else purpose_word(first.purpose),
        basis=_basis_words(first.legal_basis),
        times=", ".join(times),
        is_read=first.is_read,
    )


def _what(entry: Entry) -> str:
    """The act and its thing in plain words: « votre situation », never « le dossier »."""
    things = {
        "case": _("votre situation"),
        "case list": _("une liste où figure votre situation"),
        "consent": _("votre autorisation"),
        "consent form": _("votre autorisation"),
        "document": _("un document"),
        "journal": _("qui a lu quoi"),
        "person": _("ce qui est noté sur vous"),
        "own data": _("vos données"),
        "window": _("votre fenêtre"),
        "person request": _("votre demande"),
        "plan": _("votre plan"),
        "meeting": _("votre rencontre"),
        "case file": _("votre situation, imprimée"),
    }
    act = _("Lecture") if entry.verb == "read" else verb_word(entry.verb)
    thing = things.get(entry.subject_kind) or subject_word(entry.subject_kind)
    return _("%(act)s : %(thing)s") % {"act": act, "thing": thing}


def who_acted(entry: Entry) -> str:
    """The institution and the colleague; « vous » for herself; Accord when nobody did."""
    if _is_hers(entry):
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
