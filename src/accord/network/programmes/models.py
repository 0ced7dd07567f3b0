"""Programmes as they were read, version by version, and which institutions belong to each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution
from accord.network.programmes.enums import CircleRole


class ProgrammeVersion(models.Model):
    """One version of a programme, kept as it was read: cases that began under it stay under it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    content = models.TextField(help_text="The file's data as JSON.")
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=now)
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="programme_version_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(is_current=True), name="programme_current_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class ProgrammeMember(models.Model):
    """An institution that belongs to the circle of a programme, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme_slug = models.SlugField(max_length=60)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    role = models.CharField(_("Rôle"), max_length=20, choices=CircleRole.choices)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme_slug", "institution"],
                condition=models.Q(until__isnull=True),
                name="programme_member_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="programme_member_period",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=CircleRole.values), name="programme_member_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_slug} {self.role}"
