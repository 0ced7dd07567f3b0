"""The answer to a communication as a letter: in the reader's language, in plain words, accessible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.selectors import is_disclosed_to, person_of
from accord.casework.cases.services import read_case
from accord.casework.detection.enums import Outcome
from accord.casework.detection.models import Detection
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.typesetting import typeset
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person

TEMPLATE = Path(__file__).parents[1] / "templates" / "detection" / "letter.typ"
PERSON, ANNOUNCER = "person", "announcer"


def print_answer(*, by: Actor, detection: Detection, to: str) -> bytes:
    """The letter to the person or to who announced, as PDF/UA-1 and PDF/A-2a; printing is journalled.

    Raises Refused while there is no answer, or while her identity is hidden from who prints.
    """
    if detection.answered_on is None:
        raise Refused(_("Il n’y a pas encore de réponse à imprimer."))
    data = letter_data(by, detection, to)
    read_case(by=by, case=detection.case, what="detection letter")
    return typeset(TEMPLATE, data)


def letter_data(by: Actor, detection: Detection, to: str) -> dict[str, Any]:
    """Everything that the letter says, in the language of who receives it, as plain data."""
    case = detection.case
    person = person_of(by, case)
    if person is None:
        raise Refused(_("L’identité de la personne vous est masquée."))
    language = person.language if to == PERSON else by.language
    with translation.override(language):
        words = _to_person(detection) if to == PERSON else _to_announcer(detection, person)
        return {
            "language": language,
            "number": case.number,
            "case_word": _("Dossier"),
            "page_word": _("page"),
            "sender": _sender(detection.owner),
            "recipient": _address(person) if to == PERSON else _institution_lines(case.announced_by),
            "on": f"{detection.answered_on:%d.%m.%Y}",
            **words,
        }


def _to_person(detection: Detection) -> dict[str, Any]:
    """In plain words; it says that only an application opens benefits (LAI art. 3b; OAI practice)."""
    answers = {
        Outcome.INDICATED: _("Nous vous conseillons de déposer une demande à l’assurance-invalidité."),
        Outcome.NOT_INDICATED: _(
            "Pour le moment, une demande à l’assurance-invalidité n’est pas nécessaire."
        ),
        Outcome.ALREADY_APPLIED: _("Vous avez déjà déposé une demande. Nous la traitons."),
    }
    received = {"day": f"{detection.received_on:%d.%m.%Y}"}
    after = {
        Outcome.INDICATED: [
            _("Cette communication n’ouvre pas de droit : seule votre demande le peut."),
            _("Des prestations sont possibles au plus tôt à partir de votre demande. N’attendez pas."),
        ],
        Outcome.NOT_INDICATED: [
            _("Cette réponse n’est pas une décision et ne vous retire aucun droit."),
            _(
                "Vous pouvez déposer une demande à tout moment, si votre situation change ou si vous le voulez."
            ),
        ],
        Outcome.ALREADY_APPLIED: [_("Vous n’avez rien d’autre à faire pour le moment.")],
    }
    outcome = Outcome(detection.outcome)
    return {
        "title": _("Notre réponse à la communication qui vous concerne"),
        "greeting": _("Madame, Monsieur,"),
        "paragraphs": [
            _("Le %(day)s, nous avons reçu une communication : votre santé peut menacer votre travail.")
            % received,
            _("Nous avons regardé votre situation."),
        ],
        "answer": answers[outcome],
        "reasons_word": _("Pourquoi"),
        "reasons": [line.strip() for line in detection.reasons.splitlines() if line.strip()],
        "after_word": _("Ce que cela veut dire pour vous"),
        "after": after[outcome],
        "closing": _("Vous avez une question ? Appelez-nous ou venez nous voir."),
        "regards": _("Avec nos salutations les meilleures"),
    }


def _to_announcer(detection: Detection, person: Person) -> dict[str, Any]:
    """That it is answered; what was answered only when the person's benefits are disclosed to the announcer."""
    case = detection.case
    told = is_disclosed_to(case, case.announced_by_id, Category.BENEFITS)
    return {
        "title": _("Réponse à votre communication"),
        "greeting": _("Madame, Monsieur,"),
        "paragraphs": [
            _("Votre communication du %(day)s concernant %(person)s a reçu sa réponse.")
            % {"day": f"{detection.received_on:%d.%m.%Y}", "person": person.name}
        ],
        "answer": _("Notre réponse : %(outcome)s.") % {"outcome": Outcome(detection.outcome).label}
        if told
        else "",
        "reasons_word": "",
        "reasons": [],
        "after_word": "",
        "after": []
        if told
        else [_("Sans l’autorisation de la personne, nous ne pouvons pas vous en dire le contenu.")],
        "closing": _("La personne a été informée par une lettre séparée."),
        "regards": _("Avec nos salutations les meilleures"),
    }


def _sender(institution: Institution) -> dict[str, Any]:
    site = institution.sites.first()
    return {
        "name": institution.name,
        "address": (site.address if site else "").replace("\n", ", "),
        "phone": institution.phone,
    }


def _institution_lines(institution: Institution) -> list[str]:
    site = institution.sites.first()
    return [institution.name, *(site.address.split(", ") if site else [])]


def _address(person: Person) -> list[str]:
    lines = [person.name, person.street, f"{person.postal_code} {person.city}".strip()]
    return [line for line in lines if line]
