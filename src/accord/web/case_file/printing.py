"""The case file as one PDF, with the reader's name on each page, and perhaps with the filed documents behind."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.casework.cases.models import CaseDocument
from accord.casework.cases.selectors import documents_of
from accord.casework.cases.services import read_document
from accord.foundation.accounts.models import User
from accord.foundation.documents.policies import may_be_opened
from accord.foundation.documents.services import NoSuchPage, render_page
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.kernel.typesetting import typeset
from accord.network.institutions.models import Institution
from accord.web.case_file.chapters import NOTHING_WRITTEN, chapters_of
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day, day_time

TEMPLATE = Path(__file__).parents[1] / "templates" / "web" / "case_file.typ"
MOST_PAGES = 150
"""Pages of documents in one copy; a sentence says so when there are more."""
MOST_BYTES = 40_000_000
PICTURE_WIDTH = 1_240
"""150 dots an inch on A4: to read, not to publish."""


@dataclass(frozen=True, slots=True)
class Annex:
    """A filed document behind the file: its cover line, and its pages or why they are not there."""

    title: str
    line: str
    pages: list[str]
    missing: str = ""


def print_case_file(folder: Folder) -> bytes:
    """The file alone, as PDF/UA-1 and PDF/A-2a."""
    return typeset(TEMPLATE, _data(folder, []))


def print_with_documents(folder: Folder) -> bytes:
    """The file, then each document that was found clean and that the reader may see; each is journalled as read.

    Raises Refused when there are too many pages for one copy.
    """
    filed = list(documents_of(folder.actor, folder.case))
    pages = sum(one.document.pages or 0 for one in filed if _can_be_shown(one))
    if pages > MOST_PAGES:
        raise Refused(
            _(
                "Les documents de ce dossier ont %(pages)s pages ; une copie en porte %(most)s au plus."
                " Imprimez le dossier seul, et les documents un à un."
            )
            % {"pages": pages, "most": MOST_PAGES}
        )
    with TemporaryDirectory(prefix="accord-copy-") as name:
        place = Path(name)
        (place / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        annexes = [_annex(folder, one, place, number) for number, one in enumerate(filed, start=1)]
        pdf = typeset(place / TEMPLATE.name, _data(folder, annexes))
    if len(pdf) > MOST_BYTES:
        raise Refused(_("La copie est trop lourde. Imprimez le dossier seul, et les documents un à un."))
    return pdf


def _can_be_shown(filed: CaseDocument) -> bool:
    return bool(may_be_opened(filed.document)) and filed.document.is_previewed


def _annex(folder: Folder, filed: CaseDocument, place: Path, number: int) -> Annex:
    line = _("Déposé par %(institution)s le %(day)s · %(category)s") % {
        "institution": filed.owner.name,
        "day": day(filed.created_at),
        "category": folder.category_label(filed.category),
    }
    if not may_be_opened(filed.document):
        return Annex(filed.title, line, [], _("Ce document n’est pas joint : son examen n’est pas terminé."))
    try:
        pages = [
            _picture(filed, page, place / f"annex-{number}-{page}.png")
            for page in range(1, (filed.document.pages or 0) + 1)
        ]
    except NoSuchPage:
        pages = []
    if not pages:
        return Annex(filed.title, line, [], _("Ce document ne s’imprime pas ici : ouvrez-le dans Accord."))
    read_document(by=folder.actor, filed=filed, legal_basis=folder.sight.legal_basis)
    return Annex(filed.title, line, pages)


def _picture(filed: CaseDocument, page: int, where: Path) -> str:
    where.write_bytes(render_page(filed.document, page, PICTURE_WIDTH))
    return where.name


def _data(folder: Folder, annexes: list[Annex]) -> dict[str, Any]:
    reader = User.objects.get(pk=folder.actor.user_key)
    house = Institution.objects.get(pk=folder.actor.institution_key)
    words = {"reader": reader.name, "institution": house.name, "moment": day_time(now())}
    return {
        "language": folder.language,
        "number": folder.case.number,
        "title": _("Dossier %(number)s") % {"number": folder.case.number},
        "programme": folder.programme.label.in_(folder.language),
        "mark": _("copie de travail"),
        "stamp": _("Copie de travail pour %(reader)s, %(institution)s, %(moment)s") % words,
        "lead": _(
            "Cette copie montre ce que votre institution peut voir en ce moment. Elle ne remplace pas le dossier :"
            " détruisez-la quand vous n’en avez plus besoin."
        ),
        "contents": _("Table des matières"),
        "annexes_title": _("Documents joints"),
        "page": _("page"),
        "nothing": str(NOTHING_WRITTEN),
        "chapters": [asdict(chapter) for chapter in chapters_of(folder)],
        "annexes": [
            asdict(annex)
            | {
                "count": ngettext("%(n)s page", "%(n)s pages", len(annex.pages)) % {"n": len(annex.pages)},
                "alts": [
                    _("%(title)s, page %(page)s sur %(pages)s")
                    % {"title": annex.title, "page": page, "pages": len(annex.pages)}
                    for page in range(1, len(annex.pages) + 1)
                ],
            }
            for annex in annexes
        ],
    }
