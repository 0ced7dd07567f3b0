"""An announcement that nobody answers is not forgotten: reminders, then expiry. The worker's, daily."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from accord.casework.cases.enums import CaseState, EventKind
from accord.casework.cases.services import expire_disclosures, set_state, tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.services.announcing import lock_referral, move
from accord.casework.referrals.services.notifying import notify_about
from accord.kernel.actors import WORKER
from accord.kernel.clock import today
from accord.network.programmes.selectors import programme_for

WAITING = (ReferralState.SENT, ReferralState.ASKED_BACK)


def remind_and_expire() -> tuple[int, int]:
    """Remind who must act on each waiting announcement, expire those past their day; returns both counts."""
    due = Referral.objects.filter(
        Q(next_reminder_on__lte=today()) | Q(expires_on__lte=today()), state__in=WAITING
    ).values_list("pk", flat=True)
    reminded = expired = 0
    for referral_id in list(due):
        with transaction.atomic():
            referral = lock_referral(WORKER, referral_id)
            if referral.state not in WAITING or referral.expires_on is None:
                continue
            if referral.expires_on <= today():
                _expire(referral)
                expired += 1
            elif referral.next_reminder_on and referral.next_reminder_on <= today():
                _remind(referral)
                reminded += 1
    return reminded, expired


def _remind(referral: Referral) -> None:
    case = referral.case
    programme = programme_for(case.programme, case.programme_version)
    referral.reminders += 1
    referral.next_reminder_on = today() + timedelta(days=programme.deadlines.referral_reminder_days)
    referral.save(update_fields=["reminders", "next_reminder_on"])
    waiting_for = referral.desk_id if referral.state == ReferralState.SENT else referral.sender_id
    assert waiting_for is not None
    notify_about(referral, "referral.reminder", waiting_for)


def _expire(referral: Referral) -> None:
    move(referral, ReferralState.EXPIRED)
    referral.next_reminder_on = None
    referral.save()
    case = lock_case(WORKER, referral.case_id)
    set_state(case, CaseState.EXPIRED)
    tell(by=WORKER, case=case, kind=EventKind.EXPIRED, owner_id=referral.sender_id)
    for institution_id in {referral.sender_id, referral.desk_id} - {None}:
        assert institution_id is not None
        notify_about(referral, "referral.expired", institution_id)
    expire_disclosures(case, because="expired")
