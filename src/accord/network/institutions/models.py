"""Institutions, their sites, the territory they serve, and who works there."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.enums import Kind, Role


class Territory(models.Model):
    """A canton, a region of it, or a commune: what an institution serves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    def __str__(self) -> str:
        return self.name


class Institution(models.Model):
    """One body of the network, of one kind; a local body may have a head."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Nom"), max_length=200)
    short_name = models.CharField(_("Nom court"), max_length=40)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    head = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="local_bodies")
    territories = models.ManyToManyField(Territory, related_name="+", blank=True)
    language = models.CharField(_("Langue"), max_length=2, default="fr")
    phone = models.CharField(_("Téléphone"), max_length=40, blank=True)
    grants_reciprocity = models.BooleanField(
        _("Accorde la réciprocité pour les données de l’assurance-chômage"),
        default=False,
        help_text=_("LACI art. 85f al. 2 let. b : sans réciprocité, pas de consultation."),
    )
    may_hold_avs = models.BooleanField(
        _("Autorisée à utiliser le numéro AVS"), default=False, help_text=_("LAVS art. 153b ss.")
    )
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name


class Site(models.Model):
    """A place where an institution receives people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="sites")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person works for an institution in a role, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="memberships")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)

    privacy = {"user": Privacy.STAFF}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "role"],
                condition=models.Q(until__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}"

    @staticmethod
    def current(at: datetime) -> models.Q:
        """Roles that are held at this instant."""
        return models.Q(since__lte=at) & (models.Q(until__isnull=True) | models.Q(until__gt=at))
