"""The chapters of the window: what the person reads on her pages, and receives with her data.

A chapter is a function of the actor and her case. An app that has something to tell her adds its function
here; the page, the file to take away and the PDF follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accord.casework.cases.models import Case
from accord.casework.window.selectors.chapters.authorised import authorised
from accord.casework.window.selectors.chapters.capacity import capacity
from accord.casework.window.selectors.chapters.detection import detection
from accord.casework.window.selectors.chapters.diagnosis import diagnosis
from accord.casework.window.selectors.chapters.documents import documents
from accord.casework.window.selectors.chapters.emergencies import emergencies
from accord.casework.window.selectors.chapters.identity import identity
from accord.casework.window.selectors.chapters.meetings import meetings
from accord.casework.window.selectors.chapters.participants import participants
from accord.casework.window.selectors.chapters.plan import plan
from accord.casework.window.selectors.chapters.readings import readings
from accord.casework.window.selectors.chapters.requests import requests
from accord.casework.window.selectors.chapters.shape import Chapter, Door, Item
from accord.casework.window.selectors.chapters.today import today_chapter
from accord.kernel.actors import Actor

__all__ = ["CHAPTERS", "Chapter", "Door", "Item", "chapters_of"]

CHAPTERS: Mapping[str, Callable[[Actor, Case], Chapter]] = {
    "today": today_chapter,
    "plan": plan,
    "meetings": meetings,
    "emergencies": emergencies,
    "diagnosis": diagnosis,
    "capacity": capacity,
    "detection": detection,
    "identity": identity,
    "participants": participants,
    "authorised": authorised,
    "documents": documents,
    "requests": requests,
    "readings": readings,
}
"""By their key, in the order in which one reads them."""


def chapters_of(actor: Actor, case: Case) -> list[Chapter]:
    """Everything that she may see of her situation."""
    return [gather(actor, case) for gather in CHAPTERS.values()]
