"""What the institutions understood of her situation, part by part, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.diagnosis.panels import lines_of
from accord.casework.diagnosis.selectors import SectionView, VersionView, diagnosis_of
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.kernel.actors import Actor


def diagnosis(actor: Actor, case: Case) -> Chapter:
    """The parts that were written for her, too, in their order; each can be said to be wrong."""
    sections = diagnosis_of(actor, case).sections
    items = tuple(_part(section, section.latest) for section in sections if section.latest)
    sentence = (
        _("Les institutions ont écrit ceci ensemble. Si quelque chose est faux, dites-le : elles répondent.")
        if items
        else _("Les institutions n’ont encore rien écrit ici pour vous.")
    )
    return Chapter("diagnosis", _("Ce que les institutions ont compris"), (sentence,), items)


def _part(section: SectionView, version: VersionView) -> Item:
    return Item(
        section.word,
        (_written_by(version), *_texts(version), *_other_views(section)),
        version.at,
        f"{reverse('window:ask', args=['correction'])}?sur={section.part}",
        _("Dire que quelque chose est faux"),
        is_aside=True,
    )


def _written_by(version: VersionView) -> str:
    words = {"name": version.author, "institution": version.institution}
    return (
        _("Écrit par %(name)s, %(institution)s") if version.author else _("Écrit par %(institution)s")
    ) % words


def _texts(version: VersionView) -> Iterable[str]:
    for word, text in lines_of(version.texts):
        yield _("%(word)s : %(text)s") % {"word": word, "text": text}


def _other_views(section: SectionView) -> Iterable[str]:
    for one in section.standing:
        words = {"institution": one.institution, "text": one.text}
        yield _("%(institution)s le voit autrement : %(text)s") % words
