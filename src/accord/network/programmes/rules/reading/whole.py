"""From the text of a programme file to a Programme, or to the list of what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from accord.network.programmes.rules import shape
from accord.network.programmes.rules.faults import Fault
from accord.network.programmes.rules.locating import Path, locate
from accord.network.programmes.rules.parameters import read_parameters
from accord.network.programmes.rules.reading.announcing import (
    read_announcer_kind,
    read_criterion,
    read_document,
    read_form_field,
    read_question,
    read_reason,
)
from accord.network.programmes.rules.reading.circle import read_category, read_desk, read_seat
from accord.network.programmes.rules.reading.consent import read_consent
from accord.network.programmes.rules.reading.course import (
    check_meetings,
    read_deadlines,
    read_law,
    read_meeting,
    read_outcome,
    read_region,
    read_retention,
    read_stage,
)
from accord.network.programmes.rules.reading.each import read_each
from accord.network.programmes.rules.reading.planning import read_goals, read_measure_kind
from accord.network.programmes.rules.tables import Page, Table

SLUG = (r"[a-z][a-z0-9-]{0,59}", "Write small letters, digits and hyphens, a letter first, 60 at most.")
VERSION = (r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}", "Write something like “2026.1”, 20 characters at most.")
CANTON = ("[A-Z]{2}", "Write two capital letters, such as “GE”; “CH” for several cantons.")
PREFIX = ("[A-Z0-9][A-Z0-9-]{0,11}", "Write capitals, digits and hyphens, such as “CII-GE”, 12 at most.")


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

    categories = read_each(root, "category", read_category, required=True, unique=("key", "bit"))
    known = [category.key for category in categories]
    circle = read_each(root, "circle", read_seat, required=True, unique=("kind_and_role",))
    stages = read_each(root, "stage", read_stage, required=True)
    keys_of_stages = [stage.key for stage in stages]
    meetings = read_each(root, "meeting", read_meeting)
    check_meetings(root, meetings)

    programme = shape.Programme(
        slug=slug,
        version=version,
        label=label,
        description=description,
        canton=canton,
        number_prefix=prefix,
        categories=categories,
        circle=circle,
        desk=read_desk(root, circle),
        reasons=read_each(root, "reason", read_reason, required=True),
        criteria=read_each(root, "criterion", read_criterion),
        questions=read_each(root, "question", read_question),
        form_fields=read_each(root, "form_field", lambda table: read_form_field(table, known)),
        documents=read_each(root, "document", lambda table: read_document(table, known)),
        announcer_kinds=read_each(root, "announcer_kind", read_announcer_kind),
        stages=stages,
        deadlines=read_deadlines(root.table("deadlines")),
        laws=read_each(root, "law", lambda table: read_law(table, known, keys_of_stages)),
        meetings=meetings,
        regions=read_each(root, "region", read_region),
        outcomes=read_each(root, "outcome", read_outcome, required=True),
        goals=read_goals(root),
        measure_kinds=read_each(root, "measure_kind", read_measure_kind),
        retention=read_retention(root.table("retention")),
        consent=read_consent(root.table("consent")),
        parameters=read_parameters(root.table("parameters", required=False)),
    )
    root.finish()
    return programme
