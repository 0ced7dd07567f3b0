"""Who may see what: the only source."""

from __future__ import annotations

from django.db import models

from accord.casework.cases.enums import (
    ENDED,
    RUNNING,
    Basis,
    CaseState,
)
from accord.casework.cases.models.case import Case
from accord.kernel.clock import FOREVER, NEVER, now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person


class Disclosure(models.Model):
    """This institution may see these categories of this case, in this period, for this reason.

    The only source of who may see what. A row of basis `party` carries no category: it says that the
    institution knows of the case, and carries what its lists sort and filter by.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="disclosures", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    recipient = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    categories = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    consent_id = models.UUIDField(null=True)
    legal_article = models.CharField(max_length=100, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    circle = models.CharField(
        max_length=60,
        default="",
        db_default="",
        help_text="The second programme that opened it; empty for the case’s own.",
    )
    valid_from = models.DateTimeField(default=now)
    valid_until = models.DateTimeField(default=FOREVER)
    ended_because = models.CharField(max_length=40, blank=True)
    case_state = models.CharField(max_length=10, default=CaseState.DRAFT)
    case_stage = models.CharField(max_length=60, blank=True)
    case_due_on = models.DateField(null=True)
    case_updated_at = models.DateTimeField(default=now)
    case_programme = models.CharField(max_length=60, default="")
    case_authorised_until = models.DateTimeField(default=NEVER)
    leads = models.BooleanField(default=False)

    privacy = {"purpose": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "recipient"],
                condition=models.Q(basis="party"),
                name="disclosure_party_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="party") | models.Q(categories=0), name="disclosure_party_bare"
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="consent") | models.Q(consent_id__isnull=False),
                name="disclosure_consent_named",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="law") | ~models.Q(legal_article=""),
                name="disclosure_article_named",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="disclosure_period"
            ),
            models.CheckConstraint(condition=models.Q(categories__gte=0), name="disclosure_categories"),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-case_updated_at", "case"],
                condition=models.Q(basis="party"),
                name="disclosure_newest",
            ),
            models.Index(
                fields=["recipient", "case_state", "-case_updated_at"],
                condition=models.Q(basis="party"),
                name="disclosure_by_state",
            ),
            models.Index(
                fields=["recipient", "case_due_on"],
                condition=models.Q(basis="party", case_due_on__isnull=False),
                name="disclosure_by_due_date",
            ),
            models.Index(
                fields=["recipient", "-case_updated_at"],
                condition=models.Q(basis="party") & models.Q(case_state__in=RUNNING),
                name="disclosure_running",
            ),
            models.Index(
                fields=["recipient", "-case_updated_at"],
                condition=models.Q(basis="party") & models.Q(case_state__in=ENDED),
                name="disclosure_ended",
            ),
            models.Index(
                fields=["recipient", "case_programme", "-case_updated_at"],
                condition=models.Q(basis="party"),
                name="disclosure_by_programme",
            ),
            models.Index(
                fields=["recipient", "case_programme", "case_stage", "-case_updated_at"],
                condition=models.Q(basis="party"),
                name="disclosure_by_stage",
            ),
            models.Index(
                fields=["recipient", "-case_updated_at"],
                condition=models.Q(basis="party", leads=True),
                name="disclosure_led",
            ),
            models.Index(
                fields=["recipient", "case_authorised_until"],
                condition=models.Q(basis="party", leads=True, case_state="open"),
                name="disclosure_by_authorisation",
            ),
            models.Index(fields=["case", "recipient"], name="disclosure_by_case"),
            models.Index(fields=["person", "recipient"], name="disclosure_by_person"),
            models.Index(
                fields=["consent_id"],
                condition=models.Q(consent_id__isnull=False),
                name="disclosure_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.categories:b}"
