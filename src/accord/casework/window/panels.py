"""What colleagues see of the window: on the case page, in the timeline, and on the worklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.window.enums import RequestKind
from accord.casework.window.policies import can_issue_letter
from accord.casework.window.selectors import LetterLine, letters_of
from accord.kernel.actors import Actor


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
