"""The form of an announcement, filled as somebody might fill it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from accord.casework.cases.models import Case
from accord.casework.referrals.models import Referral
from accord.cli.world import names
from accord.foundation.accounts.models import User
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import FormField, Programme

TEXTS = {
    "situation": names.SITUATIONS,
    "reason_text": names.SITUATIONS,
    "last_occupation": names.OCCUPATIONS,
    "occupation": names.OCCUPATIONS,
}
PERCENTAGES = ("20", "40", "50", "60", "80", "100")


def invent_referral(
    random: Random,
    programme: Programme,
    case: Case,
    sender: Institution,
    sender_user: User | None,
    begins: datetime,
) -> Referral:
    """A draft with its required fields filled and some of the others; not saved yet."""
    kinds = [kind.key for kind in programme.announcer_kinds if sender.kind in kind.kinds]
    return Referral(
        case=case,
        sender=sender,
        sender_user=sender_user,
        state="draft",
        announcer_kind=kinds[0] if kinds else "",
        insured_informed_on=(begins - timedelta(days=2)).date() if kinds else None,
        reasons=[reason.key for reason in random.sample(programme.reasons, 2)],
        criteria={
            criterion.key: criterion.required or random.random() < 0.6 for criterion in programme.criteria
        },
        answers={
            field.key: _answer(random, field, begins)
            for field in programme.form_fields
            if field.required or random.random() < 0.6
        },
        created_at=begins,
        updated_at=begins,
    )


def _answer(random: Random, field: FormField, begins: datetime) -> str:
    if field.kind == "choice":
        return random.choice(field.choices).key
    if field.kind == "yes_no":
        return random.choice(["yes", "no"])
    if field.kind in ("percent", "number"):
        return random.choice(PERCENTAGES)
    if field.kind == "date":
        return (begins - timedelta(days=random.randint(40, 500))).date().isoformat()
    if field.key in TEXTS:
        return random.choice(TEXTS[field.key])
    return random.choice(names.WISHES if field.kind == "long_text" else names.OCCUPATIONS)
