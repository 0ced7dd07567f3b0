"""Who is the doctor of which region, what was asked of her, and who holds it since when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case
from accord.casework.medical.enums import CHIPS, Help, Holder, RequestKind, RequestState
from accord.casework.meetings.models import Meeting
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class RegionDoctor(models.Model):
    """The medical service, the doctor and her replacement for one region of a programme."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.CharField(max_length=60)
    region = models.CharField(max_length=40)
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    doctor = models.ForeignKey(User, models.PROTECT, related_name="+")
    replacement = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    privacy = {"doctor": Privacy.STAFF, "replacement": Privacy.STAFF}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "region"], name="region_doctor_once"),
            models.CheckConstraint(
                condition=models.Q(replacement__isnull=True) | ~models.Q(replacement=models.F("doctor")),
                name="region_replacement_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.region}"


class Days(models.Func):
    """The days of an absence; both ends belong to it."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Absence(models.Model):
    """A doctor is away from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    doctor = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateField(_("Absente du"))
    until = models.DateField(_("au"))

    privacy = {"doctor": Privacy.STAFF, "since": Privacy.STAFF, "until": Privacy.STAFF}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="absence_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="absence_once",
                expressions=[
                    ("service", RangeOperators.EQUAL),
                    ("doctor", RangeOperators.EQUAL),
                    (Days("since", "until", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["service", "until"], name="absence_by_service")]

    def __str__(self) -> str:
        return str(self.id)


class MedicalRequest(models.Model):
    """What the office that conducts a case asks of the medical service; each step is dated."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RequestKind.choices, default=RequestKind.FULL)
    region = models.CharField(max_length=40)
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    asked_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    help_needed = models.CharField(max_length=20, choices=Help.choices)
    why_medical = models.TextField()
    tried_before = models.TextField()
    measures = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.REQUESTED)
    holder = models.CharField(max_length=12, choices=Holder.choices, default=Holder.SECRETARIAT)
    held_since = models.DateTimeField(default=now)
    due_on = models.DateField(null=True)
    doctor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    allocated_at = models.DateTimeField(null=True)
    scheduled_at = models.DateTimeField(null=True)
    interviewed_at = models.DateTimeField(null=True)
    prepared_at = models.DateTimeField(null=True)
    drafted_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "why_medical": Privacy.SENSITIVE,
        "tried_before": Privacy.SENSITIVE,
        "measures": Privacy.SENSITIVE,
        "ended_because": Privacy.SENSITIVE,
        "doctor": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RequestState.values), name="medical_request_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["requested", "declined", "withdrawn"])
                | models.Q(doctor__isnull=False),
                name="medical_request_has_doctor",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["scheduled", "interviewed"]) | models.Q(meeting__isnull=False),
                name="medical_request_has_meeting",
            ),
            models.CheckConstraint(
                condition=~models.Q(why_medical="") & ~models.Q(tried_before=""),
                name="medical_request_is_reasoned",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(kind="full") & ~models.Q(state__in=["filed", "declined", "withdrawn"]),
                name="medical_request_full_once",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "asked_at"], name="medical_request_by_case"),
            models.Index(fields=["service", "state", "held_since"], name="medical_request_by_service"),
            models.Index(fields=["doctor", "state"], name="medical_request_by_doctor"),
            models.Index(fields=["meeting"], name="medical_request_by_meeting"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def chip(self) -> str:
        """The shape of its state."""
        return CHIPS[RequestState(self.state)]


class Question(models.Model):
    """One question to the doctor: a usual one of the programme by its key, or one in words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(MedicalRequest, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    privacy = {"text": Privacy.SENSITIVE}

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="medical_question_place_once"),
            models.CheckConstraint(
                condition=~models.Q(key="") | ~models.Q(text=""), name="medical_question_asks"
            ),
        ]

    def __str__(self) -> str:
        return self.key or str(self.id)


class Passing(models.Model):
    """A line of the request’s history: it went on to this state, this holder, this doctor, at this instant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(MedicalRequest, models.CASCADE, related_name="passings")
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=12, choices=RequestState.choices)
    holder = models.CharField(max_length=12, choices=Holder.choices)
    doctor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    privacy = {"doctor": Privacy.STAFF, "by": Privacy.STAFF, "reason": Privacy.SENSITIVE}

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["request", "at"], name="medical_passing_by_request")]

    def __str__(self) -> str:
        return self.state
