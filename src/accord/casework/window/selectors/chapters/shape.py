"""What a chapter is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a chapter: its title, its day if it has one, and what there is to say."""

    title: str
    lines: tuple[str, ...] = ()
    when: date | datetime | None = None
    address: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the situation in plain words: a title, a few sentences, and its things."""

    key: str
    title: str
    sentences: tuple[str, ...]
    items: tuple[Item, ...] = ()
