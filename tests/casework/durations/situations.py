"""Cases whose stages lasted as long as a test says."""

from __future__ import annotations

from datetime import timedelta

import scenarios
from accord.casework.cases.models import Case, StageEntry
from accord.kernel.clock import now
from accord.network.programmes.models import ProgrammeMember
from scenarios import Colleague

SLUG = "cii-geneve"


def seat(who: Colleague, role: str = "member", slug: str = SLUG) -> None:
    """A place in the circle."""
    ProgrammeMember.objects.create(programme_slug=slug, institution=who.institution, role=role)


def lasted(by: Colleague, *days: int, about: object = None, stage: str = "announcement") -> Case:
    """An open case that stood in a stage for these days, one stay after the other, and then went on."""
    case = scenarios.open_case(by, about=about)
    StageEntry.objects.filter(case=case).delete()
    ended = now() - timedelta(days=1)
    for length in days:
        StageEntry.objects.create(
            case=case,
            stage=stage,
            holder=by.institution,
            entered_at=ended - timedelta(days=length),
            left_at=ended,
        )
        ended -= timedelta(days=length + 3)
    return case
