"""What rooms that may not know each other have to say to each other: passed on here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.cases.selectors import sight_of
from accord.casework.durations.panels import HIDDEN, Table, Value
from accord.casework.medical.selectors import MedicalDuration, medical_durations
from accord.casework.referrals.selectors import referral_of
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme

DOCTOR_QUESTIONS = "doctor_questions"
"""The field of a programme’s own form in which one asks the doctor (CII Valais)."""


def announced_questions(actor: Actor, case: Case) -> Iterable[str]:
    """Questions written on the announcement, line by line: for its sender, and for who reads them there."""
    referral = referral_of(actor, case)
    if referral is None:
        return []
    if referral.sender_id != actor.institution_id and not sight_of(actor, case).covers(Category.CAPACITY):
        return []
    written = f"{referral.answers.get(DOCTOR_QUESTIONS, '')}\n{referral.questions}"
    return [line.strip(" -–•\t") for line in written.splitlines() if line.strip(" -–•\t")]


def doctors_table(actor: Actor, programme: Programme) -> Table | None:
    """How long a request to the doctor takes, step by step; nothing where no region has a doctor."""
    if not programme.regions:
        return None
    found = medical_durations(actor, programme.slug, least=programme.parameters["least_shown"])
    words = {
        "interview": _("De la demande à l’entretien"),
        "signature": _("De l’entretien au rapport signé"),
        "filing": _("Du rapport signé au classement"),
        "whole": _("De la demande au classement"),
    }
    return Table(
        "avis-medicaux",
        _("Avis du médecin, depuis deux ans"),
        (_("Pas"), _("Demandes"), _("Médiane en jours")),
        [(words[one.step], *_numbers(one)) for one in found],
    )


def _numbers(found: MedicalDuration) -> tuple[Value, Value]:
    if found.requests is None or found.median_days is None:
        return HIDDEN, HIDDEN
    return found.requests, round(found.median_days, 1)
