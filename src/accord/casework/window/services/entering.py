"""Come in by a one-time code: every failure costs the same time and says the same.

Who is at the door is not known yet: the letter's number leads to one case, and only the rows of this case are
looked at, by the person's own hand.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_institution
from accord.casework.window.models import Attempt, Code, Letter
from accord.casework.window.rules import (
    ADDRESS_WINDOW,
    MOST_FROM_ADDRESS,
    MOST_TRIES,
    address_digest,
    birth_date_matches,
    digest_of,
    place_of,
    tidy,
)
from accord.casework.window.selectors import case_of_number
from accord.foundation.journal.services import record
from accord.kernel.actors import NIL, Actor
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.people.persons.models import Person

KEEP_ATTEMPTS = timedelta(days=1)


@transaction.atomic
def enter(*, number: str, code: str, birth_date: str, address: str) -> Letter | None:
    """Use a code up and give the letter that it belongs to; None for whatever reason it does not open.

    A wrong try counts against the letter and against the address; the fifth locks the letter and tells
    who issued it. Two who use the same code at once wait for each other: one comes in.
    """
    place = address_digest(address, settings.SECRET_KEY)
    must_wait = _failures_from(place) >= MOST_FROM_ADDRESS
    number = tidy(number)
    person = Actor(window_case_id=case_of_number(number) or NIL, purpose="enter the window")
    with acting_as(person.her_hand):
        letter = Letter.objects.select_for_update().filter(number=number).first()
        found = _matching_code(letter, tidy(code), birth_date)
        if letter is not None and found is not None and not must_wait:
            return _come_in(person, letter, found)
        if not must_wait:
            Attempt.objects.create(address=place)
            if letter is not None and letter.opens(now()):
                _count(letter)
    return None


def _failures_from(place: str) -> int:
    """How often somebody failed from there lately; those who try from one address wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [place])
    return Attempt.objects.filter(address=place, at__gt=now() - ADDRESS_WINDOW).count()


def _matching_code(letter: Letter | None, code: str, birth_date: str) -> Code | None:
    """The unused code of an open letter, if the birth date is hers; all is compared, whatever is wrong."""
    digest = digest_of(code, letter.salt if letter else "no letter", settings.SECRET_KEY)
    codes = list(Code.objects.filter(letter_id=letter.pk if letter else NIL))
    person = Person.objects.filter(pk__in=Case.objects.values("person_id")).first()
    place = place_of(digest, [one.digest for one in codes])
    is_hers = birth_date_matches(person.birth_date if person else "", birth_date)
    if letter is None or place is None or not is_hers or not letter.opens(now()):
        return None
    return codes[place] if codes[place].used_at is None else None


def _come_in(person: Actor, letter: Letter, code: Code) -> Letter:
    code.used_at = now()
    code.save(update_fields=["used_at"])
    Letter.objects.filter(pk=letter.pk).update(wrong_tries=0)
    _journal(person, letter, "entered")
    return letter


def _count(letter: Letter) -> None:
    """One wrong try more; at the fifth the letter is locked, and who issued it is told."""
    letter.wrong_tries += 1
    if letter.wrong_tries >= MOST_TRIES:
        letter.locked_at = now()
        _journal(Actor(purpose="enter the window"), letter, "locked")
        notify_institution(kind="window.locked", case=letter.case, institution_id=letter.issued_by_id)
    letter.save(update_fields=["wrong_tries", "locked_at"])


def _journal(by: Actor, letter: Letter, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="window",
        subject_id=letter.pk,
        subject_label=letter.case.number,
        cases=[letter.case_id],
    )


def note_leaving(*, by: Actor) -> None:
    """Journal that she closed her window."""
    case_id: UUID = by.window_key
    record(by=by, verb="left_window", subject_kind="window", subject_id=case_id, cases=[case_id])


def forget_attempts() -> int:
    """Drop failures that no limit looks at any more; returns how many. The worker's, daily."""
    return Attempt.objects.filter(at__lt=now() - KEEP_ATTEMPTS).delete()[0]
