"""Rules about who works where. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable

ADMINISTRATOR = "administrator"


def leaves_nobody_in_charge(roles_held: Iterable[tuple[str, str]], ended: tuple[str, str]) -> bool:
    """Whether ending this (user, role) would leave an institution without anybody who administers it."""
    administrators = {user for user, role in roles_held if role == ADMINISTRATOR}
    return ended[1] == ADMINISTRATOR and administrators == {ended[0]}
