"""Clocks that were escalated, and the frozen figures of how long things took. No figure tells of a person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accord.casework.cases.models import Case
from accord.casework.durations.enums import ClockKind, Measure
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution


class Escalation(models.Model):
    """A clock that is over for so long that the managers of who must act were told; until it is met."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ClockKind.choices)
    clock_id = models.UUIDField(help_text="The entry into the stage, or the step.")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    due_on = models.DateField()
    escalated_at = models.DateTimeField(default=now)
    met_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock_id", "due_on"], name="escalation_once")]
        indexes = [
            models.Index(
                fields=["institution", "escalated_at"],
                condition=models.Q(met_at__isnull=True),
                name="escalation_running",
            ),
            models.Index(fields=["case"], name="escalation_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class Calculation(models.Model):
    """One run over all cases of a programme; its figures are read once it is finished."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.SlugField(max_length=60)
    asked_at = models.DateTimeField(default=now)
    done = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(finished_at__isnull=True),
                name="calculation_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["programme", "-finished_at"], name="calculation_latest")]

    def __str__(self) -> str:
        return f"{self.programme} {self.done}"

    @property
    def total(self) -> int:
        """How many parts it has."""
        return len(Measure.values)


class Cell(models.Model):
    """One figure: of a stage, an outcome or a cause of waiting; empty words mean all of them together.

    A cell that small numbers forbid to publish is not here: what is not written cannot leak.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    calculation = models.ForeignKey(Calculation, models.CASCADE, related_name="cells")
    programme = models.SlugField(max_length=60)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    key = models.CharField(max_length=60, blank=True)
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, related_name="+")
    period = models.CharField(max_length=7, blank=True, help_text="A year (2026) or a quarter (2026-T3).")
    region = models.CharField(max_length=40, blank=True)
    is_hidden = models.BooleanField(default=False, help_text="Too small, or it would give a small one away.")
    count = models.PositiveIntegerField(null=True)
    total_days = models.PositiveBigIntegerField(null=True)
    median = models.FloatField(null=True)
    ninth_decile = models.FloatField(null=True)
    buckets = ArrayField(models.PositiveIntegerField(null=True), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "measure", "key", "institution", "period", "region"],
                name="cell_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(is_hidden=False, count__isnull=False)
                | models.Q(
                    is_hidden=True,
                    count__isnull=True,
                    total_days__isnull=True,
                    median__isnull=True,
                    ninth_decile__isnull=True,
                    buckets=[],
                ),
                name="cell_hidden_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.key}"
