"""The case, who takes part, who may see what, and what was written into it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import (
    ENDED,
    RUNNING,
    Audience,
    Basis,
    CaseState,
    EventKind,
    ParticipantRole,
    StepState,
)
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import FOREVER, NEVER, now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person


class Case(models.Model):
    """One person's situation, worked on by several institutions under one programme."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    programme = models.CharField(max_length=60)
    programme_version = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    lead_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    announced_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    subject = models.CharField(_("De quoi s’agit-il ?"), max_length=200, blank=True)
    region = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.DRAFT)
    stage = models.CharField(max_length=60, blank=True)
    stage_since = models.DateTimeField(default=now)
    stage_due_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    outcome_note = models.TextField(blank=True)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "subject": Privacy.SENSITIVE,
        "outcome": Privacy.SENSITIVE,
        "outcome_note": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True)),
                name="case_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(outcome=""), name="case_closed_has_outcome"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CaseState.values), name="case_state_known"),
        ]
        indexes = [
            models.Index(fields=["person"], name="case_by_person"),
            models.Index(fields=["lead", "state"], name="case_by_lead"),
        ]

    def __str__(self) -> str:
        return self.number


class Participant(models.Model):
    """An institution in a case, with its role and the colleague who answers for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=ParticipantRole.choices)
    referent = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "institution"],
                condition=models.Q(left_at__isnull=True),
                name="participant_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}"


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


class StageEntry(models.Model):
    """A stage that the case entered, its clock, and who held it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=60)
    holder = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(left_at__isnull=True), name="stage_current_once"
            )
        ]
        indexes = [models.Index(fields=["case", "entered_at"], name="stage_by_case")]

    def __str__(self) -> str:
        return self.stage


class Record(models.Model):
    """What belongs to a case: it has an owner institution, a data category and an audience."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    category = models.BigIntegerField(
        null=True, help_text="One bit of the data category; null for what every party of the case may know."
    )
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.CIRCLE)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Event(Record):
    """One line of the timeline."""

    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField(default=now)
    data = models.JSONField(default=dict)

    privacy = {"data": Privacy.SENSITIVE}

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="event_by_case")]

    def __str__(self) -> str:
        return self.kind


class Note(Record):
    """A note, for one's own institution or for those who are authorised."""

    text = models.TextField(_("Note"))

    privacy = {"text": Privacy.SENSITIVE}

    class Meta:
        indexes = [models.Index(fields=["case", "-created_at"], name="note_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class Step(Record):
    """Something to do, by an institution, until a day."""

    title = models.CharField(_("Que faut-il faire ?"), max_length=200)
    assignee = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    assignee_user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("Échéance"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    ended_at = models.DateTimeField(null=True)

    privacy = {"title": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_at__isnull=False)),
                name="step_ended_has_date",
            )
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], name="step_by_case"),
            models.Index(fields=["assignee", "due_on"], condition=models.Q(state="open"), name="step_to_do"),
            models.Index(fields=["owner", "due_on"], condition=models.Q(state="open"), name="step_awaited"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CaseDocument(Record):
    """A document filed in a case."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("Titre"), max_length=200)

    privacy = {"title": Privacy.SENSITIVE}

    class Meta:
        indexes = [
            models.Index(fields=["case", "-created_at"], name="case_document_by_case"),
            models.Index(fields=["document"], name="case_document_by_document"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Visit(models.Model):
    """When a colleague last looked at a case; what is newer than `since` is news to her.

    `since` moves when she comes back after a while, not at each reload, and when she puts the news aside.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "case"], name="visit_once")]

    def __str__(self) -> str:
        return str(self.at)


class WorkingCopy(models.Model):
    """A case printed with its documents for one colleague: made by the worker, kept for a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    sentence = models.TextField(blank=True, help_text="Why it could not be made.")
    pdf = models.BinaryField(null=True)

    privacy = {"pdf": Privacy.SENSITIVE}

    class Meta:
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="working_copy_by_user"),
            models.Index(fields=["expires_at"], name="working_copy_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)
