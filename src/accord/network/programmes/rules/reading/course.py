"""Read the course of a case: stages, clocks, exchanges by law, meetings, endings."""

from __future__ import annotations

from collections.abc import Iterable

from accord.network.programmes.rules import shape, vocabulary
from accord.network.programmes.rules.tables import Table

LONGEST_MONTHS = 600
LONGEST_DAYS = 3650


def read_stage(table: Table) -> shape.Stage:
    """A stage; a clock has its source."""
    days = table.number("days", least=1, most=LONGEST_DAYS, required=False)
    return shape.Stage(
        key=table.key(),
        label=table.localized("label", longest=120),
        help=table.localized_if_any("help"),
        gates=table.words("gates", vocabulary.GATES),
        days=days,
        holder=table.word("holder", vocabulary.HOLDERS),
        source=table.text("source", required=days is not None),
    )


def read_deadlines(table: Table) -> shape.Deadlines:
    """The clocks that are not those of a stage."""
    sources: dict[str, str] = {}

    def days(name: str, *, required: bool = False) -> int | None:
        inner = table.table(name, required=required)
        found = inner.number("days", least=1, most=LONGEST_DAYS)
        if inner.data:
            sources[name] = inner.text("source")
        inner.finish()
        return found

    warning = table.table("consent_warning_days")
    warning_days = warning.numbers("days", least=1, most=LONGEST_DAYS)
    sources["consent_warning_days"] = warning.text("source")
    warning.finish()
    reminder = days("referral_reminder_days", required=True)
    expiry = days("referral_expiry_days", required=True)
    if reminder and expiry and expiry < reminder:
        what = f"An announcement expires after {expiry} days, before its first reminder at {reminder}."
        table.fault("referral_expiry_days", what, "Let it expire later, or remind sooner.")
    found = shape.Deadlines(
        referral_reminder_days=reminder or 1,
        referral_expiry_days=expiry or 1,
        consent_warning_days=warning_days,
        early_detection_answer_days=days("early_detection_answer_days"),
        notice_days=days("notice_days"),
        sources=sources,
    )
    table.finish()
    return found


def read_law(table: Table, categories: list[str], stages: list[str]) -> shape.LawRule:
    """An exchange that an article allows."""
    until = table.word("until_stage", stages, default="") or None
    if table.flag("opens_announcement") and table.flag("needs_consent"):
        what = f"{table.name} opens an announcement but also needs consent."
        table.fault("opens_announcement", what, "Keep one of the two lines.")
    return shape.LawRule(
        key=table.key(),
        article=table.text("article", longest=100),
        label=table.localized("label"),
        condition=table.localized("condition"),
        from_kinds=table.words("from_kinds", vocabulary.INSTITUTION_KINDS, required=True),
        to_kinds=table.words("to_kinds", vocabulary.INSTITUTION_KINDS, required=True),
        categories=table.words("categories", categories, required=True),
        needs_consent=table.flag("needs_consent"),
        needs_reciprocity=table.flag("needs_reciprocity"),
        opens_announcement=table.flag("opens_announcement"),
        until_stage=until,
        source=table.text("source"),
        confidence=table.word("confidence", vocabulary.CONFIDENCE),
    )


def read_meeting(table: Table) -> shape.MeetingKind:
    """A kind of meeting."""
    return shape.MeetingKind(
        key=table.key(),
        label=table.localized("label", longest=120),
        person_present=table.word("person_present", vocabulary.PERSON_PRESENCE),
        doctor=table.word("doctor", vocabulary.DOCTOR_PRESENCE),
        longest_minutes=table.number("longest_minutes", least=5, most=600, required=False),
        follows=table.text("follows", required=False) or None,
        offset_minutes=table.number("offset_minutes", least=0, most=LONGEST_DAYS * 1440, required=False),
        source=table.text("source"),
    )


def check_meetings(root: Table, meetings: Iterable[shape.MeetingKind]) -> None:
    """A meeting that follows another says which, and how much later."""
    known = [meeting.key for meeting in meetings]
    for table, meeting in zip(root.tables("meeting"), meetings, strict=False):
        if meeting.follows is not None:
            table.word("follows", [key for key in known if key != meeting.key])
        if (meeting.follows is None) != (meeting.offset_minutes is None):
            what = f"{table.name} needs both “follows” and “offset_minutes”, or neither."
            table.fault("follows", what, "Say which meeting it follows and how many minutes later.")


def read_region(table: Table) -> shape.Region:
    """A part of the canton."""
    return shape.Region(
        key=table.key(),
        label=table.localized("label", longest=120),
        language=table.word("language", vocabulary.LANGUAGES),
        doctor_kind=table.word("doctor_kind", vocabulary.INSTITUTION_KINDS),
        doctor_role=table.word("doctor_role", vocabulary.USER_ROLES),
    )


def read_outcome(table: Table) -> shape.Outcome:
    """How a case may end."""
    return shape.Outcome(
        key=table.key(),
        label=table.localized("label"),
        category=table.word("category", vocabulary.OUTCOME_CATEGORIES),
        needs_note=table.flag("needs_note"),
    )


def read_retention(table: Table) -> tuple[shape.Retention, ...]:
    """How long what is kept."""
    found = []
    for kind in vocabulary.RETENTION_KINDS:
        inner = table.table(kind, required=kind == "case")
        if inner.data:
            months = inner.number("months", least=1, most=LONGEST_MONTHS) or 1
            found.append(shape.Retention(kind=kind, months=months, source=inner.text("source")))
        inner.finish()
    table.finish()
    return tuple(found)
