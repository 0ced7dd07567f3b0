"""The authorisation: where it stands, and its grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from accord.casework.cases.models import Disclosure
from accord.casework.cases.selectors import disclosures_in
from accord.casework.consents.panels import circle_words, consent_panels
from accord.kernel.clock import FOREVER, now
from accord.web.case_panels.folder import Folder, hidden_kinds


def authorisation(folder: Folder) -> dict[str, Any]:
    """The authorisation in full: its grid, and what one may do about it."""
    return {
        "consents": consent_panels(folder.actor, folder.case, folder.circles, folder.disclosures),
        "hidden": hidden_kinds(folder),
    }


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Where the person's authorisation stands, from the disclosures alone."""

    kind: str
    until: datetime | None
    circle: str = ""

    @property
    def has_end(self) -> bool:
        """Whether it was given until a day."""
        return self.until is not None and self.until < FOREVER

    @property
    def last_day(self) -> datetime | None:
        """The last instant that it covers: `until` itself is not part of it."""
        return self.until - timedelta(microseconds=1) if self.until else None


def authorisations_of(folder: Folder) -> list[Authorisation]:
    """Where each circle's authorisation stands, the case's own first; named when there are two."""
    return [
        replace(
            authorisation_state(disclosures_in(folder.case, programme.slug, folder.disclosures)),
            circle=circle_words(folder.circles, programme),
        )
        for programme in folder.circles
    ]


def authorisation_state(disclosures: list[Disclosure]) -> Authorisation:
    """In force until a day, ended, or not asked yet."""
    by_consent = [found for found in disclosures if found.consent_id is not None]
    running = [found.valid_until for found in by_consent if getattr(found, "runs", False)]
    if running:
        return Authorisation("active", max(running))
    ended = [found for found in by_consent if found.valid_until <= now()]
    if not ended:
        return Authorisation("none", None)
    last = max(ended, key=lambda found: found.valid_until)
    return Authorisation("revoked" if last.ended_because == "revoked" else "expired", last.valid_until)
