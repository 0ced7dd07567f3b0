"""The joint diagnosis: each part as it was signed, and other views beside it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.panels import why_hidden
from accord.casework.diagnosis.panels import lines_of, stand_of
from accord.casework.diagnosis.selectors import DifferenceView, SectionView, diagnosis_of
from accord.web.case_file.chapters.shape import Chapter, Row, between_dots, who
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day


def diagnosis(folder: Folder) -> Chapter:
    """What was signed, part by part; what is hidden says why; differences stand side by side."""
    sections = diagnosis_of(folder.actor, folder.case).sections
    known = [one for one in sections if one.holder_id or one.is_needed or one.versions]
    return Chapter(
        "diagnostic",
        _("Le diagnostic commun"),
        paragraphs=tuple(_part(folder, one) for one in known),
        columns=(_("Partie"), _("Ce qui est signé"), _("Autre avis"), _("Réponse")),
        rows=tuple(_difference(one, found) for one in known for found in one.differences),
    )


def _part(folder: Folder, section: SectionView) -> tuple[str, str]:
    latest = section.latest
    if latest is None:
        is_read = folder.sight.covers(section.category)
        reason = "" if is_read else why_hidden(folder.sight, section.category, folder.programme)
        return between_dots(section.word, section.holder, stand_of(section).word), reason
    head = between_dots(section.word, who(latest.author, latest.institution), day(latest.at))
    return head, _texts(section)


def _texts(section: SectionView) -> str:
    if section.latest is None:
        return ""
    lines = [_("%(word)s : %(text)s") % {"word": w, "text": t} for w, t in lines_of(section.latest.texts)]
    return "\n".join(lines)


def _difference(section: SectionView, found: DifferenceView) -> Row:
    answer = f"{found.answered_by}\n{found.answer}" if found.answer else ""
    settled = _("Réglée le %(day)s") % {"day": day(found.settled_at)} if found.settled_at else ""
    return (
        section.word,
        _texts(section),
        f"{between_dots(found.institution, day(found.at))}\n{found.text}",
        "\n".join(filter(None, (answer, settled))),
    )
