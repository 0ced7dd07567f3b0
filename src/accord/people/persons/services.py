"""Register and correct persons; open and close an institution's own file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record, record_read
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.models import Institution
from accord.people.persons.enums import SENTENCES
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.policies import (
    can_close,
    can_correct,
    can_hold_avs,
    can_keep_files,
    can_register,
)
from accord.people.persons.rules import examine, name_key
from accord.people.persons.selectors import person_for


class Particulars(TypedDict, total=False):
    """What is known of a person, as typed; what is not given is empty."""

    family_name: str
    given_names: str
    birth_name: str
    avs_number: str
    birth_date: str
    sex: str
    nationality: str
    language: str
    needs_interpreter: bool
    street: str
    postal_code: str
    city: str
    canton: str
    phone: str
    email: str
    contact_way: str
    representative_kind: str
    representative_name: str
    representative_contact: str


Listener = Callable[[Person], None]
_listeners: list[Listener] = []


def whenever_written(listener: Listener) -> None:
    """An app above wishes to know, in the same transaction, whose particulars were just written."""
    _listeners.append(listener)


@dataclass(frozen=True, slots=True)
class PossibleTwin:
    """A known registration that may be the person who is about to be registered, and why, in words."""

    person: Person
    rank: str
    rank_word: str
    speaks_for: str
    speaks_against: str


Finder = Callable[[Actor, Person], list[PossibleTwin]]
_finders: list[Finder] = []


def whoever_resembles(finder: Finder) -> None:
    """An app above knows how to find registrations that resemble one."""
    _finders.append(finder)


def possible_twins(*, by: Actor, typed: Particulars) -> list[PossibleTwin]:
    """Whom the actor may know and who may be the one to be registered, the likeliest first; journalled."""
    person = Person(institution_id=by.institution_key, **typed)
    twins = [twin for find in _finders for twin in find(by, person)]
    read_list(by=by, persons=[twin.person for twin in twins], what="possible twins")
    return twins


@transaction.atomic
def register_person(*, by: Actor, **typed: Unpack[Particulars]) -> Person:
    """Register a person whom one's own institution meets for the first time.

    Raises Refused beside the field that is wrong (see `rules.examine`), for an AVS number that the
    institution may not hold (LAVS art. 153b ss) or that it has already given to another person.
    """
    can_register(by).require()
    values = _checked(typed)
    if values["avs_number"]:
        _may_hold_avs(by)
    person = Person(institution_id=_house(by), **values)
    _write(person)
    record(
        by=by,
        verb="registered",
        subject_kind="person",
        subject_id=person.pk,
        subject_label=str(person),
        data={"after": {name: value for name, value in values.items() if value}},
    )
    return person


@transaction.atomic
def correct_person(*, by: Actor, person_id: UUID, version: int, **typed: Unpack[Particulars]) -> Person:
    """Correct her particulars; all are given, as the form shows all.

    Raises Person.DoesNotExist for whom one may not know, Stale when a colleague saved in between,
    Refused beside the field that is wrong.
    """
    can_correct(by, person_for(by, person_id)).require()
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.version != version:
        raise Stale(person)
    values = _checked(typed)
    before = {name: getattr(person, name) for name in values}
    changed = [name for name, value in values.items() if value != before[name]]
    if not changed:
        return person
    if "avs_number" in changed and values["avs_number"]:
        _may_hold_avs(by)
    for name in changed:
        setattr(person, name, values[name])
    person.version += 1
    person.updated_at = now()
    _write(person)
    record(
        by=by,
        verb="corrected",
        subject_kind="person",
        subject_id=person.pk,
        subject_label=str(person),
        data={
            "before": {name: before[name] for name in changed},
            "after": {name: values[name] for name in changed},
        },
    )
    return person


def _checked(typed: Particulars) -> dict[str, str | bool]:
    examined = examine(cast("Mapping[str, str | bool]", typed), today=today())
    for name, problem in examined.problems.items():
        raise Refused(SENTENCES[problem], field=name)
    return examined.values


def _house(by: Actor) -> UUID:
    if by.institution_id is None:
        raise Refused(_("Vous n’agissez pour aucune institution."))
    return by.institution_id


def _may_hold_avs(by: Actor) -> None:
    decision = can_hold_avs(Institution.objects.get(pk=_house(by)))
    if not decision:
        raise Refused(decision.sentence, field="avs_number")


def _write(person: Person) -> None:
    person.name_key = name_key(person.family_name, person.given_names, person.birth_name)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if "person_avs_once" not in str(error):
            raise
        raise Refused(
            _("Votre institution a déjà enregistré une personne avec ce numéro AVS."), field="avs_number"
        ) from error
    for listener in _listeners:
        listener(person)


def read_person(*, by: Actor, person_id: UUID) -> Person:
    """Show a person to the actor, and journal it; Person.DoesNotExist for whom she may not know."""
    person = person_for(by, person_id)
    record_read(by=by, subject_kind="person", subject_id=person.pk, subject_label=str(person))
    return person


def read_list(*, by: Actor, persons: list[Person], what: str) -> None:
    """Journal that names of these persons were shown in a list."""
    if persons:
        record(
            by=by,
            verb="read",
            is_read=True,
            subject_kind=what,
            data={"persons": [str(person.pk) for person in persons]},
        )


@transaction.atomic
def open_file(*, by: Actor, person_id: UUID, number: str, opened_on: date) -> InstitutionFile:
    """One's own institution opens its file on a person whom it may see.

    Raises Person.DoesNotExist for whom one may not know; Refused for a day to come, or when a file is open.
    """
    can_keep_files(by).require()
    person = Person.objects.get(pk=person_id)
    number = _tidy(number, 40, "number")
    if opened_on > today():
        raise Refused(SENTENCES["future"], field="opened_on")
    if opened_on.year < 1900:
        raise Refused(SENTENCES["too_early"], field="opened_on")
    try:
        with transaction.atomic():
            opened = InstitutionFile.objects.create(
                person=person, institution_id=_house(by), number=number, opened_on=opened_on
            )
    except IntegrityError as error:
        if "file_open_once" not in str(error):
            raise
        raise Refused(
            _("Votre institution a déjà un dossier ouvert : fermez-le d’abord."), field="opened_on"
        ) from error
    _record_file(by, opened, "opened", {"number": number, "opened_on": opened_on.isoformat()})
    return opened


@transaction.atomic
def close_file(*, by: Actor, file_id: UUID, closed_on: date, reason: str = "") -> InstitutionFile:
    """One's own institution closes its file, not before the day on which it was opened.

    Raises InstitutionFile.DoesNotExist for a file that one may not know, Refused with the sentence.
    """
    file = InstitutionFile.objects.select_for_update().filter(institution_id=_house(by)).get(pk=file_id)
    can_close(by, file).require()
    if closed_on < file.opened_on:
        raise Refused(_("Un dossier ne peut pas être fermé avant d’être ouvert."), field="closed_on")
    if closed_on > today():
        raise Refused(SENTENCES["future"], field="closed_on")
    file.closed_on = closed_on
    file.closing_reason = _tidy(reason, 200, "reason")
    file.save(update_fields=["closed_on", "closing_reason"])
    _record_file(by, file, "closed", {"closed_on": closed_on.isoformat(), "reason": file.closing_reason})
    return file


def _tidy(typed: str, longest: int, name: str) -> str:
    text = " ".join(typed.split())
    if not text.isprintable():
        raise Refused(SENTENCES["unreadable"], field=name)
    if len(text) > longest:
        raise Refused(SENTENCES["too_long"], field=name)
    return text


def _record_file(by: Actor, file: InstitutionFile, verb: str, data: dict[str, str]) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="file",
        subject_id=file.pk,
        subject_label=file.number,
        data={"person": str(file.person_id), **data},
    )
