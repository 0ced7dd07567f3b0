"""The letter with the codes, and her data on paper: accessible PDF, in her language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.window.enums import Addressee
from accord.casework.window.models import Letter
from accord.casework.window.rules import grouped
from accord.kernel.clock import SWISS_TIME
from accord.kernel.typesetting import typeset
from accord.people.persons.models import Person

TEMPLATES = Path(__file__).parents[1] / "templates" / "window"


def chapters_pdf(data: dict[str, Any]) -> bytes:
    """Her situation, chapter by chapter."""
    return typeset(TEMPLATES / "data.typ", data)


def letter_pdf(letter: Letter, person: Person, codes: Sequence[str]) -> bytes:
    """The letter for a window envelope; the codes stand on it and nowhere else."""
    with translation.override(letter.language):
        return typeset(TEMPLATES / "letter.typ", letter_words(letter, person, codes))


def letter_words(letter: Letter, person: Person, codes: Sequence[str]) -> dict[str, Any]:
    """Everything that the letter says."""
    house = letter.issued_by
    site = house.sites.first()
    until = letter.valid_until.astimezone(SWISS_TIME)
    issued = letter.issued_at.astimezone(SWISS_TIME)
    address = f"{settings.ACCORD_BASE_URL}{reverse('window:sign-in')}"
    to_representative = letter.addressee == Addressee.REPRESENTATIVE
    return {
        "language": letter.language,
        "title": _("Votre accès à votre situation"),
        "sender": {
            "name": house.name,
            "address": site.address if site else "",
            "phone": house.phone,
        },
        "to": _to(person, to_representative),
        "date": f"{issued:%d.%m.%Y}",
        "greeting": _("Bonjour,"),
        "about": _("Cette lettre concerne %(person)s. Vous la recevez comme représentant légal.")
        % {"person": person.name}
        if to_representative
        else "",
        "intro": _(
            "Plusieurs institutions travaillent ensemble pour vous. Sur internet, vous voyez qui participe,"
            " ce que vous avez autorisé, et qui a lu quoi. Vous pouvez aussi y retirer votre accord ou"
            " demander une correction."
        ),
        "how": _("Comment entrer"),
        "steps": [
            _("Ouvrez cette adresse : %(address)s") % {"address": address},
            _("Tapez le numéro de la lettre : %(number)s") % {"number": grouped(letter.number)},
            _("Tapez un code de la liste. Chaque code sert une seule fois : barrez-le ensuite."),
            _("Tapez votre date de naissance.")
            if not to_representative
            else _("Tapez la date de naissance de %(person)s.") % {"person": person.name},
        ],
        "number_word": _("Numéro de la lettre"),
        "number": grouped(letter.number),
        "codes_word": _("Vos codes"),
        "codes": [grouped(code) for code in codes],
        "until": _("Ces codes sont valables jusqu’au %(until)s.") % {"until": f"{until:%d.%m.%Y}"},
        "care": _(
            "Gardez cette lettre pour vous. Personne ne vous demandera un code par téléphone ou par courriel."
        ),
        "help": _(
            "Vous n’avez pas internet, ou cela ne marche pas ? Appelez-nous : %(phone)s. Nous imprimons tout"
            " pour vous, et nous envoyons une nouvelle lettre si vous le souhaitez."
        )
        % {"phone": house.phone or house.name},
        "closing": _("Avec nos salutations"),
    }


def _to(person: Person, to_representative: bool) -> list[str]:
    place = f"{person.postal_code} {person.city}".strip()
    if to_representative:
        return [person.representative_name, *filter(None, person.representative_contact.split("\n"))]
    return list(filter(None, [person.name, person.street, place]))
