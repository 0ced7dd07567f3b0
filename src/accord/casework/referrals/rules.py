"""What an announcement must hold before it may leave, as the programme says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accord.casework.capacity.rules import (
    LONG_RUN_DAYS,
    Absence,
    longest_run,
    short_absences_within,
)
from accord.network.programmes.rules import AnnouncerKind, Criterion, FormField, Programme

REASONS_CATEGORY = "work"
"""Subject, reasons and criteria tell why somebody does not find her way back to work."""
QUESTIONS_CATEGORY = "capacity"
"""The particular questions go to the doctor (seed: Valais)."""
SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing or wrong: the field, and which sentence explains it."""

    field: str
    problem: str


def check_answer(field: FormField, value: Any) -> str:
    """What is wrong with an answer: "required", "long", "choice", "number", "percent", "date", or ""."""
    if value in (None, "", []):
        return "required" if field.required else ""
    text = str(value)
    if field.max_length and len(text) > field.max_length:
        return "long"
    if field.kind == "choice" and text not in {choice.key for choice in field.choices}:
        return "choice"
    if field.kind == "yes_no" and text not in {"yes", "no"}:
        return "choice"
    if field.kind in ("number", "percent") and not re.fullmatch(r"[0-9]{1,6}", text, re.ASCII):
        return "number"
    if field.kind == "percent" and int(text) > 100:
        return "percent"
    if field.kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return "date"
    return ""


def announcer_kinds_for(programme: Programme, sender_kind: str) -> tuple[AnnouncerKind, ...]:
    """The letters of LAI art. 3b al. 2 under which an institution announces: its own first, then those of
    somebody outside whose paper it records."""
    own = tuple(kind for kind in programme.announcer_kinds if sender_kind in kind.kinds)
    return own + tuple(kind for kind in programme.announcer_kinds if not kind.kinds)


def unmet_criteria(programme: Programme, criteria: Mapping[str, bool]) -> list[Criterion]:
    """The lines of the admission checklist that do not hold: each has its warning."""
    return [criterion for criterion in programme.criteria if not criteria.get(criterion.key)]


def missing_documents(programme: Programme, documents: Collection[str]) -> list[str]:
    """Keys of the expected documents that are not there yet, required or not."""
    return [expected.key for expected in programme.documents if expected.key not in documents]


def missing_in(
    programme: Programme,
    *,
    subject: str,
    reasons: Sequence[str],
    criteria: Mapping[str, bool],
    answers: Mapping[str, Any],
    announcer_kind: str,
    insured_informed_on: date | None,
    documents: Collection[str],
    sender_kind: str,
    today: date,
) -> list[Missing]:
    """All that stands between a draft and its sending; empty when it may leave.

    Source: the programme's form; LAI art. 3b al. 3 for the duty to inform the insured person beforehand.
    """
    found: list[Missing] = []
    if not subject.strip():
        found.append(Missing("subject", "required"))
    if programme.reasons and not reasons:
        found.append(Missing("reasons", "required"))
    known = {reason.key for reason in programme.reasons}
    if any(reason not in known for reason in reasons):
        found.append(Missing("reasons", "choice"))
    found += [
        Missing(f"criterion_{criterion.key}", "criterion")
        for criterion in programme.criteria
        if criterion.required and not criteria.get(criterion.key)
    ]
    for field in programme.form_fields:
        if problem := check_answer(field, answers.get(field.key)):
            found.append(Missing(f"answer_{field.key}", problem))
    found += [
        Missing(f"document_{expected.key}", "document")
        for expected in programme.documents
        if expected.required and expected.key not in documents
    ]
    if programme.announcer_kinds:
        kinds = {kind.key: kind for kind in announcer_kinds_for(programme, sender_kind)}
        if announcer_kind not in kinds:
            found.append(Missing("announcer_kind", "announcer" if announcer_kind else "required"))
        elif kinds[announcer_kind].must_inform_insured and insured_informed_on is None:
            found.append(Missing("insured_informed_on", "inform"))
    if insured_informed_on is not None and insured_informed_on > today:
        found.append(Missing("insured_informed_on", "future"))
    return found


def clocks(programme: Programme, sent_on: date) -> tuple[date, date]:
    """First reminder and expiry of an unanswered announcement (programme's deadlines)."""
    return (
        sent_on + timedelta(days=programme.deadlines.referral_reminder_days),
        sent_on + timedelta(days=programme.deadlines.referral_expiry_days),
    )


EMPLOYER_KIND = "employer"
YOUTH_INSTANCE, YOUNG_PERSON = "m", "young_person"
"""The letter of LAI art. 3b al. 2 under which cantonal youth instances announce, and the reason of the young."""
YOUNGEST, OLDEST_YOUNG = 13, 25
SIX_MONTHS = timedelta(days=183)
FEW_ABSENCES = 2
"""From two on, short absences repeat themselves."""


def age_on(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def hints_for(
    *,
    announcer_kind: str,
    sender_kind: str,
    reasons: Collection[str],
    born: date | None,
    absences: Sequence[Absence],
    today: date,
) -> list[str]:
    """What a communication for early detection should make one think of; none of it forbids the sending.

    "age": youth instances announce the young from 13 to 25 (RAI art. 1ter). "short": less than 30 consecutive
    days, and no repeated absences (former RAI art. 1ter al. 1, still quoted). "late": employers announce
    within six months (Commune suisse 09/2024).
    """
    found = []
    is_about_the_young = announcer_kind == YOUTH_INSTANCE or YOUNG_PERSON in reasons
    if is_about_the_young and born is not None and not YOUNGEST <= age_on(born, today) <= OLDEST_YOUNG:
        found.append("age")
    if absences and not is_about_the_young:
        is_long = longest_run(absences, today) >= LONG_RUN_DAYS
        if not is_long and short_absences_within(absences, today) < FEW_ABSENCES:
            found.append("short")
    began = min((absence.since for absence in absences), default=None)
    if sender_kind == EMPLOYER_KIND and began is not None and began + SIX_MONTHS < today:
        found.append("late")
    return found
