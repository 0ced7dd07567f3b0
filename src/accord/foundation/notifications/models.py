"""Messages to colleagues, how they want to be told, and the mails that tell them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.foundation.notifications.enums import Cadence, DeliveryState
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy


class Notification(models.Model):
    """One message in Accord; it names a case by its number, never a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    institution_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    case_id = models.UUIDField(null=True)
    params = models.JSONField(default=dict)
    path = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(path__startswith="/"), name="notification_path_ours"),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notification_by_user"),
            models.Index(
                fields=["user"], condition=models.Q(read_at__isnull=True), name="notification_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_unread(self) -> bool:
        """Not looked at yet."""
        return self.read_at is None


class Preference(models.Model):
    """How soon a colleague wants a mail about one group of messages; in Accord she always finds them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    group = models.CharField(max_length=40)
    mail = models.CharField(_("E-mail"), max_length=10, choices=Cadence.choices, default=Cadence.AT_ONCE)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.group} {self.mail}"


class Rhythm(models.Model):
    """At what hour a colleague wants her one mail a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    hour = models.PositiveSmallIntegerField(_("À quelle heure ?"), default=7)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="rhythm_once"),
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="rhythm_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.hour} h"


class Follow(models.Model):
    """A colleague follows a case: she is told of its events, as far as she may read them then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    institution_id = models.UUIDField()
    case_id = models.UUIDField()
    since = models.DateTimeField(default=now)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "institution_id", "case_id"], name="follow_once")
        ]
        indexes = [models.Index(fields=["case_id"], name="follow_by_case")]

    def __str__(self) -> str:
        return str(self.case_id)


class Delivery(models.Model):
    """One mail to one colleague: that something waits, not what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    path = models.CharField(max_length=500)
    due_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "due_at"],
                condition=models.Q(cadence=Cadence.DAILY),
                name="delivery_one_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state=DeliveryState.PENDING), name="delivery_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadence} {self.state}"


class DemoMail(models.Model):
    """A mail of the demo, kept for its mailbox page; production sends by SMTP and leaves this empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=now)
    sender = models.CharField(max_length=320)
    recipients = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    message_id = models.CharField(max_length=320, blank=True)

    privacy = {"sender": Privacy.STAFF, "recipients": Privacy.STAFF}

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.subject
