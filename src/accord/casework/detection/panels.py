"""Early detection and préavis as fragments: the panel of the case page, and the lines of the worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_work_on
from accord.casework.detection.enums import DetectionState
from accord.casework.detection.models import Detection, Notice, NoticeParty
from accord.casework.detection.policies import can_decide, can_take_position, can_work_as_ai_office
from accord.casework.detection.rules import answer_days, is_over, leads_to_application, notice_days
from accord.casework.detection.selectors import (
    DetectionToDo,
    answered_event,
    detection_of,
    detection_worklist,
    notices_of,
)
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.network.programmes.rules import Programme


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party of a préavis, and whether the reader may answer for it."""

    party: NoticeParty
    is_ours: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class NoticeBlock:
    """One préavis as its reader sees it: all its parties for the office, one's own part for a party."""

    notice: Notice
    lines: tuple[PartyLine, ...]
    is_over: bool
    may_decide: bool

    @property
    def ours(self) -> NoticeParty | None:
        """The part of the reader's institution."""
        return next((line.party for line in self.lines if line.is_ours), None)


@dataclass(frozen=True, slots=True)
class DetectionPanel:
    """Where the communication stands and the préavis of the case, for this reader."""

    detection: Detection | None
    answered_on: date | None
    notices: tuple[NoticeBlock, ...]
    may_receive: bool
    may_invite: bool
    may_hold: bool
    may_answer: bool
    may_note_application: bool
    may_print: bool
    may_serve: bool
    template: str = "detection/panel.html"


def knows_detection(circles: tuple[Programme, ...]) -> bool:
    """Whether one of the case's circles knows early detection or the préavis."""
    return _detects(circles) or _notifies(circles)


def detection_panel(actor: Actor, case: Case, circles: tuple[Programme, ...]) -> DetectionPanel:
    """The panel of the case page; what is hidden is said by who composes it."""
    detection = detection_of(actor, case)
    is_office = bool(can_work_as_ai_office(actor, case))
    treats = detection is not None and detection.owner_id == actor.institution_id
    may_act = treats and bool(can_work_on(actor, case))
    state = detection.state if detection else ""
    return DetectionPanel(
        detection=detection,
        answered_on=_answered_on(actor, case, detection),
        notices=tuple(_block(actor, case, notice) for notice in notices_of(actor, case)),
        may_receive=detection is None and is_office and _detects(circles),
        may_invite=may_act and state in (DetectionState.RECEIVED, DetectionState.INVITED),
        may_hold=may_act and state == DetectionState.INVITED,
        may_answer=may_act
        and state in (DetectionState.RECEIVED, DetectionState.INVITED, DetectionState.HELD),
        may_note_application=may_act
        and detection is not None
        and state == DetectionState.ANSWERED
        and leads_to_application(detection.outcome),
        may_print=treats and detection is not None and detection.answered_on is not None,
        may_serve=is_office and _notifies(circles),
    )


def _detects(circles: tuple[Programme, ...]) -> bool:
    return any(answer_days(one) is not None for one in circles)


def _notifies(circles: tuple[Programme, ...]) -> bool:
    return any(notice_days(one) is not None for one in circles)


def _answered_on(actor: Actor, case: Case, detection: Detection | None) -> date | None:
    if detection is not None:
        return detection.answered_on
    told = answered_event(actor, case)
    return date.fromisoformat(told.data["on"]) if told else None


def _block(actor: Actor, case: Case, notice: Notice) -> NoticeBlock:
    notice.case = case
    over = is_over(notice.objections_until, today())
    return NoticeBlock(
        notice=notice,
        lines=tuple(
            PartyLine(
                party,
                is_ours=party.institution_id == actor.institution_id,
                may_answer=not party.position and not over and bool(can_take_position(actor, party)),
            )
            for party in notice.parties.all()
        ),
        is_over=over,
        may_decide=notice.decided_on is None and bool(can_decide(actor, notice)),
    )


@dataclass(frozen=True, slots=True)
class DetectionItem:
    """One line of the worklist."""

    title: str
    case_id: UUID
    who: str | None
    number: str
    url: str
    holder: str
    since: date
    due_on: date


def detection_items(actor: Actor) -> list[DetectionItem]:
    """What early detection and préavis want of the actor's institution."""
    return [_item(found) for found in detection_worklist(actor)]


def _item(found: DetectionToDo) -> DetectionItem:
    titles = {
        "answer": _("Répondre à la communication : une demande est-elle indiquée ?"),
        "position": _("Prendre position sur le préavis, ou y renoncer"),
        "decide": _("Le délai du préavis est passé : enregistrer la décision"),
    }
    return DetectionItem(
        title=titles[found.kind],
        case_id=found.case_id,
        who=found.who,
        number=found.number,
        url=f"{reverse('web:case', args=[found.case_id])}?panneau=detection",
        holder=found.institution,
        since=found.since,
        due_on=found.due_on,
    )
