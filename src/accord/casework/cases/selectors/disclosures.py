"""Why something is shown, or hidden: the answer that stands beside every block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.policies import disclosures_visible_to
from accord.casework.cases.selectors.compiled import records_in_case
from accord.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Sight:
    """What one institution sees of one case now: the disclosures that run, and those that have ended."""

    institution_id: UUID
    running: tuple[Disclosure, ...] = ()
    ended: tuple[Disclosure, ...] = ()
    mask: int = field(init=False)

    def __post_init__(self) -> None:
        """Add up the categories of all that runs."""
        mask = 0
        for disclosure in self.running:
            mask |= disclosure.categories
        object.__setattr__(self, "mask", mask)

    def covers(self, category: int) -> bool:
        """Whether this category is disclosed now."""
        return bool(self.mask & category)

    def reason_for(self, category: int) -> Disclosure | None:
        """The disclosure that opens a category; the law before the consent, the longest first."""
        opening = [d for d in self.running if d.categories & category]
        opening.sort(key=lambda d: (d.basis != Basis.LAW, -d.valid_until.timestamp()))
        return opening[0] if opening else None

    def last_ended_for(self, category: int) -> Disclosure | None:
        """The last disclosure of a category that has ended, when none runs any more."""
        if self.covers(category):
            return None
        closed = [d for d in self.ended if d.categories & category]
        return max(closed, key=lambda d: d.valid_until, default=None)

    @property
    def legal_basis(self) -> str:
        """On which bases the institution reads, for the journal: articles, consent, party."""
        return "; ".join(sorted({d.legal_article or str(d.basis) for d in self.running}))

    def hidden_among(self, categories: Iterable[int]) -> list[int]:
        """Those of the given categories that are not disclosed now."""
        return [category for category in categories if not self.covers(category)]


def _sight(institution_id: UUID, rows: list[Disclosure]) -> Sight:
    return Sight(
        institution_id,
        running=tuple(d for d in rows if getattr(d, "runs", False)),
        ended=tuple(d for d in rows if not getattr(d, "runs", False)),
    )


def disclosures_of(actor: Actor, case: Case) -> list[Disclosure]:
    """Every disclosure of a case, running or ended, each marked with `runs`; one query."""
    return _disclosures(actor, case)


def _marked(actor: Actor) -> QuerySet[Disclosure]:
    runs = ExpressionWrapper(Q(valid_from__lte=Now(), valid_until__gt=Now()), output_field=BooleanField())
    seen = Disclosure.objects.filter(disclosures_visible_to(actor)).select_related("recipient")
    return seen.annotate(runs=runs).order_by("valid_from", "id")


_disclosures = records_in_case(_marked)


def sights_by_institution(disclosures: list[Disclosure]) -> dict[UUID, Sight]:
    """What each institution sees, from the disclosures of one case."""
    rows: dict[UUID, list[Disclosure]] = {}
    for disclosure in disclosures:
        rows.setdefault(disclosure.recipient_id, []).append(disclosure)
    return {institution_id: _sight(institution_id, found) for institution_id, found in rows.items()}


def sight_of(actor: Actor, case: Case) -> Sight:
    """What the actor's own institution sees of the case now."""
    assert actor.institution_id is not None
    own = [d for d in disclosures_of(actor, case) if d.recipient_id == actor.institution_id]
    return _sight(actor.institution_id, own)


def consent_of_sight(sight: Sight) -> Disclosure | None:
    """The running consent of the institution that lasts longest, whatever its categories."""
    by_consent = [d for d in sight.running if d.basis == Basis.CONSENT]
    return max(by_consent, key=lambda d: d.valid_until, default=None)
