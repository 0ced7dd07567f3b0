"""Quality in numbers: each a share of so many; apps above feed those that only they know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.functional import Promise

from accord.kernel.clock import today
from accord.purchasing.providers.models import Finding


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In whole hundredths; None while there is nothing to count."""
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number about a provider, with its words."""

    key: str
    label: str
    share: Share


Reader = Callable[[Collection[UUID]], Mapping[UUID, Share]]
"""From the keys of providers to the share of each; those without anything to count may be left out."""

_readers: dict[str, tuple[str | Promise, Reader]] = {}


def keep_indicator(key: str, label: str | Promise, read: Reader) -> None:
    """An app says how it counts an indicator (reports on time, interruptions, goals met, satisfaction).

    Raises ValueError when another reader already stands for the key.
    """
    if _readers.setdefault(key, (label, read))[1] is not read:
        raise ValueError(f"two readers for the indicator {key}")


def indicators_of(providers: Collection[UUID]) -> dict[UUID, list[Indicator]]:
    """Every indicator of each provider, in the order in which the apps declared them."""
    found: dict[UUID, list[Indicator]] = {key: [] for key in providers}
    for key, (label, read) in _readers.items():
        shares = read(providers)
        for provider, indicators in found.items():
            indicators.append(Indicator(key, str(label), shares.get(provider, Share(0, 0))))
    return found


def findings_settled(providers: Collection[UUID]) -> dict[UUID, Share]:
    """Of the points to correct whose day has come, those that were settled by then."""
    due = Finding.objects.filter(weight="demand", visit__provider__in=providers).filter(
        Q(due_on__lt=today()) | Q(done_on__isnull=False)
    )
    in_time = Count("pk", filter=Q(done_on__lte=F("due_on")))
    rows = due.order_by().values("visit__provider").annotate(part=in_time, whole=Count("pk"))
    return {row["visit__provider"]: Share(row["part"], row["whole"]) for row in rows}
