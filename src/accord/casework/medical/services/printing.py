"""The report as a document: an accessible PDF for the archive, to be signed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import person_of
from accord.casework.medical.enums import ReportKind
from accord.casework.medical.models import Report
from accord.casework.medical.services.certificates import Certificate
from accord.casework.medical.services.wording import Passage, passages_of
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME
from accord.kernel.identifiers import format_avs
from accord.kernel.periods import PartialDate
from accord.kernel.typesetting import typeset
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import Person

TEMPLATE = Path(__file__).parents[1] / "templates" / "medical" / "report.typ"


def print_report(*, by: Actor, report: Report, certificate: Certificate, doctor: str, at: datetime) -> bytes:
    """The report as PDF/UA-1 and PDF/A-2a, with the words of the signature that it is about to bear."""
    data = report_data(by, report, certificate, doctor, at)
    return typeset(TEMPLATE, data)


def report_data(
    by: Actor, report: Report, certificate: Certificate, doctor: str, at: datetime
) -> dict[str, Any]:
    """Everything that the printed report says, as plain data."""
    service = report.service
    site = service.sites.first()
    return {
        "language": (get_language() or "fr")[:2],
        "title": str(ReportKind(report.kind).label),
        "number": report.case.number,
        "case_word": _("Dossier"),
        "page": _("page"),
        "edition": _("version %(number)s") % {"number": report.edition},
        "house": {"name": service.name, "address": site.address if site else "", "phone": service.phone},
        "demo": _("Démonstration : signé avec un certificat sans valeur.") if certificate.is_demo else "",
        "facts_title": _("De qui il s’agit"),
        "facts": [list(fact) for fact in _facts(by, report)],
        "sections": [_section(passage) for passage in passages_of(report.said)],
        "signature": {
            "title": _("Signature"),
            "line": _("Signé le %(at)s") % {"at": f"{at.astimezone(SWISS_TIME):%d.%m.%Y, %H:%M}"},
            "doctor": doctor,
            "how": _("Signature électronique (PAdES), certificat : %(holder)s.")
            % {"holder": certificate.holder},
        },
    }


def _facts(by: Actor, report: Report) -> list[tuple[str, str]]:
    person = person_of(by, report.case)
    facts = [(_("Dossier"), report.case.number), *_identity(person)]
    facts.append((_("Région"), region_words(report)))
    if report.amends_id:
        facts.append(
            (_("Remplace"), _("la version %(number)s de ce rapport") % {"number": report.edition - 1})
        )
    if report.examination is not None:
        facts.append((_("D’après"), str(report.examination.get_kind_display())))
    return facts


def region_words(report: Report) -> str:
    """The region of the request, as the programme names it."""
    programme = programme_for(report.case.programme, report.case.programme_version)
    language = (get_language() or "fr")[:2]
    known = {region.key: region.label.in_(language) for region in programme.regions}
    return known.get(report.request.region, "–")


def _identity(person: Person | None) -> list[tuple[str, str]]:
    if person is None:
        return [(_("Personne"), _("identité masquée"))]
    born = PartialDate.read(person.birth_date).display() if person.birth_date else "–"
    facts = [(_("Personne"), person.name), (_("Date de naissance"), born)]
    if person.avs_number:
        facts.append((_("Numéro AVS"), format_avs(person.avs_number)))
    return facts


def _section(passage: Passage) -> dict[str, Any]:
    return {
        "title": passage.title,
        "texts": passage.texts,
        "items": [list(item) for item in passage.items],
        "head": passage.head,
        "rows": passage.rows,
    }
