"""What the person signs, in her language: the sentence that follows the grid, and the blocks of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accord.casework.consents.models import ConsentText
from accord.casework.consents.rules import fill
from accord.casework.consents.selectors.grids import Grid, Row
from accord.network.programmes.rules import Category, Programme

BLANK = "…………………………"
"""Where the hand writes what Accord does not know."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The authorisation as one would read it aloud: an opening, a sentence an institution, a closing."""

    opening: str
    lines: tuple[str, ...]
    closing: tuple[str, ...]


def read_aloud(
    grid: Grid,
    *,
    language: str,
    person: str,
    purpose: str,
    is_recurring: bool,
    since: date | None,
    until: date | None,
) -> Reading:
    """The sentence that will be signed, at reading level B1, in the person's language."""
    with translation.override(language):
        opening = _(
            "%(person)s, vous autorisez ces institutions à voir des informations sur vous."
            " Le but : %(purpose)s."
        ) % {"person": person or BLANK, "purpose": purpose.rstrip(". ") or "…"}
        lines = tuple(_line(row, language) for row in grid.rows if row.granted)
        if not lines:
            lines = (_("Aucune institution ne peut encore voir quelque chose : cochez d’abord le tableau."),)
        return Reading(opening, lines, tuple(_closing(grid, language, is_recurring, since, until)))


def _line(row: Row, language: str) -> str:
    words = {
        "institution": row.institution.name,
        "people": ", ".join(row.people),
        "data": _listed(row.granted, language),
    }
    if row.people:
        return _("%(institution)s (%(people)s) peut voir : %(data)s.") % words
    return _("%(institution)s peut voir : %(data)s.") % words


def _closing(
    grid: Grid, language: str, is_recurring: bool, since: date | None, until: date | None
) -> list[str]:
    sentences = []
    if since and until:
        period = {"since": f"{since:%d.%m.%Y}", "until": f"{until:%d.%m.%Y}"}
        sentences.append(
            _("C’est valable du %(since)s au %(until)s, pour plusieurs échanges.") % period
            if is_recurring
            else _("C’est valable du %(since)s au %(until)s, pour un seul échange.") % period
        )
    if hidden := grid.nobody_sees:
        sentences.append(
            _("Cette autorisation ne montre à personne : %(data)s.") % {"data": _listed(hidden, language)}
        )
    sentences.append(_("Vous pouvez retirer votre accord à tout moment."))
    return sentences


def _listed(categories: Sequence[Category], language: str) -> str:
    labels = [category.label.in_(language) for category in categories]
    if language != "de":
        labels = [label[:1].lower() + label[1:] for label in labels]
    return ", ".join(labels)


def purpose_texts(programme: Programme, language: str) -> list[tuple[str, str]]:
    """The purposes that the programme proposes, as (key, words in the person's language)."""
    return [(purpose.key, capfirst(purpose.label.in_(language))) for purpose in programme.consent.purposes]


def texts_of(text: ConsentText, **values: object) -> dict[str, list[str]]:
    """Each block of the signed wording as paragraphs, its placeholders filled."""
    return {
        name: [line.strip() for line in fill(block, values).splitlines() if line.strip()]
        for name, block in text.body.items()
    }
