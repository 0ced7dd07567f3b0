"""From the text of a programme file to a Programme, or to the list of what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from accord.network.programmes.rules import shape, vocabulary
from accord.network.programmes.rules.faults import Fault
from accord.network.programmes.rules.localized import Localized
from accord.network.programmes.rules.locating import Path, locate
from accord.network.programmes.rules.parameters import read_parameters
from accord.network.programmes.rules.tables import LONGEST_BLOCK, Page, Table

SLUG = (r"[a-z][a-z0-9-]{0,59}", "Write small letters, digits and hyphens, a letter first, 60 at most.")
VERSION = (r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}", "Write something like “2026.1”, 20 characters at most.")
CANTON = ("[A-Z]{2}", "Write two capital letters, such as “GE”; “CH” for several cantons.")
PREFIX = ("[A-Z0-9][A-Z0-9-]{0,11}", "Write capitals, digits and hyphens, such as “CII-GE”, 12 at most.")
LONGEST_MONTHS = 600
LONGEST_DAYS = 3650


def read_programme(text: str, *, file: str) -> shape.Programme | list[Fault]:
    """The programme that a TOML text describes, or every fault in it, in the order of its lines."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [_syntax(error, text, file)]
    return programme_from(data, file=file, lines=locate(text))


def programme_from(
    data: Mapping[str, Any], *, file: str, lines: Mapping[Path, int] | None = None
) -> shape.Programme | list[Fault]:
    """The programme that already parsed data describes (as kept in the database), or its faults."""
    page = Page(file, lines or {})
    programme = _programme(Table(page, (), data, "the programme"))
    return sorted(set(page.faults), key=lambda fault: (fault.line, fault.what)) or programme


def _syntax(error: tomllib.TOMLDecodeError, text: str, file: str) -> Fault:
    said = str(error)
    place = re.search(r"\(at line (\d+), column \d+\)", said)
    line = int(place[1]) if place else text.count("\n") + 1
    what = re.sub(r" \(at .*\)", "", said)
    return Fault(file, line, f"This is not valid TOML: {what}.", "Mend the line; see https://toml.io.")


def _programme(root: Table) -> shape.Programme:
    slug = root.text("slug", shape=SLUG)
    version = root.text("version", shape=VERSION)
    label = root.localized("label", longest=120)
    description = root.localized("description", longest=1000)
    canton = root.text("canton", shape=CANTON)
    prefix = root.text("number_prefix", shape=PREFIX)

    categories = _each(root, "category", _category, required=True, unique=("key", "bit"))
    known = [category.key for category in categories]
    circle = _each(root, "circle", _seat, required=True, unique=("kind_and_role",))
    stages = _each(root, "stage", _stage, required=True)
    keys_of_stages = [stage.key for stage in stages]
    meetings = _each(root, "meeting", _meeting)
    _check_meetings(root, meetings)

    programme = shape.Programme(
        slug=slug,
        version=version,
        label=label,
        description=description,
        canton=canton,
        number_prefix=prefix,
        categories=categories,
        circle=circle,
        desk=_desk(root, circle),
        reasons=_each(root, "reason", _reason, required=True),
        criteria=_each(root, "criterion", _criterion),
        questions=_each(root, "question", _question),
        form_fields=_each(root, "form_field", lambda table: _form_field(table, known)),
        documents=_each(root, "document", lambda table: _document(table, known)),
        announcer_kinds=_each(root, "announcer_kind", _announcer_kind),
        stages=stages,
        deadlines=_deadlines(root.table("deadlines")),
        laws=_each(root, "law", lambda table: _law(table, known, keys_of_stages)),
        meetings=meetings,
        regions=_each(root, "region", _region),
        outcomes=_each(root, "outcome", _outcome, required=True),
        retention=_retention(root.table("retention")),
        consent=_consent(root.table("consent")),
        parameters=read_parameters(root.table("parameters", required=False)),
    )
    root.finish()
    return programme


def _each(
    root: Table,
    name: str,
    read: Callable[[Table], Any],
    *,
    required: bool = False,
    unique: tuple[str, ...] = ("key",),
) -> tuple[Any, ...]:
    """Read every [[name]]; note which of its marks (the key, the bit) were already taken."""
    found = []
    taken: dict[tuple[str, Any], int] = {}
    for table in root.tables(name, required=required):
        thing = read(table)
        table.finish()
        for mark in unique:
            value = (thing.kind, thing.role) if mark == "kind_and_role" else getattr(thing, mark)
            where = "kind" if mark == "kind_and_role" else mark
            if where in table.data and (mark, value) in taken:
                said = " as ".join(value) if isinstance(value, tuple) else value
                table.fault(
                    where,
                    f"The {where} “{said}” stands twice among [[{name}]].",
                    f"The first is on line {taken[mark, value]}; change or remove one.",
                )
            taken.setdefault((mark, value), table.page.lines.get((*table.path, where), 1))
        found.append(thing)
    return tuple(found)


def _category(table: Table) -> shape.Category:
    key = table.key()
    bit = table.number("bit", least=0, most=vocabulary.LAST_BIT)
    wanted = vocabulary.CATEGORY_BITS.get(key)
    if bit is not None and wanted is not None and bit != wanted:
        what = f"The category “{key}” has bit {bit}."
        table.fault("bit", what, f"It has bit {wanted} in every programme: write bit = {wanted}.")
    if bit is not None and wanted is None and bit < vocabulary.FIRST_OWN_BIT:
        what = f"Bit {bit} of the category “{key}” is kept for the categories that all programmes share."
        mend = f"Take a bit from {vocabulary.FIRST_OWN_BIT} to {vocabulary.LAST_BIT}."
        table.fault("bit", what, mend)
    return shape.Category(
        key=key,
        bit=bit or 0,
        label=table.localized("label", longest=120),
        explanation=table.localized("explanation"),
        sensitive=table.flag("sensitive", required=True),
    )


def _seat(table: Table) -> shape.CircleSeat:
    return shape.CircleSeat(
        kind=table.word("kind", vocabulary.INSTITUTION_KINDS),
        role=table.word("role", vocabulary.CIRCLE_ROLES),
        note=table.localized_if_any("note"),
    )


def _desk(root: Table, circle: Iterable[shape.CircleSeat]) -> shape.Desk:
    table = root.table("desk")
    desk = shape.Desk(
        kind=table.word("kind", vocabulary.INSTITUTION_KINDS),
        role=table.word("role", vocabulary.USER_ROLES),
        announce_from=table.words("announce_from", vocabulary.INSTITUTION_KINDS, required=True),
    )
    table.finish()
    if desk.kind in vocabulary.INSTITUTION_KINDS and not any(
        seat.kind == desk.kind and seat.role == "desk" for seat in circle
    ):
        what = f"The desk is of the kind “{desk.kind}”, but no [[circle]] gives this kind the role “desk”."
        table.fault("kind", what, f"Add [[circle]] kind = “{desk.kind}” role = “desk”, or change the desk.")
    return desk


def _reason(table: Table) -> shape.Reason:
    return shape.Reason(key=table.key(), label=table.localized("label"))


def _criterion(table: Table) -> shape.Criterion:
    return shape.Criterion(
        key=table.key(),
        label=table.localized("label"),
        required=table.flag("required", required=True),
        warning=table.localized("warning"),
        source=table.text("source"),
        confidence=table.word("confidence", vocabulary.CONFIDENCE),
    )


def _question(table: Table) -> shape.Question:
    return shape.Question(
        key=table.key(),
        label=table.localized("label"),
        kind=table.word("kind", vocabulary.QUESTION_KINDS),
    )


def _form_field(table: Table, categories: list[str]) -> shape.FormField:
    kind = table.word("kind", vocabulary.FIELD_KINDS)
    choices = _each(table, "choices", _choice)
    if kind == "choice" and len(choices) < 2:
        table.fault(
            "choices", f"{table.name} offers fewer than two choices.", "Add them, or take another kind."
        )
    if kind != "choice" and choices:
        table.fault("choices", f"{table.name} has choices but is a “{kind}”.", "Write kind = “choice”.")
    longest = table.number("max_length", least=1, most=20_000, required=False)
    if longest is not None and kind not in ("text", "long_text"):
        table.fault("max_length", f"A “{kind}” has no max_length.", "Remove the line.")
    return shape.FormField(
        key=table.key(),
        kind=kind,
        label=table.localized("label"),
        help=table.localized_if_any("help"),
        required=table.flag("required"),
        category=table.word("category", categories),
        choices=choices,
        max_length=longest,
    )


def _choice(table: Table) -> shape.Choice:
    return shape.Choice(key=table.key(), label=table.localized("label"))


def _document(table: Table, categories: list[str]) -> shape.ExpectedDocument:
    return shape.ExpectedDocument(
        key=table.key(),
        label=table.localized("label"),
        category=table.word("category", categories),
        required=table.flag("required"),
    )


def _announcer_kind(table: Table) -> shape.AnnouncerKind:
    return shape.AnnouncerKind(
        key=table.key(),
        label=table.localized("label"),
        must_inform_insured=table.flag("must_inform_insured", required=True),
        kinds=table.words("kinds", vocabulary.INSTITUTION_KINDS),
        source=table.text("source"),
    )


def _stage(table: Table) -> shape.Stage:
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


def _deadlines(table: Table) -> shape.Deadlines:
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


def _law(table: Table, categories: list[str], stages: list[str]) -> shape.LawRule:
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


def _meeting(table: Table) -> shape.MeetingKind:
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


def _check_meetings(root: Table, meetings: Iterable[shape.MeetingKind]) -> None:
    known = [meeting.key for meeting in meetings]
    for table, meeting in zip(root.tables("meeting"), meetings, strict=False):
        if meeting.follows is not None:
            table.word("follows", [key for key in known if key != meeting.key])
        if (meeting.follows is None) != (meeting.offset_minutes is None):
            what = f"{table.name} needs both “follows” and “offset_minutes”, or neither."
            table.fault("follows", what, "Say which meeting it follows and how many minutes later.")


def _region(table: Table) -> shape.Region:
    return shape.Region(
        key=table.key(),
        label=table.localized("label", longest=120),
        language=table.word("language", vocabulary.LANGUAGES),
        doctor_kind=table.word("doctor_kind", vocabulary.INSTITUTION_KINDS),
        doctor_role=table.word("doctor_role", vocabulary.USER_ROLES),
    )


def _outcome(table: Table) -> shape.Outcome:
    return shape.Outcome(
        key=table.key(),
        label=table.localized("label"),
        category=table.word("category", vocabulary.OUTCOME_CATEGORIES),
        needs_note=table.flag("needs_note"),
    )


def _retention(table: Table) -> tuple[shape.Retention, ...]:
    found = []
    for kind in vocabulary.RETENTION_KINDS:
        inner = table.table(kind, required=kind == "case")
        if inner.data:
            months = inner.number("months", least=1, most=LONGEST_MONTHS) or 1
            found.append(shape.Retention(kind=kind, months=months, source=inner.text("source")))
        inner.finish()
    table.finish()
    return tuple(found)


def _consent(table: Table) -> shape.ConsentRules:
    default = table.number("default_months", least=1, most=LONGEST_MONTHS) or 1
    longest = table.number("max_months", least=1, most=LONGEST_MONTHS) or LONGEST_MONTHS
    if default > longest:
        what = f"An authorisation lasts {default} months by default, more than the longest, {longest}."
        table.fault("default_months", what, "Lower default_months or raise max_months.")
    rules = shape.ConsentRules(
        purposes=_each(table, "purpose", _purpose, required=True),
        recurring_allowed=table.flag("recurring_allowed", required=True),
        default_months=default,
        max_months=longest,
        source=table.text("source"),
        text=_consent_text(table.table("text")),
    )
    table.finish()
    return rules


def _purpose(table: Table) -> shape.Purpose:
    return shape.Purpose(key=table.key(), label=table.localized("label", longest=200))


def _consent_text(table: Table) -> shape.ConsentText:
    blocks: dict[str, Localized] = {}
    for field in fields(shape.ConsentText):
        blocks[field.name] = block = table.localized(field.name, longest=LONGEST_BLOCK)
        for language, name in block.placeholders():
            if name not in vocabulary.CONSENT_PLACEHOLDERS:
                table.page.fault(
                    (*table.path, field.name, language),
                    f"The text “{field.name}” ({language}) uses {{{name}}}, which nothing fills.",
                    f"Use one of {', '.join(vocabulary.CONSENT_PLACEHOLDERS)}.",
                )
    table.finish()
    return shape.ConsentText(**blocks)
