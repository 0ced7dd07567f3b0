"""Find a meeting and what belongs to it, or answer 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse

from accord.casework.meetings.models import Meeting
from accord.casework.meetings.selectors import meeting_for
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest

Found = TypeVar("Found")


def found_or_404(request: AccordRequest, find: Callable[[Actor, UUID], Found], key: UUID) -> Found:
    """What one may not know of looks like what does not exist."""
    try:
        return find(request.actor, key)
    except ObjectDoesNotExist:
        raise Http404 from None


def meeting_or_404(request: AccordRequest, meeting_id: UUID) -> Meeting:
    """The meeting with its case."""
    return found_or_404(request, meeting_for, meeting_id)


def page_of(meeting: Meeting, anchor: str = "") -> str:
    """The address of the meeting’s page."""
    return f"{reverse('meetings:show', args=[meeting.pk])}{f'#{anchor}' if anchor else ''}"
