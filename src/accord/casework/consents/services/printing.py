"""The authorisation as a document that a person signs: an accessible PDF, in her language.

What it must say: identity, who discloses, who receives with services and persons, the concrete data, the
purpose, the legal basis, one-off or recurring, the validity, retention and security, the rights and how to
revoke with the consequences, place, date and signature (national CII model; practice of social aid).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import disclosures_in, disclosures_of, person_of
from accord.casework.cases.services import read_case
from accord.casework.consents.models import Consent
from accord.casework.consents.rules import drawing
from accord.casework.consents.selectors import (
    BLANK,
    Grid,
    grid_of,
    people_of,
    programme_of,
    read_aloud,
    texts_of,
)
from accord.kernel.actors import Actor
from accord.kernel.periods import PartialDate
from accord.kernel.typesetting import typeset
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.people.persons.models import Person

TEMPLATE = Path(__file__).parents[1] / "templates" / "consents" / "form.typ"


def print_form(*, by: Actor, consent: Consent) -> bytes:
    """The form of this authorisation, filled, as PDF/UA-1 and PDF/A-2a; printing is journalled as reading."""
    data = form_data(by, consent)
    read_case(by=by, case=consent.case, what="consent form")
    return typeset(TEMPLATE, data)


def form_data(by: Actor, consent: Consent) -> dict[str, Any]:
    """Everything that the form says, in the person's language, as plain data."""
    language = consent.text.language
    case = consent.case
    programme = programme_of(consent)
    person = person_of(by, case)
    granted = {grant.recipient_id: grant.categories for grant in consent.grants.all() if not grant.ended_at}
    recipients = [grant.recipient for grant in consent.grants.all() if not grant.ended_at]
    grid = grid_of(
        programme,
        recipients,
        granted,
        disclosures_in(case, programme.slug, disclosures_of(by, case)),
        people_of(by, case),
    )
    with translation.override(language):
        return {
            "language": language,
            "number": case.number,
            "programme": programme.label.in_(language),
            "institution": _institution(consent.recorded_by),
            "words": _words(),
            "texts": texts_of(consent.text, **_values(consent, programme, person)),
            "person": _person(person),
            "representative": _representative(person),
            "sources": _sources(by, consent, grid),
            "reading": _reading(consent, grid, person),
            "recipients": [_recipient(row.institution, row.people) for row in grid.rows],
            "table": _table(grid, language),
            "laws": sorted({cell.article for row in grid.rows for cell in row.cells if cell.article}),
            "is_recurring": consent.is_recurring,
            "purpose": consent.purpose,
            "signature": _signature(consent),
            "version": f"{consent.text.programme} {consent.text.version}",
            "sha256": consent.text.sha256,
        }


def _values(consent: Consent, programme: Programme, person: Person | None) -> dict[str, object]:
    language = consent.text.language
    return {
        "person": person.name if person else BLANK,
        "birth_date": _birth_date(person),
        "programme": programme.label.in_(language),
        "institution": consent.recorded_by.name,
        "purpose": consent.purpose,
        "valid_from": f"{consent.valid_from:%d.%m.%Y}",
        "valid_until": f"{consent.valid_until:%d.%m.%Y}",
        "retention_months": programme.retention_months("case") or BLANK,
    }


def _birth_date(person: Person | None) -> str:
    if person is None or not person.birth_date:
        return BLANK
    return PartialDate.read(person.birth_date).display()


def _institution(institution: Institution) -> dict[str, str]:
    site = institution.sites.first()
    return {
        "name": institution.name,
        "address": site.address if site else "",
        "phone": institution.phone,
    }


def _person(person: Person | None) -> dict[str, str]:
    if person is None:
        return {"name": BLANK, "birth_date": BLANK, "address": BLANK}
    address = ", ".join(filter(None, [person.street, f"{person.postal_code} {person.city}".strip()]))
    return {"name": person.name, "birth_date": _birth_date(person), "address": address or BLANK}


def _representative(person: Person | None) -> dict[str, str] | None:
    if person is None or not person.representative_kind:
        return None
    return {
        "kind": str(person.get_representative_kind_display()),
        "name": person.representative_name or BLANK,
        "contact": person.representative_contact,
    }


def _sources(by: Actor, consent: Consent, grid: Grid) -> list[str]:
    """Who may disclose: the institutions that take part, and the one that asks."""
    taking_part = Institution.objects.filter(
        pk__in={consent.recorded_by_id, *people_of(by, consent.case)}
    ).values_list("name", flat=True)
    return sorted({*taking_part, *(row.institution.name for row in grid.rows)})


def _reading(consent: Consent, grid: Grid, person: Person | None) -> dict[str, Any]:
    reading = read_aloud(
        grid,
        language=consent.text.language,
        person=person.name if person else "",
        purpose=consent.purpose,
        is_recurring=consent.is_recurring,
        since=consent.valid_from,
        until=consent.valid_until,
    )
    return {"opening": reading.opening, "lines": reading.lines, "closing": reading.closing}


def _recipient(institution: Institution, people: tuple[str, ...]) -> dict[str, str]:
    return {
        "short": institution.short_name,
        "name": institution.name,
        "kind": institution.get_kind_display(),
        "people": ", ".join(people),
    }


def _table(grid: Grid, language: str) -> list[dict[str, Any]]:
    """The grid turned: a row a kind of data with its explanation, a column an institution."""
    return [
        {
            "label": category.label.in_(language),
            "explanation": category.explanation.in_(language),
            "cells": [
                "law" if row.cells[place].article else "yes" if row.cells[place].granted else "no"
                for row in grid.rows
            ],
        }
        for place, category in enumerate(grid.categories)
    ]


def _signature(consent: Consent) -> dict[str, str] | None:
    if consent.signed_on is None:
        return None
    strokes = (consent.signature or {}).get("strokes")
    return {
        "on": f"{consent.signed_on:%d.%m.%Y}",
        "how": consent.get_channel_display(),
        "who": consent.get_signatory_display(),
        "svg": drawing(strokes) if strokes else "",
    }


def _words() -> dict[str, str]:
    """The headings and labels of the form."""
    return {
        "case": _("Dossier"),
        "in_short": _("En bref"),
        "who": _("Qui donne l’autorisation"),
        "name": _("Nom"),
        "birth_date": _("Date de naissance"),
        "address": _("Adresse"),
        "representative": _("Représentant légal"),
        "sources": _("Qui donne des informations"),
        "recipients": _("Qui les reçoit"),
        "institution": _("Institution"),
        "short": _("Abrégé"),
        "people": _("Personnes"),
        "not_named": _("pas encore désignées"),
        "data": _("Quelles informations"),
        "yes": _("oui"),
        "no": "–",
        "no_alt": _("non"),
        "law": _("loi"),
        "legend": _(
            "oui : vous l’autorisez. – : cela reste caché. loi : un article de loi le permet,"
            " que vous signiez ou non."
        ),
        "purpose": _("Dans quel but"),
        "duration": _("Combien de fois et combien de temps"),
        "one_off": _("un seul échange"),
        "recurring": _("plusieurs échanges"),
        "how": _("Comment se fait l’échange"),
        "law_basis": _("Base légale"),
        "articles": _("Articles invoqués dans ce dossier"),
        "retention": _("Conservation et sécurité"),
        "rights": _("Vos droits"),
        "revocation": _("Retirer votre accord"),
        "free": _("Vous êtes libre de signer"),
        "signature": _("Signature"),
        "place_date": _("Lieu et date"),
        "sign_person": _("Signature de la personne"),
        "sign_representative": _("Nom et signature du représentant légal, s’il y en a un"),
        "drawn": _("Signature dessinée à l’écran"),
        "signed": _("Signée le"),
        "page": _("page"),
        "wording": _("Texte"),
    }
