"""What a plan may be made of: goals of the person, and kinds of measures of the institutions."""

from __future__ import annotations

from dataclasses import dataclass

from accord.network.programmes.rules.localized import Localized


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person may want to reach; goals that `contradicts` names cannot be pursued together."""

    key: str
    label: Localized
    contradicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """What an institution may do for a goal.

    Two `exclusive` measures cannot run at the same time; two institutions that each `steers` follow the
    person in parallel. Empty `kinds`: every institution of the circle may offer it.
    """

    key: str
    label: Localized
    exclusive: bool
    steers: bool
    article: str
    kinds: tuple[str, ...]
    source: str
    confidence: str
