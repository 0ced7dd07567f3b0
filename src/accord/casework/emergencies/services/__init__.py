"""Open a case in an emergency, end it, tell everybody concerned, review it."""

from accord.casework.emergencies.services.alerting import alert
from accord.casework.emergencies.services.ending import end_access
from accord.casework.emergencies.services.opening import Plea, break_glass
from accord.casework.emergencies.services.printing import print_letter
from accord.casework.emergencies.services.reminding import remind_reviewers
from accord.casework.emergencies.services.reviewing import review_access

__all__ = [
    "Plea",
    "alert",
    "break_glass",
    "end_access",
    "print_letter",
    "remind_reviewers",
    "review_access",
]
