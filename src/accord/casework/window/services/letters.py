"""Letters with one-time codes: issued by a participant, shown once, and revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import case_for, person_of
from accord.casework.window.enums import Addressee
from accord.casework.window.models import Code, Letter
from accord.casework.window.policies import can_issue_letter
from accord.casework.window.rules import digest_of, new_code, new_number
from accord.casework.window.selectors import case_of_number, letter_for
from accord.casework.window.services.printing import letter_pdf
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import Person


@transaction.atomic
def issue_letter(*, by: Actor, case_id: UUID, addressee: str) -> tuple[Letter, bytes]:
    """Make a letter with new codes, and its PDF, which is kept nowhere; the earlier letters end.

    Raises Refused when the person's birth date is not known: without it nobody could enter.
    """
    case = case_for(by, case_id)
    can_issue_letter(by, case).require()
    person = person_of(by, case)
    _check(person, addressee)
    assert person is not None and by.institution_id is not None
    parameters = programme_for(case.programme, case.programme_version).parameters
    Letter.objects.filter(case=case, revoked_at__isnull=True).update(revoked_at=now())
    letter = Letter.objects.create(
        case=case,
        number=_free_number(),
        salt=secrets.token_hex(16),
        language=person.language,
        addressee=addressee,
        issued_by_id=by.institution_id,
        issued_by_user_id=by.user_id,
        valid_until=now() + timedelta(days=parameters["window_code_days"]),
    )
    codes = [new_code() for _place in range(parameters["window_codes"])]
    Code.objects.bulk_create(
        Code(letter=letter, digest=digest_of(code, letter.salt, settings.SECRET_KEY)) for code in codes
    )
    _journal(by, letter, "issued")
    return letter, letter_pdf(letter, person, codes)


def _check(person: Person | None, addressee: str) -> None:
    if person is None:
        raise Refused(
            _(
                "L’identité de la personne ne vous est pas communiquée : une autre institution enverra la lettre."
            )
        )
    if not person.birth_date:
        raise Refused(
            _(
                "La date de naissance de la personne n’est pas connue. Sans elle, personne ne peut entrer :"
                " complétez d’abord sa fiche."
            )
        )
    if addressee not in Addressee.values:
        raise Refused(_("Choisissez à qui la lettre est adressée."), field="addressee")
    if addressee == Addressee.REPRESENTATIVE and not person.representative_name:
        raise Refused(
            _("Aucun représentant légal n’est inscrit sur la fiche de la personne."), field="addressee"
        )


def _free_number() -> str:
    number = new_number()
    while case_of_number(number) is not None:
        number = new_number()
    return number


@transaction.atomic
def revoke_letter(*, by: Actor, letter_id: UUID) -> Letter:
    """End a letter: its codes open nothing any more, and whoever came in by it is outside at once."""
    letter = letter_for(by, letter_id)
    can_issue_letter(by, letter.case).require()
    if letter.revoked_at is None:
        letter.revoked_at = now()
        letter.save(update_fields=["revoked_at"])
        _journal(by, letter, "revoked")
    return letter


def _journal(by: Actor, letter: Letter, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="code letter",
        subject_id=letter.pk,
        subject_label=letter.case.number,
        cases=[letter.case_id],
    )
