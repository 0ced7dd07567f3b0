"""One plan per case: goals in the person's words, the measures of every institution, who signed what.

A goal or a measure stands in the versions from `since_number` to `until_number` (in all later ones while that
is empty). To change what was agreed, its owner ends it with the version in force and writes it anew into the
next: nobody ever copies what another institution wrote. `origin` is the key that lasts.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Record
from accord.casework.employers.models import Employer
from accord.casework.plans.enums import MeasureState, PlanState
from accord.foundation.accounts.models import User
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Plan(Record):
    """One version of the plan of a case; `fingerprint` is that of its goals and measures now."""

    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    fingerprint = models.CharField(max_length=64, blank=True)
    open_findings = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state__in=["draft", "proposed"]), name="plan_in_work_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="agreed"), name="plan_in_force_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["agreed", "replaced"]) | models.Q(agreed_at__isnull=False),
                name="plan_agreed_has_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"], condition=models.Q(state__in=["draft", "proposed"]), name="plan_to_do"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)


class Entry(Record):
    """A goal or a measure, in the versions of the plan in which it stands."""

    origin = models.UUIDField(default=new_id, editable=False)
    since_number = models.PositiveIntegerField()
    until_number = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    def stands_in(self, number: int) -> bool:
        """Whether it belongs to this version."""
        return self.since_number <= number and (self.until_number is None or self.until_number >= number)


class Goal(Entry):
    """What the person wants to reach, in her words; her goal of the programme by its key."""

    key = models.CharField(_("Sorte d’objectif"), max_length=60, blank=True)
    text = models.CharField(_("Objectif"), max_length=300)
    target_on = models.DateField(_("Atteint jusqu’au"), null=True, blank=True)

    privacy = {"text": Privacy.SENSITIVE, "key": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin"], condition=models.Q(until_number__isnull=True), name="goal_latest_once"
            )
        ]
        indexes = [
            models.Index(fields=["case", "created_at"], name="goal_by_case"),
            models.Index(fields=["owner", "case"], name="goal_by_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Measure(Entry):
    """What an institution (the record's owner) does for a goal; who pays may be settled later (MAMAC)."""

    kind = models.CharField(_("Sorte de mesure"), max_length=60, blank=True)
    title = models.CharField(_("Mesure"), max_length=200)
    goal = models.UUIDField(help_text="The lasting key of the goal that it serves.")
    colleague = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateField(_("Dès le"), null=True, blank=True)
    until = models.DateField(_("Jusqu’au"), null=True, blank=True)
    intensity = models.PositiveSmallIntegerField(_("Taux"), null=True, blank=True)
    cost_bearer = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.PLANNED)
    reason = models.CharField(_("Motif"), max_length=300, blank=True)

    privacy = {
        "kind": Privacy.SENSITIVE,
        "title": Privacy.SENSITIVE,
        "reason": Privacy.SENSITIVE,
        "intensity": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin"], condition=models.Q(until_number__isnull=True), name="measure_latest_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="measure_period",
            ),
            models.CheckConstraint(
                condition=models.Q(intensity__isnull=True) | models.Q(intensity__range=(1, 100)),
                name="measure_intensity",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="stopped") | ~models.Q(reason=""), name="measure_stopped_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "created_at"], name="measure_by_case"),
            models.Index(fields=["owner", "case"], name="measure_by_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Justification(Record):
    """Why two strategies may stand side by side: a sentence of the lead, as long as they stay as they were."""

    finding = models.CharField(max_length=50)
    fingerprint = models.CharField(max_length=64)
    sentence = models.TextField(_("Pourquoi c’est voulu"))

    privacy = {"sentence": Privacy.SENSITIVE}

    class Meta:
        indexes = [models.Index(fields=["case", "finding"], name="justification_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class PlanSignature(Record):
    """An institution (the record's owner), or the person herself, signed what stood in the plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    read = models.JSONField(
        default=dict, help_text="Key of each goal and measure → its fingerprint as signed."
    )
    is_of_person = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "owner", "fingerprint", "is_of_person"], name="plan_signature_once"
            )
        ]
        indexes = [models.Index(fields=["case", "created_at"], name="plan_signature_by_case")]

    def __str__(self) -> str:
        return str(self.id)
