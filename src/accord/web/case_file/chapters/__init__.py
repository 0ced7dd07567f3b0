"""What the case file says, chapter by chapter; each is a function of the open folder.

A part of the case that comes later is one more function in `CHAPTERS`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy

from accord.web.case_file.chapters.capacity import capacity
from accord.web.case_file.chapters.case import (
    authorisation,
    documents,
    files,
    hidden,
    institutions,
    notes,
    person,
    stages,
    standing,
    steps,
    timeline,
)
from accord.web.case_file.chapters.detection import detection
from accord.web.case_file.chapters.diagnosis import diagnosis
from accord.web.case_file.chapters.emergencies import emergencies
from accord.web.case_file.chapters.employers import employers
from accord.web.case_file.chapters.meetings import meetings
from accord.web.case_file.chapters.plan import plan
from accord.web.case_file.chapters.shape import Chapter
from accord.web.case_panels.folder import Folder

__all__ = ["CHAPTERS", "NOTHING_WRITTEN", "Chapter", "chapters_of"]

NOTHING_WRITTEN = gettext_lazy("Rien n’est inscrit ici.")


CHAPTERS: tuple[Callable[[Folder], Chapter | None], ...] = (
    person,
    standing,
    institutions,
    files,
    authorisation,
    stages,
    diagnosis,
    capacity,
    plan,
    steps,
    meetings,
    employers,
    detection,
    notes,
    documents,
    emergencies,
    timeline,
    hidden,
)
"""In the order of the page and of the print; None where a chapter is no matter of the case's circles."""


def chapters_of(folder: Folder) -> list[Chapter]:
    """The whole case as far as its reader may see it."""
    return [found for chapter in CHAPTERS if (found := chapter(folder)) is not None]
