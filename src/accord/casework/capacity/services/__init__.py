"""Note incapacity by source; publish what the person can do at work."""

from accord.casework.capacity.services.noting import (
    change_incapacity,
    end_incapacity,
    note_incapacity,
    whenever_noted,
    withdraw_incapacity,
)
from accord.casework.capacity.services.publishing import publish_summary, summary_from

__all__ = [
    "change_incapacity",
    "end_incapacity",
    "note_incapacity",
    "publish_summary",
    "summary_from",
    "whenever_noted",
    "withdraw_incapacity",
]
