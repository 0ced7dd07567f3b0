"""Meetings of a case: where, who, what was agreed, and what calendars were told."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Record
from accord.casework.meetings.enums import (
    Answer,
    DeliveryState,
    MeetingState,
    Method,
    MinutesState,
    ReplyFault,
)
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution, Site


class Room(models.Model):
    """A room at an institution’s site, where a meeting may be held."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    name = models.CharField(_("Nom de la salle"), max_length=100)
    seats = models.PositiveSmallIntegerField(_("Nombre de places"), default=6)
    is_active = models.BooleanField(_("Peut être réservée"), default=True)

    class Meta:
        ordering = ["site__name", "name"]
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class Span(Func):
    """The time that a meeting takes; its end is not part of it."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def new_uid() -> str:
    """What calendars know a meeting by, for ever; it says nothing about the case."""
    return f"{uuid4()}@accord"


class Meeting(Record):
    """One meeting of a case, of a kind of its programme; every party of the case may know of it."""

    kind = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    video = models.URLField(max_length=500, blank=True)
    person_present = models.BooleanField(default=False)
    person_answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    person_answered_at = models.DateTimeField(null=True)
    is_answer_told = models.BooleanField(default=True)
    person_absent = models.BooleanField(default=False)
    doctor_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0)

    privacy = {
        "person_answer": Privacy.PERSONAL,
        "person_absent": Privacy.PERSONAL,
        "doctor_reason": Privacy.SENSITIVE,
        "cancelled_because": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="meeting_room_once",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=~models.Q(state="cancelled") & models.Q(room__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MeetingState.values), name="meeting_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "starts_at"], name="meeting_by_case"),
            models.Index(fields=["starts_at"], name="meeting_by_time"),
            models.Index(
                fields=["updated_at"], condition=models.Q(is_answer_told=False), name="meeting_answer_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Invited(models.Manager["Seat"]):
    """The seats of those who are still asked to come."""

    def get_queryset(self) -> models.QuerySet[Seat]:
        """Without those that were taken back."""
        return super().get_queryset().filter(removed_at__isnull=True)


class Seat(models.Model):
    """A colleague whom an institution sends to a meeting, and whether she comes.

    A seat that is taken back stays as a trace, with its mails, and is found by `ever` alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="places")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_doctor = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    answered_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = Invited()
    ever = models.Manager["Seat"]()

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="seat_once")]
        indexes = [
            models.Index(fields=["institution", "meeting"], name="seat_by_institution"),
            models.Index(fields=["user", "meeting"], name="seat_by_user"),
        ]

    def __str__(self) -> str:
        return self.answer


class AgendaItem(Record):
    """One point of the agenda; who may not read the plan of the case does not read it either."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    privacy = {"text": Privacy.SENSITIVE}

    class Meta:
        indexes = [models.Index(fields=["meeting", "position"], name="agenda_by_meeting")]

    def __str__(self) -> str:
        return str(self.position)


class Minutes(Record):
    """What was said and agreed, by section. A draft is its institution’s own; once signed it never changes.

    `addressed_to` becomes the audience when its institution signs. An amendment is a new edition.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(default=1)
    amends = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    addressed_to = models.CharField(max_length=10, choices=Audience.choices, default=Audience.CIRCLE)
    sections = models.JSONField(default=dict, help_text="Section → text.")
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    saved_from = models.UUIDField(null=True, help_text="The open page that saved last.")

    privacy = {"sections": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="draft") | models.Q(audience="own"), name="minutes_draft_is_own"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "created_at"], name="minutes_by_meeting")]

    def __str__(self) -> str:
        return f"{self.edition}"


class MinutesSignature(models.Model):
    """An institution that was there stands by the minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="signatures")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["minutes", "institution"], name="minutes_signed_once")]

    def __str__(self) -> str:
        return str(self.at)


class Invitation(models.Model):
    """One mail to one seat: what it asks of the calendar, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    method = models.CharField(max_length=10, choices=Method.choices)
    sequence = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(default=now)
    created_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["meeting", "created_at"], name="invitation_by_meeting"),
            models.Index(fields=["due_at"], condition=models.Q(state="pending"), name="invitation_due"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"


class Reply(models.Model):
    """A reply that came by mail: taken for a seat, or put aside for a reason. Its text is not kept.

    Of one put aside that speaks of a known meeting, what it says and for whom is kept until somebody of the
    organising institution has settled it; of any other nothing but its reason.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=now)
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="+")
    fault = models.CharField(max_length=10, choices=ReplyFault.choices, blank=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="+")
    attendee = models.EmailField(blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    settled_at = models.DateTimeField(null=True)

    privacy = {"attendee": Privacy.STAFF}

    class Meta:
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(settled_at__isnull=True) & ~models.Q(fault=""),
                name="reply_to_settle",
            )
        ]

    def __str__(self) -> str:
        return self.fault or "taken"


class CalendarFeed(models.Model):
    """A colleague’s private calendar address; only a fingerprint of its secret is kept.

    The first signs of the secret find the row; the fingerprint of all of it is compared in constant time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    sign = models.CharField(max_length=12, unique=True)
    token_hash = models.CharField(max_length=64)
    renewed_at = models.DateTimeField(default=now)

    privacy = {"user": Privacy.STAFF}

    def __str__(self) -> str:
        return str(self.renewed_at)
