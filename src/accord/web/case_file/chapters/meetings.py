"""Meetings with their agenda and their signed minutes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.meetings.models import Meeting, Minutes
from accord.casework.meetings.panels import line_of, sections_of
from accord.casework.meetings.selectors import agendas_of_case, meetings_of_case, signed_minutes_of_case
from accord.web.case_file.chapters.shape import Chapter, between_dots, who
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day, day_time


def meetings(folder: Folder) -> Chapter:
    """Each meeting with who was asked, what it was about, and what was signed of it."""
    agendas = agendas_of_case(folder.actor, folder.case)
    minutes = signed_minutes_of_case(folder.actor, folder.case)
    return Chapter(
        "rencontres",
        _("Les rencontres"),
        paragraphs=(
            *(_meeting(folder, one, agendas, minutes) for one in meetings_of_case(folder.actor, folder.case)),
            *_hidden(folder),
        ),
    )


def _hidden(folder: Folder) -> Iterable[tuple[str, str]]:
    """The frame of a meeting is known to all; what it was about is a matter of the plan."""
    if why := why_hidden(folder.sight, Category.PLAN, folder.programme):
        yield _("Ordres du jour et procès-verbaux"), why


def _meeting(
    folder: Folder, meeting: Meeting, agendas: dict[UUID, list[str]], minutes: dict[UUID, list[Minutes]]
) -> tuple[str, str]:
    line = line_of(meeting, folder.language)
    head = between_dots(line.label, day_time(meeting.starts_at), line.where, line.state)
    return head, "\n".join(_body(meeting, agendas.get(meeting.pk, []), minutes.get(meeting.pk, [])))


def _body(meeting: Meeting, agenda: list[str], minutes: list[Minutes]) -> Iterable[str]:
    people = ", ".join(f"{seat.user.name} ({seat.institution.short_name})" for seat in meeting.places.all())
    if people:
        yield _("Invités : %(people)s") % {"people": people}
    if agenda:
        yield _("Ordre du jour : %(points)s") % {"points": " ; ".join(agenda)}
    for one in minutes:
        signed = ", ".join(
            who(signature.institution.short_name, day(signature.at)) for signature in one.signatures.all()
        )
        yield _("Procès-verbal, version %(edition)s, signé par : %(signed)s") % {
            "edition": one.edition,
            "signed": signed or one.owner.short_name,
        }
        for word, text in sections_of(one):
            yield _("%(word)s : %(text)s") % {"word": word, "text": text}
