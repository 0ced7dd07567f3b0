"""Numbers: decisions from a serial per office and year, receipts from one sequence."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import new_id
from accord.purchasing.measures.models import OfficeCode
from accord.purchasing.measures.policies import numbers_decisions
from accord.purchasing.measures.rules import decision_number, is_decision_number, receipt_number

NEXT_SERIAL = (
    "insert into measures_decisioncounter (id, office_id, year, last) values (%s, %s, %s, 1)"
    " on conflict (office_id, year) do update set last = measures_decisioncounter.last + 1"
    " returning last"
)


def next_decision_number(office_id: UUID, *, is_before_decision: bool = False) -> str:
    """The next number of an office in this year; or its six digits where no decision exists yet.

    The counter's row is the lock: two mandates of one second have two numbers, and none is lost but by a
    transaction that failed. Raises Refused when the office has no code.
    """
    office = OfficeCode.objects.filter(institution_id=office_id).first()
    if office is None:
        raise Refused(
            _("Votre office n’a pas encore de code de décision : son administration peut l’indiquer.")
        )
    year = today().year
    if is_before_decision:
        return decision_number(office.code, year, None)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [new_id(), office_id, year])
        (serial,) = cursor.fetchone()
    return decision_number(office.code, year, serial)


def next_receipt() -> str:
    """The number of a receipt; no two are the same."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('measures_receipt')")
        (serial,) = cursor.fetchone()
    return receipt_number(today().year, serial)


@transaction.atomic
def set_office_code(*, by: Actor, code: str) -> OfficeCode:
    """Say by which three digits an office is known in decision numbers."""
    numbers_decisions(by).require()
    if not is_decision_number(f"{code}280"):
        raise Refused(_("Ce code n’est pas celui d’un office AI (301 à 327, ou 350)."), field="code")
    if OfficeCode.objects.filter(code=code).exclude(institution_id=by.institution_key).exists():
        raise Refused(_("Un autre office porte déjà ce code."), field="code")
    office, _created = OfficeCode.objects.update_or_create(
        institution_id=by.institution_key, defaults={"code": code}
    )
    record(
        by=by, verb="changed", subject_kind="office code", subject_id=by.institution_id, data={"code": code}
    )
    return office
