"""Announce, triage, ask back, answer, remind, let expire."""

from accord.casework.referrals.services.announcing import (
    Incomplete,
    save_draft,
    send_referral,
    start_referral,
    when_sent,
    withdraw_referral,
)
from accord.casework.referrals.services.attaching import attach_document
from accord.casework.referrals.services.reminding import remind_and_expire
from accord.casework.referrals.services.triage import (
    DECLINE_REASONS,
    accept_referral,
    answer_back,
    ask_back,
    decline_referral,
    note_receipt,
)

__all__ = [
    "DECLINE_REASONS",
    "Incomplete",
    "accept_referral",
    "answer_back",
    "ask_back",
    "attach_document",
    "decline_referral",
    "note_receipt",
    "remind_and_expire",
    "save_draft",
    "send_referral",
    "start_referral",
    "when_sent",
    "withdraw_referral",
]
