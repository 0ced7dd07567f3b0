"""Keys by which a provider's program hands in invoices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class ReceptionKey(models.Model):
    """A key of a program: only its fingerprint is kept, so that nobody can read it here and use it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    name = models.CharField(_("Nom de la clé"), max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4, help_text="Its last signs, by which its owner knows it.")
    created_at = models.DateTimeField(default=now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)
    minute_at = models.DateTimeField(null=True, help_text="When the minute that is counted began.")
    in_minute = models.PositiveIntegerField(default=0)

    privacy = {"created_by": Privacy.STAFF, "revoked_by": Privacy.STAFF}

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="reception_key_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
