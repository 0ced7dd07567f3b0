"""What comes back from a provider: days of presence, reports, documents, each with its receipt."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.purchasing.measures.enums import Channel, Presence, ReportKind, ReportState
from accord.purchasing.measures.models.mandates import Mandate


class Attendance(models.Model):
    """One day of a mandate: present or why not, and the hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="attendance")
    day = models.DateField(_("Jour"))
    presence = models.CharField(_("Présence"), max_length=10, choices=Presence.choices)
    hours = models.DecimalField(_("Heures"), max_digits=4, decimal_places=2, default=0)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=now)

    privacy = {"presence": Privacy.SENSITIVE, "hours": Privacy.PERSONAL, "author": Privacy.STAFF}

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "day"], name="attendance_once"),
            models.CheckConstraint(
                condition=models.Q(hours__gte=0, hours__lte=24), name="attendance_hours_of_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(presence="present") | models.Q(hours=0), name="attendance_absent_no_hours"
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)


class Report(models.Model):
    """A report about a person under a mandate: awaited until its day, then read, accepted or asked back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind.choices)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.AWAITED)
    course = models.TextField(_("Déroulement"), blank=True)
    progress = models.TextField(_("Progrès vers les objectifs"), blank=True)
    outlook = models.TextField(_("Suite proposée"), blank=True)
    outcomes = models.JSONField(default=dict, help_text="Key of each objective → its outcome.")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    question = models.TextField(_("Que faut-il compléter ?"), blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reminded_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "course": Privacy.SENSITIVE,
        "progress": Privacy.SENSITIVE,
        "outlook": Privacy.SENSITIVE,
        "outcomes": Privacy.SENSITIVE,
        "question": Privacy.SENSITIVE,
        "sent_by": Privacy.STAFF,
        "settled_by": Privacy.STAFF,
    }

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["awaited", "waived"]) | models.Q(sent_at__isnull=False),
                name="report_sent_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="asked_back") | ~models.Q(question=""),
                name="report_asked_back_has_question",
            ),
            models.UniqueConstraint(
                fields=["mandate", "kind"],
                condition=~models.Q(kind="extra"),
                name="report_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(state__in=["awaited", "asked_back"]),
                name="report_awaited",
            ),
            models.Index(fields=["mandate"], condition=models.Q(state="sent"), name="report_to_read"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Delivery(models.Model):
    """What a provider handed in by one of the three channels: this row is the receipt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="deliveries")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("De quoi s’agit-il ?"), max_length=200)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"title": Privacy.SENSITIVE, "author": Privacy.STAFF, "handled_by": Privacy.STAFF}

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel="contracts", mandate__isnull=True, report__isnull=True)
                | models.Q(channel="documents", mandate__isnull=False, report__isnull=True)
                | models.Q(channel="reports", mandate__isnull=False, report__isnull=False),
                name="delivery_by_its_channel",
            )
        ]
        indexes = [
            models.Index(fields=["institution", "-at"], name="delivery_by_institution"),
            models.Index(
                fields=["office", "at"],
                condition=models.Q(handled_at__isnull=True),
                name="delivery_to_handle",
            ),
        ]

    def __str__(self) -> str:
        return self.number
