"""Find a part or a difference, or answer 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from accord.casework.diagnosis.models import Difference, Section
from accord.casework.diagnosis.selectors import difference_for, section_for
from accord.kernel.http import AccordRequest

PANEL = "diagnostic"


def section_or_404(request: AccordRequest, section_id: UUID) -> Section:
    """The part; what one may not know of looks like what does not exist."""
    try:
        return section_for(request.actor, section_id)
    except Section.DoesNotExist:
        raise Http404 from None


def difference_or_404(request: AccordRequest, difference_id: UUID) -> Difference:
    """The difference; what one may not read looks like what does not exist."""
    try:
        return difference_for(request.actor, difference_id)
    except Difference.DoesNotExist:
        raise Http404 from None


def anchor_of(part: str) -> str:
    """Where a part stands on the page."""
    return f"partie-{part}"
