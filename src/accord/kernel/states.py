"""A state machine is a literal table: from each state, the states that may follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class ForbiddenTransition(Exception):
    """The table knows no way from one state to the other."""

    def __init__(self, machine: str, current: str, wanted: str) -> None:
        self.machine, self.current, self.wanted = machine, current, wanted
        super().__init__(f"{machine}: {current} → {wanted}")


@dataclass(frozen=True, slots=True)
class Transitions:
    """One named machine; `allowed[state]` lists what may follow it, an empty tuple ends it."""

    name: str
    allowed: Mapping[str, tuple[str, ...]]

    def may(self, current: str, wanted: str) -> bool:
        """Whether the table allows it."""
        return wanted in self.allowed.get(current, ())

    def check(self, current: str, wanted: str) -> None:
        """Raise `ForbiddenTransition` unless the table allows it."""
        if not self.may(current, wanted):
            raise ForbiddenTransition(self.name, current, wanted)

    def final_states(self) -> frozenset[str]:
        """States that nothing follows."""
        return frozenset(state for state, following in self.allowed.items() if not following)
