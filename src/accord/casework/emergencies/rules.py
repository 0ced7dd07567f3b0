"""What an access in an emergency must say, how long it lasts, and until when it is reviewed.

Sources: LPD (RS 235.1) art. 31 al. 2 and art. 34 al. 4 let. c (protecting life or physical integrity where
the consent cannot be had in time), art. 8 (security, logging); issue 3, point 10. The numbers are the programme's
`emergency_hours` and `emergency_review_days`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

SHORTEST_SENTENCE = 20
"""Characters of a reason that a reviewer can judge."""
REMINDER = timedelta(days=2)
"""The officer is reminded so long before the review is due."""
HOURS = (1, 2, 4, 8, 12, 24, 48, 72)
"""Durations that one may ask for."""


def hours_offered(most: int) -> list[int]:
    """The durations up to the longest one, which is always offered itself."""
    return sorted({*(hours for hours in HOURS if hours <= most), most})


def end_of(begins: datetime, hours: int, most: int) -> datetime:
    """When the access ends by itself: what was asked, and never more than the programme allows."""
    return begins + timedelta(hours=max(1, min(hours, most)))


def review_due_on(opened_on: date, days: int) -> date:
    """Until which day the access must be reviewed."""
    return opened_on + timedelta(days=days)


def is_a_sentence(text: str) -> bool:
    """Long enough that somebody else can judge it."""
    return len(text.strip()) >= SHORTEST_SENTENCE


def reminder_is_due(due_on: date, today: date) -> bool:
    """The officer is told when the day comes near."""
    return today >= due_on - REMINDER


def is_late(due_on: date, today: date) -> bool:
    """The managers are told from the day after."""
    return today > due_on
