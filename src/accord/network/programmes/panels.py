"""A programme laid out for reading: its path of stages, its circle, its laws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.network.institutions.enums import Kind
from accord.network.programmes import enums
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.rules import (
    CircleSeat,
    Goal,
    LawRule,
    MeasureKind,
    MeetingKind,
    Programme,
    Stage,
)

STEP_WIDTH = 150
LINE_LENGTH = 17


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage on the drawn path: where it stands, its label in short lines, its gates and clock in words."""

    number: int
    x: int
    lines: tuple[str, ...]
    stage: Stage
    gates: tuple[str, ...]
    holder: str
    is_parameter: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A kind of institution in the circle, with the institutions that hold the seat."""

    rule: CircleSeat
    kind: str
    role: str
    members: tuple[ProgrammeMember, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """A disclosure by law in words."""

    rule: LawRule
    from_kinds: tuple[str, ...]
    to_kinds: tuple[str, ...]
    categories: tuple[str, ...]
    until: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline of the programme in words."""

    sentence: str
    source: str


def stage_path(programme: Programme) -> list[StageMark]:
    """The stages along a line, from left to right."""
    return [
        StageMark(
            number=position + 1,
            x=STEP_WIDTH // 2 + position * STEP_WIDTH,
            lines=_lines(stage.label.in_(_language())),
            stage=stage,
            gates=tuple(str(enums.Gate(gate).label) for gate in stage.gates),
            holder=str(enums.Holder(stage.holder).label),
            is_parameter=stage.source == "parameter",
        )
        for position, stage in enumerate(programme.stages)
    ]


def circle_seats(programme: Programme, members: Iterable[ProgrammeMember]) -> list[Seat]:
    """Each seat of the circle with the institutions that hold it now."""
    held = list(members)
    return [
        Seat(
            rule=seat,
            kind=str(Kind(seat.kind).label),
            role=str(enums.CircleRole(seat.role).label),
            members=tuple(m for m in held if m.institution.kind == seat.kind and m.role == seat.role),
        )
        for seat in programme.circle
    ]


def laws(programme: Programme) -> list[Law]:
    """The disclosures by law, with kinds, categories and stages in words."""
    return [
        Law(
            rule=rule,
            from_kinds=tuple(str(Kind(kind).label) for kind in rule.from_kinds),
            to_kinds=tuple(str(Kind(kind).label) for kind in rule.to_kinds),
            categories=tuple(programme.category(key).label.in_(_language()) for key in rule.categories),
            until=programme.stage(rule.until_stage).label.in_(_language()) if rule.until_stage else "",
            confidence=str(enums.Confidence(rule.confidence).label),
        )
        for rule in programme.laws
    ]


def clocks(programme: Programme) -> list[Clock]:
    """The deadlines that are not those of a stage, one sentence each."""
    deadlines, sources = programme.deadlines, programme.deadlines.sources
    sentences = {
        "referral_reminder_days": _("Une annonce sans réponse est rappelée tous les %(days)s jours."),
        "referral_expiry_days": _("Une annonce sans réponse échoit après %(days)s jours."),
        "consent_warning_days": _("La fin d’une autorisation est annoncée %(days)s jours avant."),
        "early_detection_answer_days": _("La détection précoce reçoit une réponse dans les %(days)s jours."),
        "notice_days": _("Les parties ont %(days)s jours pour prendre position sur un préavis."),
    }
    found = []
    for name, sentence in sentences.items():
        days = getattr(deadlines, name)
        if days is not None:
            said = ", ".join(map(str, days)) if isinstance(days, tuple) else str(days)
            source = sources.get(name, "")
            found.append(Clock(sentence % {"days": said}, "" if source == "parameter" else source))
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of measure in words: who may bring it in, and with what it does not go together."""

    rule: MeasureKind
    kinds: tuple[str, ...]
    limits: tuple[str, ...]
    confidence: str


def goals(programme: Programme) -> list[tuple[Goal, list[Goal]]]:
    """What the person may want to reach, each with the goals that cannot be pursued beside it."""
    return [
        (goal, [other for other in programme.goals if other.key in goal.contradicts])
        for goal in programme.goals
    ]


def offers(programme: Programme) -> list[Offer]:
    """The kinds of measures, with kinds of institutions and limits in words."""
    return [
        Offer(
            rule=rule,
            kinds=tuple(str(Kind(kind).label) for kind in rule.kinds),
            limits=tuple(_limits(rule)),
            confidence=str(enums.Confidence(rule.confidence).label),
        )
        for rule in programme.measure_kinds
    ]


def _limits(rule: MeasureKind) -> Iterable[str]:
    if rule.exclusive:
        yield _("occupe les journées : pas deux en même temps")
    if rule.steers:
        yield _("suit la personne : une seule institution par objectif")


def settings_of(programme: Programme) -> list[tuple[str, str]]:
    """The numbers that neither the law nor the mission gives: what each is for, and what it is here."""
    return [
        (str(enums.PARAMETER_WORDS[name]), str(enums.PARAMETER_UNITS[name.rpartition("_")[2]] % {"n": value}))
        for name, value in programme.parameters.items()
    ]


def meeting_words(meeting: MeetingKind) -> str:
    """With whom: the person, the doctor."""
    return _("%(person)s, %(doctor)s") % {
        "person": enums.PersonPresence(meeting.person_present).label,
        "doctor": enums.DoctorPresence(meeting.doctor).label,
    }


def _language() -> str:
    return get_language() or "fr"


def _lines(label: str) -> tuple[str, ...]:
    """Break a label into lines short enough for the drawing."""
    lines: list[str] = []
    for word in label.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_LENGTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
