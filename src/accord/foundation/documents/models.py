"""Documents: what is known of them; their bytes lie in the content-addressed store."""

from __future__ import annotations

from django.db import models

from accord.foundation.accounts.models import User
from accord.foundation.documents.enums import EXTENSIONS, PREVIEWED, Finding, MediaType, ScanState
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy


class Document(models.Model):
    """One file that an institution has brought in; two documents with the same bytes share them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution_id = models.UUIDField()
    title = models.CharField(max_length=200, blank=True)
    original_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, choices=MediaType.choices)
    pages = models.PositiveIntegerField(null=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    scan_state = models.CharField(max_length=12, choices=ScanState.choices, default=ScanState.PENDING)
    scan_finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    scan_engine = models.CharField(max_length=100, blank=True)
    signatures_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)

    privacy = {
        "title": Privacy.PERSONAL,
        "original_name": Privacy.PERSONAL,
        "sha256": Privacy.PERSONAL,
        "uploaded_by": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_shape"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="document_by_content"),
            models.Index(
                fields=["uploaded_at"],
                condition=models.Q(scan_state__in=["pending", "quarantined"]),
                name="document_held_back",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """The name under which it is given out: it says nothing about the person."""
        return f"document-{self.id.hex[-8:]}.{EXTENSIONS[MediaType(self.media_type)][0]}"

    @property
    def is_released(self) -> bool:
        """May be opened by those who may see it."""
        return self.scan_state == ScanState.CLEAN

    @property
    def is_unscanned(self) -> bool:
        """Released by our own rules, no antivirus being configured; pages say so."""
        return self.is_released and not self.scan_engine

    @property
    def is_previewed(self) -> bool:
        """Its pages can be shown as pictures."""
        return self.is_released and self.media_type in PREVIEWED
