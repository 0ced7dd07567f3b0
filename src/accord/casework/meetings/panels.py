"""A meeting in the words of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.selectors import Sight
from accord.casework.meetings.enums import SECTION_WORDS, Answer, DeliveryState, MeetingState
from accord.casework.meetings.models import Invitation, Meeting, Minutes, Reply, Seat
from accord.casework.meetings.policies import can_amend, can_attach, can_draft_minutes, can_sign_minutes
from accord.casework.meetings.services.calendars import label_of, whereabouts
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import Programme

CHIP_OF_ANSWER = {
    Answer.PENDING: "waiting",
    Answer.ACCEPTED: "done",
    Answer.TENTATIVE: "soon",
    Answer.DECLINED: "stopped",
}
CHIP_OF_DELIVERY = {
    DeliveryState.PENDING: "waiting",
    DeliveryState.SENT: "done",
    DeliveryState.FAILED: "late",
    DeliveryState.NEEDLESS: "neutral",
}


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    meeting: Any
    label: str
    where: str
    chip: str
    state: str
    seats: tuple[Seat, ...] = ()


def line_of(meeting: Meeting, language: str, seats: tuple[Seat, ...] = ()) -> MeetingLine:
    """The meeting in the reader’s words."""
    chip, word = state_of(meeting)
    return MeetingLine(meeting, label_of(meeting, language), whereabouts(meeting), chip, word, seats)


def state_of(meeting: Meeting) -> tuple[str, str]:
    """The shape and the word of where it stands; a past one that nobody has noted is said to be so."""
    if meeting.state == MeetingState.CANCELLED:
        return "stopped", str(meeting.get_state_display())
    if meeting.state == MeetingState.HELD:
        if meeting.person_absent:
            return "late", _("tenue, personne absente")
        return "done", str(meeting.get_state_display())
    if meeting.ends_at < now():
        return "late", _("présences à noter")
    return "active", str(meeting.get_state_display())


def seat_lines(seats: list[Seat]) -> list[dict[str, Any]]:
    """Who is invited, what each answered, who came."""
    return [{"seat": seat, "chip": CHIP_OF_ANSWER[Answer(seat.answer)]} for seat in seats]


def reply_lines(actor: Actor, replies: list[Reply]) -> list[dict[str, Any]]:
    """Each reply put aside, with its meeting’s kind, and whether its answer may be noted."""
    language = get_language() or "fr"
    return [
        {
            "reply": reply,
            "label": label_of(reply.meeting, language) if reply.meeting else "",
            "may_attach": bool(works_on_cases(actor)) and bool(can_attach(actor, reply)),
        }
        for reply in replies
    ]


def delivery_lines(mails: list[Invitation], meeting: Meeting, may_send: bool) -> list[dict[str, Any]]:
    """Each mail with what became of it, and whether it may be sent again."""
    return [
        {
            "mail": mail,
            "chip": CHIP_OF_DELIVERY[DeliveryState(mail.state)],
            "may_send": may_send
            and mail.sequence == meeting.sequence
            and mail.state in (DeliveryState.SENT, DeliveryState.FAILED),
        }
        for mail in mails
    ]


def minutes_lines(
    actor: Actor, versions: list[Minutes], sight: Sight, programme: Programme, language: str
) -> list[dict[str, Any]]:
    """Each version that one may read: its sections, who signed, what one may do with it."""
    replaced = {one.amends_id: one for one in versions if one.state == "signed"}
    return [
        {
            "minutes": one,
            "sections": sections_of(one),
            "category": ", ".join(
                kind.label.in_(language) for kind in programme.categories_in(one.category or 0)
            ),
            "why": why_shown(sight, one.category, one.owner_id),
            "replaced_by": replaced.get(one.pk),
            "may_sign": bool(can_sign_minutes(actor, one)),
            "may_amend": bool(can_amend(actor, one)),
            "is_draft": one.state == "draft",
        }
        for one in versions
    ]


def sections_of(minutes: Minutes) -> list[tuple[str, str]]:
    """The sections that hold something, under their words."""
    return [
        (str(word), minutes.sections[key]) for key, word in SECTION_WORDS.items() if minutes.sections.get(key)
    ]


def hidden_minutes(sight: Sight, programme: Programme) -> str:
    """Why one does not read what is addressed to the circle; empty when one does."""
    return why_hidden(sight, Category.PLAN, programme)


def minutes_page(
    actor: Actor, meeting: Meeting, versions: list[Minutes], sight: Sight, programme: Programme, language: str
) -> dict[str, Any]:
    """The minutes of a meeting’s page."""
    return {
        "minutes": minutes_lines(actor, versions, sight, programme, language),
        "minutes_hidden": hidden_minutes(sight, programme),
        "may_write_minutes": bool(can_draft_minutes(actor, meeting)) and meeting.starts_at < now(),
    }
