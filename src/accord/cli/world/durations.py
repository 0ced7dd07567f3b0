"""Clocks that were escalated, and the figures of the demo, calculated once."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from accord.casework.cases.models import StageEntry
from accord.casework.durations.enums import ClockKind
from accord.casework.durations.models import Escalation
from accord.casework.durations.services import calculate_now
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Exchange, Referral
from accord.cli.world.network import CIRCLES, Network
from accord.kernel.clock import now, today

ESCALATED_AFTER = 10


def furnish(random: Random, network: Network) -> None:
    """Complements that were asked back and answered, escalations, and the frozen figures of each programme."""
    _complements(random)
    _escalations()
    for slug in CIRCLES:
        calculate_now(slug)


def _complements(random: Random) -> None:
    """One accepted announcement in six had to be completed first."""
    decided = Referral.objects.filter(state=ReferralState.ACCEPTED, sent_at__isnull=False)
    Exchange.objects.bulk_create(
        Exchange(
            referral=referral,
            question="Depuis quand la personne est-elle en incapacité de travail ?",
            asked_at=referral.sent_at + timedelta(days=2),
            answer="Le certificat est joint au dossier.",
            answered_at=referral.sent_at + timedelta(days=2 + random.randint(1, 15)),
        )
        for referral in decided
        if referral.sent_at and random.random() < 1 / 6
    )


def _escalations() -> None:
    """What the worker would have escalated on earlier days, without its messages."""
    over = StageEntry.objects.filter(
        left_at__isnull=True,
        case__state="open",
        due_on__lt=today() - timedelta(days=ESCALATED_AFTER),
    ).select_related("case")
    Escalation.objects.bulk_create(
        Escalation(
            case=entry.case,
            kind=ClockKind.STAGE,
            clock_id=entry.pk,
            institution_id=entry.holder_id,
            due_on=entry.due_on,
            escalated_at=now() - timedelta(days=(today() - entry.due_on).days - ESCALATED_AFTER - 1),
        )
        for entry in over
        if entry.due_on
    )
