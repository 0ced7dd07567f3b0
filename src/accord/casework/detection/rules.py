"""Days of early detection and of the préavis. Pure rules; the words are the services'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from accord.network.programmes.rules import Programme

LAW = "rai_73bis"
"""The article of the programmes under which a préavis is served."""


def answer_days(programme: Programme) -> int | None:
    """How long the AI office has to answer; None in a programme without communications under LAI art. 3b.

    A programme may name the number and not know the announcers of that article: it has no early detection.
    """
    return programme.deadlines.early_detection_answer_days if programme.announcer_kinds else None


def notice_days(programme: Programme) -> int | None:
    """How long the parties to a préavis have; None in a programme that lets nobody be served one."""
    knows = any(law.key == LAW for law in programme.laws)
    return programme.deadlines.notice_days if knows else None


def due_on(received_on: date, days: int) -> date:
    """The last day to answer a communication (Conférence des offices AI: 30 days, the programme's number)."""
    return received_on + timedelta(days=days)


def check_day(day: date, *, earliest: date, today: date) -> str:
    """ "future" for a day that has not come, "early" for one before what it follows, "" otherwise."""
    if day > today:
        return "future"
    return "early" if day < earliest else ""


def check_answer(outcome: str, reasons: str, known: Iterable[str]) -> str:
    """ "outcome" or "reasons" when that is missing, "" when the answer may leave."""
    if outcome not in set(known):
        return "outcome"
    return "" if reasons.strip() else "reasons"


def leads_to_application(outcome: str) -> bool:
    """Only where an application is indicated one is waited for: detection itself opens no benefit (LAI 3b)."""
    return outcome == "indicated"


def objections_until(sent_on: date, days: int) -> date:
    """The last day to take position on a préavis: a plain clock of 30 days (RAI art. 73ter; a parameter)."""
    return sent_on + timedelta(days=days)


def is_over(until: date, today: date) -> bool:
    """Whether the clock has run out: its last day still belongs to it."""
    return today > until


def may_decide(until: date, on: date, positions: Iterable[str]) -> bool:
    """The right to be heard comes first: after the last day, or once every party has answered."""
    return is_over(until, on) or all(positions)


AFFECTED_KINDS = {
    "insurer_accident": "accident",
    "pension_fund": "pension",
    "health_fund": "health",
}
"""As what an institution of Accord is served a préavis."""
