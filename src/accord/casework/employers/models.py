"""Enterprises, and who speaks with them about whom."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Record
from accord.casework.employers.enums import About, ContactState, Ground, Way
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Employer(models.Model):
    """An enterprise: a directory that all who work on cases share, so that nobody is called twice unaware."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Nom de l’entreprise"), max_length=150)
    name_key = models.CharField(max_length=200)
    uid = models.CharField(_("Numéro IDE"), max_length=15, blank=True)
    postal_code = models.CharField(_("NPA"), max_length=10, blank=True)
    city = models.CharField(_("Localité"), max_length=100)
    registered_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uid"], condition=~models.Q(uid=""), name="employer_uid_once")
        ]
        indexes = [
            models.Index(fields=["name_key", "city"], name="employer_by_name"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="employer_like_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EmployerContact(Record):
    """One contact of an institution (the record's owner) with an employer, for a case."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    colleague = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    planned_for = models.DateField(_("Prévu le"))
    done_on = models.DateField(_("A eu lieu le"), null=True)
    way = models.CharField(_("Comment"), max_length=10, choices=Way.choices)
    about = models.CharField(_("À quel sujet"), max_length=12, choices=About.choices)
    counterpart = models.CharField(_("Avec qui"), max_length=120, blank=True)
    ground = models.CharField(_("Accord de la personne"), max_length=10, choices=Ground.choices)
    consent_on = models.DateField(_("D’accord le"), null=True)
    legal_article = models.CharField(_("Article"), max_length=100, blank=True)
    is_coordinated = models.BooleanField(default=False)
    result = models.TextField(_("Résultat"), blank=True)
    state = models.CharField(max_length=10, choices=ContactState.choices, default=ContactState.OPEN)

    privacy = {
        "counterpart": Privacy.PERSONAL,
        "about": Privacy.SENSITIVE,
        "result": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(done_on__isnull=False),
                name="employer_contact_done_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground="given") | models.Q(consent_on__isnull=False),
                name="employer_contact_consent_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground="law") | ~models.Q(legal_article=""),
                name="employer_contact_law_has_article",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground="not_asked") | models.Q(about="enterprise"),
                name="employer_contact_unasked_is_general",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "planned_for"], name="employer_contact_by_case"),
            models.Index(fields=["employer", "-planned_for"], name="employer_contact_by_employer"),
            models.Index(fields=["employer"], condition=models.Q(state="open"), name="employer_contact_open"),
        ]

    def __str__(self) -> str:
        return str(self.id)
