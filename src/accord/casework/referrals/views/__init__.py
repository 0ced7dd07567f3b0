"""Screens of the announcement."""

from accord.casework.referrals.views.absences import absence
from accord.casework.referrals.views.deciding import acceptance, answer, question, refusal, withdrawal
from accord.casework.referrals.views.preparing import form, sending, start
from accord.casework.referrals.views.reading import referral_list, show

__all__ = [
    "absence",
    "acceptance",
    "answer",
    "form",
    "question",
    "referral_list",
    "refusal",
    "sending",
    "show",
    "start",
    "withdrawal",
]
