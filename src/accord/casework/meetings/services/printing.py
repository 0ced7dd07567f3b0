"""The invitation of the insured person as a letter: an accessible PDF, in her language, in plain words.

It says when, where, with whom and how to say that one cannot come; nothing about health, money or work.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import person_of
from accord.casework.meetings.enums import Answer
from accord.casework.meetings.models import Meeting
from accord.casework.meetings.selectors import seats_of
from accord.casework.meetings.services.calendars import label_of, whereabouts
from accord.casework.meetings.services.reading import read_meeting
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.decisions import Refused
from accord.kernel.typesetting import typeset
from accord.people.persons.models import Person

TEMPLATE = Path(__file__).parents[1] / "templates" / "meetings" / "letter.typ"


def print_letter(*, by: Actor, meeting: Meeting) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a; printing is journalled as reading.

    Raises Refused when the person does not take part, or when her identity is hidden from the actor.
    """
    person = person_of(by, meeting.case)
    if not meeting.person_present:
        raise Refused(_("Cette rencontre se tient sans la personne : elle ne reçoit pas d’invitation."))
    if person is None:
        raise Refused(_("L’identité de la personne est masquée : la lettre ne peut pas être imprimée."))
    data = letter_data(by, meeting, person)
    read_meeting(by=by, meeting=meeting, what="invitation letter")
    return typeset(TEMPLATE, data)


def letter_data(by: Actor, meeting: Meeting, person: Person) -> dict[str, Any]:
    """Everything that the letter says, in the person’s language, as plain data."""
    language = person.language
    house = meeting.owner
    site = house.sites.first()
    starts, ends = meeting.starts_at.astimezone(SWISS_TIME), meeting.ends_at.astimezone(SWISS_TIME)
    with translation.override(language):
        return {
            "language": language,
            "number": meeting.case.number,
            "house": {
                "name": house.name,
                "address": site.address if site else "",
                "phone": house.phone,
            },
            "person": [person.name, person.street, f"{person.postal_code} {person.city}".strip()],
            "date": f"{today():%d.%m.%Y}",
            "title": _("Invitation à une rencontre"),
            "greeting": _("Bonjour,"),
            "opening": _("Nous vous invitons à la rencontre suivante."),
            "facts": [
                [_("Quoi"), label_of(meeting, language)],
                [_("Jour"), _day(starts)],
                [_("Heure"), _("de %(from)s à %(to)s") % {"from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}"}],
                [_("Lieu"), whereabouts(meeting)],
                [_("Avec vous"), "\n".join(_people(by, meeting))],
            ],
            "free": _(
                "Vous pouvez venir avec une personne de confiance. Si vous avez besoin d’un interprète ou d’aide"
                " pour venir, dites-le-nous."
            ),
            "cannot": _(
                "Vous ne pouvez pas venir ? Appelez-nous dès que possible au %(phone)s :"
                " nous chercherons une autre date."
            )
            % {"phone": house.phone},
            "closing": _("Avec nos meilleures salutations"),
            "case": _("Dossier"),
            "page": _("page"),
        }


def _day(starts: datetime) -> str:
    words = {"weekday": WEEKDAYS[starts.weekday()], "day": starts.day, "month": MONTHS[starts.month]}
    return _("%(weekday)s %(day)s %(month)s %(year)s") % {**words, "year": starts.year}


def _people(by: Actor, meeting: Meeting) -> list[str]:
    coming = seats_of(by, meeting).exclude(answer=Answer.DECLINED)
    return [f"{seat.user.name}, {seat.institution.name}" for seat in coming]
