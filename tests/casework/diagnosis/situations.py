"""The joint diagnosis in its situations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import scenarios
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.diagnosis.enums import Part
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.rules import Texts
from accord.casework.diagnosis.services import (
    arrange_diagnosis,
    claim_section,
    note_difference,
    save_draft,
    sign_section,
)
from accord.kernel.database import acting_as
from scenarios import Colleague

SAID = Texts("Douze ans de logistique.", "De bons certificats.", "Le dos.", "Un stage d’essai.")
EVERYTHING = (
    Category.IDENTITY, Category.WORK, Category.CAPACITY, Category.FINANCES, Category.SOCIAL, Category.PLAN,
)  # fmt: skip


def act(who: Colleague, verb: Any, **words: Any) -> Any:
    """Let a colleague do something."""
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def joined(case: Case, kind: str, *categories: Category, role: str = "caseworker") -> Colleague:
    """Somebody of another institution, to which categories of the case are disclosed."""
    who = scenarios.colleague(None, role, kind=kind)
    scenarios.opened_to(case, who.institution, *categories)
    return who


def arranged(
    lead: Colleague, case: Case, needed: Iterable[Part] = (Part.WORK,), **holders: Colleague | None
) -> dict[str, Section]:
    """The lead says what is needed and who writes it; the parts by name."""
    act(
        lead,
        arrange_diagnosis,
        case_id=case.pk,
        needed=[part.value for part in needed],
        holders={part: who.institution.pk if who else None for part, who in holders.items()},
    )
    return {section.part: section for section in Section.objects.filter(case=case)}


def claimed(who: Colleague, case: Case, part: Part = Part.WORK) -> Section:
    """A part that somebody took."""
    found: Section = act(who, claim_section, case_id=case.pk, part=part.value)
    return found


def drafted(who: Colleague, section: Section, texts: Texts = SAID, **words: Any) -> Draft:
    """What somebody is writing."""
    words = {"version": 0, "readers": "circle"} | words
    found: Draft = act(who, save_draft, section_id=section.pk, texts=texts, **words)
    return found


def signed(who: Colleague, section: Section, texts: Texts = SAID, **words: Any) -> Version:
    """What somebody wrote and signed."""
    before = Draft.objects.filter(section=section, owner=who.institution).first()
    draft = drafted(who, section, texts, **({"version": before.version if before else 0} | words))
    found: Version = act(who, sign_section, section_id=section.pk, version=draft.version)
    return found


def differing(who: Colleague, section: Section, text: str = "Nous voyons cela autrement.") -> Difference:
    """A view that differs."""
    found: Difference = act(who, note_difference, section_id=section.pk, text=text)
    return found
