"""Who she is, as it is written in her situation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.own import own_person
from accord.kernel.actors import Actor
from accord.kernel.identifiers import format_avs
from accord.kernel.periods import PartialDate


def identity(actor: Actor, case: Case) -> Chapter:
    """Her name, her birth date and how to reach her."""
    person = own_person(actor)
    address = ", ".join(filter(None, [person.street, f"{person.postal_code} {person.city}".strip()]))
    known = [
        (_("Nom"), person.name),
        (_("Nom de naissance"), person.birth_name),
        (_("Date de naissance"), PartialDate.read(person.birth_date).display() if person.birth_date else ""),
        (_("Numéro AVS"), format_avs(person.avs_number)),
        (_("Adresse"), address),
        (_("Téléphone"), person.phone),
        (_("Courriel"), person.email),
        (_("Langue"), str(person.get_language_display())),
        (_("Représentée par"), person.representative_name),
    ]
    return Chapter(
        "identity",
        _("Ce qui est noté sur moi"),
        (_("Une erreur ? Demandez une correction dans « Mes demandes »."),),
        tuple(Item(word, (value,)) for word, value in known if value),
    )
