"""What a chapter is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Door:
    """A way on from a chapter: its words, its address, its icon."""

    word: str
    address: str
    icon: str = "arrow-right"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a chapter: its title, its day if it has one, and what there is to say.

    `is_urgent` for what she must not miss; `is_aside` when what she can do is not what she came for.
    """

    title: str
    lines: tuple[str, ...] = ()
    when: date | datetime | None = None
    address: str = ""
    action: str = ""
    is_urgent: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the situation in plain words: a title, a few sentences, its things, and what she can do."""

    key: str
    title: str
    sentences: tuple[str, ...]
    items: tuple[Item, ...] = ()
    doors: tuple[Door, ...] = ()
