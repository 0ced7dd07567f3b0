"""Her meetings: when, where, who comes, what it is about; and what was noted at those that took place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.meetings.enums import Answer, MeetingState
from accord.casework.meetings.models import Meeting, Minutes
from accord.casework.meetings.panels import sections_of
from accord.casework.meetings.selectors import agendas_of_case, signed_minutes_of_case
from accord.casework.meetings.services.calendars import label_of, whereabouts
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.written import is_ahead, own_meetings
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME


def meetings(actor: Actor, case: Case) -> Chapter:
    """Those to come first, the soonest first; then those that were, the latest first."""
    found = own_meetings(actor, case)
    agendas, minutes = agendas_of_case(actor, case), signed_minutes_of_case(actor, case)
    ahead = [one for one in found if is_ahead(one)]
    past = [one for one in reversed(found) if not is_ahead(one)]
    sentence = (
        _("Vous pouvez dire si vous venez, et demander un autre moment.")
        if ahead
        else _("Aucune rencontre n’est prévue avec vous pour le moment.")
    )
    return Chapter(
        "meetings",
        _("Mes rencontres"),
        (sentence,),
        (
            *(coming(one, agendas.get(one.pk, [])) for one in ahead),
            *(_past(one, minutes) for one in past),
        ),
    )


def coming(meeting: Meeting, agenda: list[str]) -> Item:
    """A meeting to come, with the way to answer."""
    is_answered = meeting.person_answer != Answer.PENDING
    return Item(
        label_of(meeting, get_language() or "fr"),
        (*_facts(meeting), *_about(agenda), answer_words(meeting)),
        meeting.starts_at,
        reverse("window:meeting", args=[meeting.pk]),
        _("Changer ma réponse") if is_answered else _("Répondre"),
        is_aside=is_answered,
    )


def answer_words(meeting: Meeting) -> str:
    """What she answered."""
    return {
        Answer.PENDING: _("Vous n’avez pas encore répondu."),
        Answer.ACCEPTED: _("Vous avez répondu : je viens."),
        Answer.TENTATIVE: _("Vous avez répondu : je ne sais pas encore."),
        Answer.DECLINED: _("Vous avez répondu : je ne peux pas venir."),
    }[Answer(meeting.person_answer)]


def _facts(meeting: Meeting) -> Iterable[str]:
    begins, ends = meeting.starts_at.astimezone(SWISS_TIME), meeting.ends_at.astimezone(SWISS_TIME)
    yield _("De %(begins)s à %(ends)s") % {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    if where := whereabouts(meeting):
        yield _("Lieu : %(where)s") % {"where": where}
    people = [f"{seat.user.name} ({seat.institution.name})" for seat in meeting.places.all()]
    if people:
        yield _("Viennent aussi : %(people)s") % {"people": ", ".join(people)}


def _about(agenda: list[str]) -> Iterable[str]:
    if agenda:
        yield _("On parlera de : %(points)s") % {"points": " ; ".join(agenda)}


def _past(meeting: Meeting, minutes: Mapping[UUID, list[Minutes]]) -> Item:
    states = {
        MeetingState.CANCELLED: _("Cette rencontre a été annulée."),
        MeetingState.HELD: _("Cette rencontre a eu lieu."),
    }
    lines = [states.get(MeetingState(meeting.state), _("Cette rencontre est passée."))]
    for one in minutes.get(meeting.pk, []):
        lines.append(_("Noté par %(institution)s :") % {"institution": one.owner.name})
        lines += [_("%(word)s : %(text)s") % {"word": word, "text": text} for word, text in sections_of(one)]
    return Item(label_of(meeting, get_language() or "fr"), tuple(lines), meeting.starts_at)
