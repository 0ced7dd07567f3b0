"""Conventions between institutions: their text in versions, their parties, and who signed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.agreements.enums import (
    TONES,
    AgreementKind,
    AgreementState,
    Channel,
    PartKind,
    PartyRole,
)
from accord.network.institutions.models import Institution


class Agreement(models.Model):
    """One convention; the local adoption of a framework is a convention with a parent, and no text of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(_("Genre"), max_length=20, choices=AgreementKind.choices)
    title = models.CharField(_("Titre"), max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="adoptions")
    adopted = models.ForeignKey("Version", models.PROTECT, null=True, blank=True, related_name="+")
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AgreementState.choices, default=AgreementState.DRAFT)
    starts_on = models.DateField(_("Entre en vigueur le"))
    ends_on = models.DateField(_("Prend fin le"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("Délai de dénonciation (mois)"), default=3)
    drafted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    notice_on = models.DateField(null=True)
    notice_by = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    last_day = models.DateField(null=True, help_text="The last day, when it ends before its term.")
    ended_because = models.CharField(max_length=400, blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="agreement_period",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AgreementState.values), name="agreement_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True, adopted__isnull=True)
                | models.Q(parent__isnull=False, adopted__isnull=False),
                name="agreement_adopts_a_text",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
                name="agreement_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True) | ~models.Q(ended_because=""),
                name="agreement_end_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="agreement_by_owner"),
            models.Index(
                fields=["ends_on"],
                condition=models.Q(state__in=["signed", "in_force"]),
                name="agreement_by_end",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def closes_on(self) -> date | None:
        """Its last day: that of its term, or an earlier one; None when it runs without a term."""
        return self.last_day or self.ends_on

    @property
    def tone(self) -> str:
        """The kind of chip that shows its state."""
        return (
            "soon"
            if self.last_day and self.state in ("signed", "in_force")
            else TONES.get(self.state, "stopped")
        )

    @staticmethod
    def binds_on(day: date) -> models.Q:
        """Conventions that bind their parties on a day: signed by all, begun, and not over by then."""
        signed = models.Q(state__in=["signed", "in_force", "expired", "terminated", "ended"])
        unended = models.Q(last_day__isnull=True) & (
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        )
        return signed & models.Q(starts_on__lte=day) & (models.Q(last_day__gte=day) | unended)

    @staticmethod
    def closing(of: str = "") -> Coalesce:
        """The last day, for queries that sort and filter by it; `of` leads to another convention."""
        return Coalesce(f"{of}last_day", f"{of}ends_on")


class Signed(models.Model):
    """A party's signature under something; empty until it has signed."""

    signed_at = models.DateTimeField(null=True)
    signed_on = models.DateField(_("Signée le"), null=True)
    signed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    signatory = models.CharField(_("Qui a signé, et en quelle qualité"), max_length=200, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    privacy = {"signatory": Privacy.STAFF, "signed_by": Privacy.STAFF}

    @property
    def is_signed(self) -> bool:
        """This party has signed."""
        return self.signed_at is not None


SIGNED_HAS_EVIDENCE = (
    models.Q(signed_at__isnull=True, channel="")
    | models.Q(signed_at__isnull=False, channel="paper", evidence__isnull=False)
    | models.Q(signed_at__isnull=False, channel="electronic", signed_by__isnull=False)
)


class Party(Signed):
    """An institution that is bound by a convention."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=PartyRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "institution"], name="party_once"),
            models.CheckConstraint(condition=SIGNED_HAS_EVIDENCE, name="party_signed_has_evidence"),
        ]

    def __str__(self) -> str:
        return self.role


class Version(models.Model):
    """The text as somebody proposed it; it never changes, the next one does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    comment = models.CharField(_("Ce qui change, et pourquoi"), max_length=400, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class Part(models.Model):
    """An article of a version, or a committee that it sets up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text_of = models.ForeignKey(Version, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=PartKind.choices, default=PartKind.CLAUSE)
    title = models.CharField(_("Titre"), max_length=200)
    text = models.TextField(_("Texte"))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["text_of", "position"], name="part_once")]

    def __str__(self) -> str:
        return self.title


class Annex(models.Model):
    """A document that belongs to a version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text_of = models.ForeignKey(Version, models.CASCADE, related_name="annexes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Titre"), max_length=200)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["text_of", "position"], name="annex_once")]

    def __str__(self) -> str:
        return self.title


class Prolongation(models.Model):
    """A later end for a convention in force; it counts once every party has signed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="prolongations")
    ends_on = models.DateField(_("Nouvelle fin"))
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(settled_at__isnull=True),
                name="prolongation_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.ends_on)


class Endorsement(Signed):
    """A party's signature under a prolongation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    prolongation = models.ForeignKey(Prolongation, models.CASCADE, related_name="endorsements")
    party = models.ForeignKey(Party, models.CASCADE, related_name="endorsements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prolongation", "party"], name="endorsement_once"),
            models.CheckConstraint(condition=SIGNED_HAS_EVIDENCE, name="endorsement_signed_has_evidence"),
        ]

    def __str__(self) -> str:
        return str(self.id)
