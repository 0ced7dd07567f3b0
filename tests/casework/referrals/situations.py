"""Announcements in their situations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import scenarios
from accord.casework.cases.enums import Category
from accord.casework.referrals.models import Referral
from accord.casework.referrals.services import save_draft, send_referral, start_referral
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.people.persons.models import Person
from scenarios import Colleague

ANSWERS = {
    "cii-geneve": {
        "situation": "Sans emploi depuis l’été, le dos ne suit plus.",
        "person_wish": "Reprendre un travail assis.",
        "expectations": "Un plan commun.",
        "benefit": "unemployment",
    },
    "cii-plus": {
        "reason_text": "Arrêt de travail qui se prolonge.",
        "contract_status": "in_force",
        "cause": "illness",
        "incapacity_percent": 100,
    },
}
CRITERIA = {
    "cii-geneve": {"potential": True, "followed": True, "agrees": True},
    "cii-plus": {"target_person": True, "informed": True},
}
REASONS = {"cii-geneve": ["health_blocks_placement"], "cii-plus": ["incapacity"]}


@dataclass
class Thread:
    """Somebody who announces, a desk that answers, and the announcement between them."""

    sender: Colleague
    desk: Colleague
    referral: Referral
    complete: dict[str, Any] = field(default_factory=dict)

    def seen_by(self, reader: Colleague) -> Referral:
        with acting_as(reader.actor):
            return Referral.objects.select_related("case").get(pk=self.referral.pk)


@contextmanager
def as_(who: Colleague) -> Iterator[None]:
    with acting_as(who.actor):
        yield


def complete_form(programme: str, desk: Colleague) -> dict[str, Any]:
    form: dict[str, Any] = {
        "subject": "Mal de dos, reconversion",
        "reasons": REASONS[programme],
        "criteria": CRITERIA[programme],
        "answers": ANSWERS[programme],
        "questions": "Peut-elle rester assise ?",
        "desk_id": desk.institution.pk,
    }
    if programme == "cii-plus":
        form |= {"announcer_kind": "e", "insured_informed_on": today()}
    return form


def draft(programme: str = "cii-geneve", about: Person | None = None, filled: bool = True) -> Thread:
    kind = Kind.INSURER_DAILY_LAMAL if programme == "cii-plus" else Kind.EMPLOYMENT_OFFICE
    sender, desk = scenarios.colleague(kind=kind), scenarios.colleague(None, Role.REFERENT)
    with as_(sender):
        referral = start_referral(
            by=sender.actor, programme_slug=programme, person=about or scenarios.person(sender.institution)
        )
        thread = Thread(sender, desk, referral, complete_form(programme, desk))
        if filled:
            thread.referral = save_draft(
                by=sender.actor, referral_id=referral.pk, version=referral.version, **thread.complete
            )
    return thread


def authorised(thread: Thread, *categories: Category) -> Thread:
    """The person authorised the desk to see these kinds of data."""
    chosen = categories or (Category.IDENTITY, Category.WORK, Category.PLAN, Category.BENEFITS)
    scenarios.opened_to(thread.referral.case, thread.desk.institution, *chosen, takes_part=False)
    return thread


def sent(programme: str = "cii-geneve", *categories: Category) -> Thread:
    thread = draft(programme)
    if programme != "cii-plus":
        authorised(thread, *categories)
    with as_(thread.sender):
        thread.referral = send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
    return thread
