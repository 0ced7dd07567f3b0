"""The joint diagnosis as one page: each part as far as it is disclosed, its state, and what one may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.casework.capacity.panels import summary_words
from accord.casework.cases.models import Case
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.policies import can_lead
from accord.casework.cases.selectors import Sight
from accord.casework.diagnosis.enums import ABOUT, PROMPTS, Part, SectionState
from accord.casework.diagnosis.rules import Texts, changes
from accord.casework.diagnosis.selectors import Diagnosis, DifferenceView, SectionView, diagnosis_of
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a part stands, as a word with its shape."""

    word: str | Promise
    shape: str
    kind: str


SIGNED = Stand(_("signée"), "circle-check", "done")
AMENDED = Stand(_("signée, en révision"), "refresh-cw", "done")
WRITING = Stand(_("en rédaction"), "pencil", "active")
TO_WRITE = Stand(_("à écrire"), "circle-dashed", "waiting")
TO_CLAIM = Stand(_("à prendre en charge"), "circle", "neutral")
NOT_ASKED = Stand(_("pas demandée"), "circle-slash", "neutral")


KIND_OF_STATE = {SectionState.OPEN: "waiting", SectionState.DRAFT: "active", SectionState.SIGNED: "done"}
"""The chip of each state, for those who write."""


def stand_of(section: SectionView) -> Stand:
    """Where a part stands, for those who know of it."""
    if section.is_signed:
        return AMENDED if section.state == SectionState.DRAFT else SIGNED
    if section.holder_id is None:
        return TO_CLAIM if section.is_needed else NOT_ASKED
    return WRITING if section.state == SectionState.DRAFT else TO_WRITE


def diagnosis_panel(
    actor: Actor, case: Case, sight: Sight, programme: Programme, *, may_write: bool
) -> dict[str, Any]:
    """The seven parts in order, the strip that shows them at one glance, and what the actor may do."""
    whole = diagnosis_of(actor, case)
    return {
        "template": "diagnosis/panel.html",
        **whole_words(whole),
        "parts": [_part(actor, section, whole, sight, programme, may_write) for section in whole.sections],
        "may_arrange": may_write and bool(can_lead(actor, case)),
    }


def whole_words(whole: Diagnosis) -> dict[str, Any]:
    """The diagnosis at one glance: how far it is, and how many differences stand."""
    return {
        "needed_count": len(whole.needed),
        "signed_count": whole.signed_count,
        "standing_count": sum(len(section.standing) for section in whole.sections),
    }


def _part(
    actor: Actor,
    section: SectionView,
    whole: Diagnosis,
    sight: Sight,
    programme: Programme,
    may_write: bool,
) -> dict[str, Any]:
    is_holder = section.holder_id is not None and section.holder_id == actor.institution_id
    reads = sight.covers(section.category)
    return {
        **part_words(section, whole),
        "hidden": "" if reads else why_hidden(sight, section.category, programme),
        "why": why_shown(sight, section.category, section.holder_id),
        "differences": [_difference(actor, section, found, may_write) for found in section.differences],
        "is_holder": is_holder,
        "may_write": may_write and is_holder,
        "may_claim": may_write and reads and section.holder_id is None,
        "may_differ": may_write and reads and section.number > 0 and not is_holder,
    }


def part_words(section: SectionView, whole: Diagnosis) -> dict[str, Any]:
    """One part as it is read, on the screen and on paper."""
    is_health = section.part == Part.HEALTH
    return {
        "section": section,
        "about": ABOUT[Part(section.part)],
        "stand": stand_of(section),
        "lines": lines_of(section.latest.texts) if section.latest else [],
        "summary": summary_words(whole.summary) if is_health and whole.summary else None,
        "incapacities": whole.incapacities if is_health else (),
    }


def lines_of(texts: Texts) -> list[tuple[str, str]]:
    """Each prompt that has a text, with its word."""
    return [(str(PROMPTS[prompt]), text) for prompt, text in texts.by_prompt().items() if text.strip()]


def part_told(data: Mapping[str, Any]) -> str:
    """What the timeline adds to a line about the diagnosis: which part."""
    return str(Part(data["section"]).label)


def _difference(actor: Actor, section: SectionView, found: DifferenceView, may_write: bool) -> dict[str, Any]:
    is_open = found.settled_at is None
    return {
        "found": found,
        "may_answer": may_write
        and is_open
        and not found.answer
        and section.holder_id == actor.institution_id,
        "may_settle": may_write and is_open and found.owner_id == actor.institution_id,
    }


def history_words(section: SectionView) -> list[dict[str, Any]]:
    """Every version that the reader sees, the latest first, with what changed since the one before."""
    versions = section.versions
    return [
        {
            "version": version,
            "lines": _changed_lines(before.texts if before else None, version.texts),
            "is_first": before is None,
        }
        for version, before in zip(versions, (*versions[1:], None), strict=True)
    ]


def _changed_lines(before: Texts | None, after: Texts) -> list[tuple[str, list[tuple[str, str]]]]:
    old = before.by_prompt() if before else after.by_prompt()
    return [
        (str(PROMPTS[prompt]), changes(old[prompt], text))
        for prompt, text in after.by_prompt().items()
        if text or old[prompt]
    ]
