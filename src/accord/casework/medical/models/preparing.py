"""What the doctor reads, whom she reaches, and what she writes down before her report."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.medical.enums import Means
from accord.casework.medical.models.requests import MedicalRequest
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class ReadMark(models.Model):
    """A colleague of the medical service read a document of the file; what is newer is new to her."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    document = models.ForeignKey(CaseDocument, models.CASCADE, related_name="+")
    service = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "document"], name="medical_read_once")]
        indexes = [models.Index(fields=["case", "user"], name="medical_read_by_case")]

    def __str__(self) -> str:
        return str(self.at)


class TreatingDoctor(models.Model):
    """A doctor who treats the person, as the medical service knows of her."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    name = models.CharField(_("Nom"), max_length=120)
    speciality = models.CharField(_("Spécialité"), max_length=120, blank=True)
    reached_at = models.CharField(_("Où la joindre"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)

    privacy = {
        "name": Privacy.SENSITIVE,
        "speciality": Privacy.SENSITIVE,
        "reached_at": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "service", "name"], name="treating_doctor_once")
        ]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """The person releases a treating doctor from secrecy, in writing, until she takes it back (LPGA art. 28)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    treating = models.ForeignKey(TreatingDoctor, models.CASCADE, related_name="releases")
    signed_on = models.DateField(_("Signée le"))
    valid_until = models.DateField(_("Valable jusqu’au"))
    scan = models.ForeignKey(Document, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"signed_on": Privacy.PERSONAL}

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("signed_on")), name="release_ends_after_signing"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class DoctorContact(models.Model):
    """What was learnt from a treating doctor; a draft until it is kept, which needs the person’s release."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    treating = models.ForeignKey(TreatingDoctor, models.PROTECT, related_name="contacts")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(_("Jour"), null=True, blank=True)
    means = models.CharField(_("Par quel moyen"), max_length=10, choices=Means.choices, default=Means.PHONE)
    learnt = models.TextField(_("Ce que vous avez appris"), blank=True)
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=now)
    saved_from = models.UUIDField(null=True, help_text="The open page that saved last.")
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "on": Privacy.SENSITIVE,
        "means": Privacy.SENSITIVE,
        "learnt": Privacy.SENSITIVE,
        "author": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kept_at__isnull=True)
                | (models.Q(release__isnull=False) & models.Q(on__isnull=False) & ~models.Q(learnt="")),
                name="contact_kept_is_released",
            ),
            models.UniqueConstraint(
                fields=["treating", "author"],
                condition=models.Q(kept_at__isnull=True),
                name="contact_draft_once",
            ),
        ]
        indexes = [models.Index(fields=["case", "updated_at"], name="contact_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class InterviewNotes(models.Model):
    """What the doctor writes down in the room, kept while she writes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(MedicalRequest, models.CASCADE, related_name="+")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("Notes d’entretien"), blank=True)
    updated_at = models.DateTimeField(default=now)
    saved_from = models.UUIDField(null=True, help_text="The open page that saved last.")
    version = models.PositiveIntegerField(default=1)

    privacy = {"text": Privacy.SENSITIVE, "author": Privacy.STAFF}

    def __str__(self) -> str:
        return str(self.id)


class ClarificationDue(models.Model):
    """A new incapacity during a measure, which the doctor clarifies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    period = models.OneToOneField(IncapacityPeriod, models.CASCADE, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    doctor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    conclusion = models.TextField(_("Ce qui est éclairci"), blank=True)

    privacy = {"conclusion": Privacy.SENSITIVE, "doctor": Privacy.STAFF, "settled_by": Privacy.STAFF}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True) | ~models.Q(conclusion=""),
                name="clarification_settled_says_what",
            )
        ]
        indexes = [
            models.Index(
                fields=["service", "due_on"],
                condition=models.Q(settled_at__isnull=True),
                name="clarification_to_do",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
