"""What follows a person when two registrations become one: each app above says how its rows go and come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accord.kernel.actors import Actor
from accord.people.persons.models import Person

Move = Callable[[Actor, Person, Person], list[str]]
"""(by, gone, kept): repoint the rows from the one that goes to the one that is kept; the keys of those moved."""
MoveBack = Callable[[Actor, Person, Person, list[str]], None]
"""(by, gone, kept, moved): give those rows back that still stand with the one that was kept."""

_movers: dict[str, tuple[Move, MoveBack]] = {}


def keep_mover(label: str, move: Move, move_back: MoveBack) -> None:
    """An app above says how its rows about a person are moved, under a label that the merge remembers.

    Raises ValueError when another mover already has this label.
    """
    if _movers.setdefault(label, (move, move_back)) != (move, move_back):
        raise ValueError(f"two movers are called {label}")


def move_all(by: Actor, gone: Person, kept: Person) -> dict[str, Any]:
    """Let every app move what it holds; what each moved, by its label."""
    return {label: move(by, gone, kept) for label, (move, _back) in _movers.items()}


def move_all_back(by: Actor, gone: Person, kept: Person, moved: dict[str, Any]) -> None:
    """Let every app give back what it moved, the last first."""
    for label, (_move, back) in reversed(_movers.items()):
        back(by, gone, kept, moved.get(label, []))
