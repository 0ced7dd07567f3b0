"""What the door for mail remembers: how often it refused, and to whom it has answered today."""

from __future__ import annotations

from django.db import models

from accord.kernel.identifiers import new_id
from accord.purchasing.measures.enums import Obstacle


class RefusedMail(models.Model):
    """How many mails were refused on a day for one reason; nothing of the mails themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField()
    obstacle = models.CharField(max_length=10, choices=Obstacle.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "obstacle"], name="refused_mail_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.obstacle} {self.count}"


class PoliteReply(models.Model):
    """A sender was answered on this day; kept as a keyed fingerprint, never as an address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField()
    sender = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "sender"], name="polite_reply_once_a_day")]

    def __str__(self) -> str:
        return str(self.day)
