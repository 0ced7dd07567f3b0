"""What the other rooms of casework wrote for the person, read with her own eyes.

Her role in the database knows of colleagues their names only: each question says which columns it takes.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.detection.models import Detection
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import visible_to as accesses_visible_to
from accord.casework.meetings.enums import MeetingState
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.policies import meetings_visible_to, of_visible_meetings
from accord.kernel.actors import Actor
from accord.kernel.clock import now

SEAT_COLUMNS = ("meeting_id", "institution__name", "user__first_name", "user__last_name")
ACCESS_COLUMNS = (
    "institution__name", "user__first_name", "user__last_name", "reason", "explanation",
    "medical_explanation", "categories", "opened_at", "until", "ended_at", "review_due_on", "reviewed_at",
    "outcome", "review", "follow_up",
)  # fmt: skip


def own_meetings(actor: Actor, case: Case) -> list[Meeting]:
    """The meetings to which she is asked, by day, with who comes; two queries."""
    return list(_meetings(actor).filter(case=case).order_by("starts_at", "id"))


def own_meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    """One of them; Meeting.DoesNotExist for any other."""
    return _meetings(actor).get(pk=meeting_id)


def _meetings(actor: Actor) -> QuerySet[Meeting]:
    seats = Seat.objects.filter(of_visible_meetings(actor)).select_related("institution", "user")
    return (
        Meeting.objects.filter(meetings_visible_to(actor), person_present=True)
        .select_related("case", "room__site")
        .prefetch_related(
            Prefetch("places", seats.only(*SEAT_COLUMNS).order_by("institution__name", "user__last_name"))
        )
    )


def is_ahead(meeting: Meeting) -> bool:
    """Whether it is still to come."""
    return meeting.state == MeetingState.PLANNED and meeting.ends_at >= now()


def own_accesses(actor: Actor, case: Case) -> list[EmergencyAccess]:
    """Who looked without her authorisation, the last one first."""
    rows = EmergencyAccess.objects.filter(accesses_visible_to(actor), case=case)
    return list(
        rows.select_related("institution", "user").only(*ACCESS_COLUMNS).order_by("-opened_at", "-id")
    )


def own_detection(actor: Actor, case: Case) -> Detection | None:
    """The communication about her, once it is answered."""
    rows = Detection.objects.filter(records_visible_to(actor), case=case, answered_on__isnull=False)
    return rows.select_related("owner").first()
