"""Open a case in an emergency: everything in one transaction, and nothing without telling."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.selectors import sight_of
from accord.casework.cases.services import tell
from accord.casework.emergencies.enums import Reason
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import works_on_cases
from accord.casework.emergencies.rules import end_of, is_a_sentence, review_due_on
from accord.casework.emergencies.services.alerting import alert
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import new_id, normalise_avs
from accord.network.institutions.models import Institution
from accord.network.programmes.selectors import programme_for

TOO_OFTEN = "too often"


@dataclass(frozen=True, slots=True)
class Plea:
    """What a colleague says when she cannot wait: which case, why, what she needs, how long."""

    number: str
    reason: str
    explanation: str
    categories: int
    hours: int
    medical_explanation: str = field(default="")


def break_glass(*, by: Actor, plea: Plea) -> EmergencyAccess:
    """Let the actor's institution read these kinds of data of a case for some hours, and tell everybody.

    The journal, the timeline, the data-protection officers of both institutions, the lead's referent and the
    person are told in the same transaction. Raises Refused; an unknown number is counted and journalled even so.
    """
    works_on_cases(by).require()
    _check(plea)
    found = _find(by, plea.number)
    with transaction.atomic():
        return _open(by, plea, *found)


def _check(plea: Plea) -> None:
    if plea.reason not in Reason.values:
        raise Refused(_("Choisissez ce qui rend l’accès urgent."), field="reason")
    if not is_a_sentence(plea.explanation):
        raise Refused(_("Dites en une phrase d’au moins 20 caractères ce qui se passe."), field="explanation")
    if not plea.categories:
        raise Refused(_("Choisissez au moins une sorte de données."), field="categories")
    if plea.categories & Category.MEDICAL and not is_a_sentence(plea.medical_explanation):
        raise Refused(
            _("Dites en une phrase d’au moins 20 caractères pourquoi il vous faut les données médicales."),
            field="medical_explanation",
        )


def _find(by: Actor, typed: str) -> tuple[UUID, str, str]:
    """The case of a number and its programme; the database counts the attempts of those who guess."""
    avs = _as_avs(typed)
    if avs and not Institution.objects.filter(pk=by.institution_key, may_hold_avs=True).exists():
        raise Refused(
            _(
                "Votre institution n’est pas habilitée à utiliser le numéro AVS : donnez le numéro du dossier."
            ),
            field="number",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "select case_id, programme, programme_version, verdict from accord.emergency_case(%s, %s)",
            [typed.strip().upper(), avs],
        )
        case_id, programme, version, verdict = cursor.fetchone()
    if case_id is not None:
        return case_id, programme, version
    record(by=by, verb="emergency_refused", subject_kind="emergency", data={"verdict": verdict})
    if verdict == TOO_OFTEN:
        raise Refused(
            _(
                "Trop de numéros inconnus ont été donnés : réessayez dans une heure, ou appelez l’institution."
            ),
            field="number",
        )
    raise Refused(
        _("Aucun dossier en cours ne peut être ouvert avec ce numéro. Vérifiez-le chiffre par chiffre."),
        field="number",
    )


def _as_avs(typed: str) -> str:
    try:
        return normalise_avs(typed)
    except ValueError:
        return ""


def _open(by: Actor, plea: Plea, case_id: UUID, slug: str, version: str) -> EmergencyAccess:
    programme = programme_for(slug, version)
    categories = plea.categories & sum(kind.mask for kind in programme.categories)
    known = Case.objects.filter(pk=case_id).first()
    if known is not None and not categories & ~sight_of(by, known).mask:
        raise Refused(
            _("Votre institution lit déjà ces données dans ce dossier : l’accès en urgence est inutile."),
            field="categories",
        )
    begins = now()
    until = end_of(begins, plea.hours, programme.parameters["emergency_hours"])
    due_on = review_due_on(
        begins.astimezone(SWISS_TIME).date(), programme.parameters["emergency_review_days"]
    )
    key = new_id()
    _ask_database(
        [
            key, case_id, plea.reason, plea.explanation.strip(), plea.medical_explanation.strip(),
            categories, begins, until, due_on,
        ]
    )  # fmt: skip
    access = EmergencyAccess.objects.select_related("institution", "lead", "user").get(pk=key)
    _tell_case(by, access, until)
    alert(access)
    return access


def _ask_database(values: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select accord.break_glass(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
    except DatabaseError as error:
        raise Refused(_("L’accès en urgence est refusé.")) from error


def _tell_case(by: Actor, access: EmergencyAccess, until: datetime) -> None:
    case = Case.objects.get(pk=access.case_id)
    tell(
        by=by,
        case=case,
        kind=EventKind.EMERGENCY,
        data={
            "institution": access.institution.name,
            "reason": access.reason,
            "until": until.isoformat(),
            "access": str(access.pk),
        },
    )
