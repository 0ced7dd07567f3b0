"""What colleagues see of the window: on the case page, in the timeline, and on the worklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import persons_of
from accord.casework.window.enums import RequestKind
from accord.casework.window.policies import can_issue_letter
from accord.casework.window.selectors import LetterLine, letters_of, open_requests
from accord.kernel.actors import Actor
from accord.network.institutions.policies import works_on_cases

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class WindowPanel:
    """The letters of a case, and whether one may issue another."""

    lines: list[LetterLine]
    may_issue: bool
    letters_url: str


def window_panel(actor: Actor, case: Case) -> WindowPanel:
    """The block « Fenêtre de la personne » of the case page."""
    return WindowPanel(
        letters_of(actor, case),
        bool(can_issue_letter(actor, case)),
        reverse("window:letters", args=[case.pk]),
    )


def act_words(data: Mapping[str, Any]) -> str:
    """What the person did at her window, for the timeline."""
    acts = {
        "revoked": _("Elle a retiré son autorisation."),
        "narrowed": _("Elle a restreint son autorisation."),
        "signed": _("Elle a signé une autorisation."),
        "declined": _("Elle n’a pas signé l’autorisation proposée."),
        "plan_signed": _("Elle a signé son plan."),
        "invitation": _("Elle a répondu à une invitation."),
        RequestKind.CORRECTION: _("Elle demande une correction."),
        RequestKind.OBJECTION: _("Elle s’oppose à un échange d’informations."),
        RequestKind.NOT_INFORMED: _("Elle dit n’avoir pas été informée."),
        RequestKind.QUESTION: _("Elle pose une question."),
    }
    words = acts.get(str(data.get("act", "")), "")
    return f"{words} « {data['sentence']} »" if data.get("sentence") else words


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A request of the person on the worklist of who leads."""

    sentence: str
    who: str | None
    number: str
    url: str
    since: datetime
    due_on: date
    case_id: UUID


def asked_items(actor: Actor) -> list[AskedItem]:
    """What persons ask of the actor's institution, and nobody has answered yet."""
    if not works_on_cases(actor):
        return []
    found = list(open_requests(actor)[:MOST_LISTED])
    persons = persons_of(actor, [one.case.person_id for one in found]) if found else {}
    return [
        AskedItem(
            sentence=_("Répondre à la personne : %(what)s") % {"what": one.get_kind_display()},
            who=person.name if (person := persons.get(one.case.person_id)) else None,
            number=one.case.number,
            url=reverse("window:answer", args=[one.pk]),
            since=one.received_at,
            due_on=one.due_on,
            case_id=one.case_id,
        )
        for one in found
    ]
