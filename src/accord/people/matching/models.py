"""Pairs that look alike, merges that can be undone, and fingerprints that nobody may read."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.matching.enums import FingerprintKind, Verdict
from accord.people.persons.models import Person


class Pair(models.Model):
    """Two registrations of one institution that may be one person; or were told apart by somebody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    found_at = models.DateTimeField(default=now)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"reasons": Privacy.PERSONAL, "dismissed_by": Privacy.STAFF}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["institution", "-score", "id"],
                condition=models.Q(dismissed_at__isnull=True),
                name="pair_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Merge(models.Model):
    """Two registrations that were made one by somebody, with all that is needed to go back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(_("Pourquoi est-ce la même personne ?"), max_length=200)
    before = models.JSONField(help_text="Both rows as they were: {kept: {…}, gone: {…}}.")
    after = models.JSONField(help_text="Both rows as the merge left them.")
    moved = models.JSONField(default=dict, help_text="What each mover took along, by its label.")
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {
        "reason": Privacy.PERSONAL,
        "before": Privacy.PERSONAL,
        "after": Privacy.PERSONAL,
        "moved": Privacy.PERSONAL,
        "by": Privacy.STAFF,
        "undone_by": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at__isnull=True), name="merge_gone_once"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two"),
        ]
        indexes = [models.Index(fields=["institution", "-at", "-id"], name="merge_newest")]

    def __str__(self) -> str:
        return str(self.id)


class Fingerprint(models.Model):
    """A keyed digest of what identifies her; only functions of the database compare it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=FingerprintKind.choices)
    key_version = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)

    privacy = {"digest": Privacy.PERSONAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_version", "person", "kind"], name="fingerprint_once")
        ]
        indexes = [models.Index(fields=["digest"], name="fingerprint_by_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key_version}"


class Look(models.Model):
    """Which version of her particulars was compared, and fingerprinted under which key."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    compared_version = models.PositiveIntegerField(default=0)
    fingerprinted_version = models.PositiveIntegerField(default=0)
    key_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["key_version", "person"], name="look_by_key")]

    def __str__(self) -> str:
        return str(self.compared_version)


class Question(models.Model):
    """Somebody asked whether another institution follows a person, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=now)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)

    privacy = {"user": Privacy.STAFF, "verdict": Privacy.PERSONAL}

    class Meta:
        indexes = [
            models.Index(fields=["user", "asked_at"], name="question_by_user"),
            models.Index(fields=["institution", "asked_at"], name="question_by_house"),
        ]

    def __str__(self) -> str:
        return self.verdict
