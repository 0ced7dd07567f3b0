"""Letters: the grant to the person in her language, and the receipt of a provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import person_of
from accord.casework.cases.services import read_case
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.kernel.typesetting import typeset
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person
from accord.purchasing.measures.enums import FINANCED
from accord.purchasing.measures.models import Delivery, IndividualMeasure
from accord.purchasing.measures.rules import read_catalogue

TEMPLATE = Path(__file__).parents[1] / "templates" / "measures" / "letter.typ"


def print_grant(*, by: Actor, measure: IndividualMeasure) -> bytes:
    """The communication to the person: what is granted, from when to when, with which objectives."""
    if measure.state not in FINANCED:
        raise Refused(_("Cette mesure n’est pas encore validée."))
    person = person_of(by, measure.case)
    read_case(by=by, case=measure.case, what="grant letter")
    with translation.override(person.language if person else "fr"):
        return typeset(TEMPLATE, _grant(measure, person))


def print_receipt(*, delivery: Delivery) -> bytes:
    """What was received, when, by which channel, under which number."""
    return typeset(
        TEMPLATE,
        {
            "title": _("Accusé de réception %(number)s") % {"number": delivery.number},
            "sender": _sender(delivery.office),
            "recipient": [delivery.institution.name],
            "place": f"{delivery.at:%d.%m.%Y}",
            "reference": "",
            "paragraphs": [_("Nous avons reçu votre envoi. Il est contrôlé avant que quiconque l’ouvre.")],
            "facts": [
                [_("Numéro"), delivery.number],
                [_("Voie"), str(delivery.get_channel_display())],
                [_("Objet"), delivery.title],
                [_("Décision"), delivery.mandate.decision_number if delivery.mandate else "–"],
            ],
            "list_title": "",
            "list": [],
            "closing": [],
            "language": translation.get_language() or "fr",
        },
    )


def _grant(measure: IndividualMeasure, person: Person | None) -> dict[str, Any]:
    kind = read_catalogue().kinds[measure.kind]
    language = translation.get_language() or "fr"
    return {
        "title": _("Votre mesure : %(title)s") % {"title": measure.title},
        "sender": _sender(measure.owner),
        "recipient": _address(person),
        "place": f"{today():%d.%m.%Y}",
        "reference": measure.case.number,
        "paragraphs": [
            _(
                "Nous prenons en charge la mesure ci-dessous. Elle a été convenue avec vous dans votre plan"
                " et validée le %(day)s, avant son début."
            )
            % {"day": f"{measure.validated_on:%d.%m.%Y}"}
        ],
        "facts": [
            [_("Mesure"), kind.label(language)],
            [_("Base légale"), kind.article],
            [_("Du"), f"{measure.since:%d.%m.%Y}"],
            [_("Au"), f"{measure.until:%d.%m.%Y}"],
            *(
                [_("Prestataire"), mandate.provider.institution.name]
                for mandate in measure.mandates.select_related("provider__institution")[:1]
            ),
        ],
        "list_title": _("Vos objectifs"),
        "list": list(measure.objectives),
        "closing": [
            _("Si vous ne pouvez pas venir un jour, prévenez le prestataire et votre conseiller."),
            _("Si vous n’êtes pas d’accord, dites-le-nous : vous pouvez demander une décision écrite."),
        ],
        "language": language,
    }


def _sender(institution: Institution) -> list[str]:
    site = institution.sites.first()
    return [institution.name, *(site.address.splitlines() if site else []), institution.phone]


def _address(person: Person | None) -> list[str]:
    if person is None:
        return []
    return [
        f"{person.given_names} {person.family_name}",
        person.street,
        f"{person.postal_code} {person.city}".strip(),
    ]
