"""Incapacity by period and source, and the functional summary that a doctor's conclusions become."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accord.casework.capacity.enums import Cause, Fitness, Function, Source
from accord.casework.capacity.rules import Limitation, WorkCapacity
from accord.casework.cases.models import Record
from accord.kernel.privacy import Privacy
from accord.network.institutions.enums import Role


class DateRange(models.Func):
    """The days of a period as PostgreSQL compares them: both ends belong to it, no last day means open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class IncapacityPeriod(Record):
    """So many percent from this day to that, according to this source."""

    source_kind = models.CharField(_("D’après qui ?"), max_length=20, choices=Source.choices)
    source_name = models.CharField(_("Nom de la source"), max_length=120, blank=True)
    rate = models.PositiveSmallIntegerField(_("Incapacité en %"))
    since = models.DateField(_("Depuis le"))
    until = models.DateField(_("Jusqu’au"), null=True, blank=True)
    cause = models.CharField(_("Cause"), max_length=10, choices=Cause.choices, default=Cause.UNKNOWN)
    note = models.CharField(_("Remarque"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    privacy = {
        "source_kind": Privacy.SENSITIVE,
        "source_name": Privacy.SENSITIVE,
        "rate": Privacy.SENSITIVE,
        "since": Privacy.SENSITIVE,
        "until": Privacy.SENSITIVE,
        "cause": Privacy.SENSITIVE,
        "note": Privacy.SENSITIVE,
        "withdrawn_because": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(rate__lte=100), name="incapacity_percent"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="incapacity_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="incapacity_once_per_source",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("source_kind", RangeOperators.EQUAL),
                    (Lower("source_name"), RangeOperators.EQUAL),
                    (DateRange("since", "until", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["case", "since"], name="incapacity_by_case")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def source(self) -> str:
        """Who says so: « Médecin traitant (Dre Rey) »."""
        kind = str(Source(self.source_kind).label)
        return f"{kind} ({self.source_name})" if self.source_name else kind


class FunctionalSummary(Record):
    """What the person can do at work, as published on a day; a new one follows it, it is never edited."""

    usual_time = models.PositiveSmallIntegerField(null=True)
    usual_performance = models.PositiveSmallIntegerField(null=True)
    usual_since = models.DateField(null=True)
    adapted_time = models.PositiveSmallIntegerField(null=True)
    adapted_performance = models.PositiveSmallIntegerField(null=True)
    adapted_since = models.DateField(null=True)
    limitations = models.JSONField(default=list)
    expectations = models.TextField(blank=True)
    fitness = models.CharField(max_length=12, choices=Fitness.choices, default=Fitness.UNKNOWN)
    conditions = models.TextField(blank=True)
    published_as = models.CharField(max_length=20, choices=Role.choices)

    privacy = {
        "usual_time": Privacy.SENSITIVE,
        "usual_performance": Privacy.SENSITIVE,
        "usual_since": Privacy.SENSITIVE,
        "adapted_time": Privacy.SENSITIVE,
        "adapted_performance": Privacy.SENSITIVE,
        "adapted_since": Privacy.SENSITIVE,
        "limitations": Privacy.SENSITIVE,
        "expectations": Privacy.SENSITIVE,
        "fitness": Privacy.SENSITIVE,
        "conditions": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(fitness="conditional") | ~models.Q(conditions=""),
                name="summary_conditions_named",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(
                        **{f"{name}_time__isnull": True},
                        **{f"{name}_performance__isnull": True},
                        **{f"{name}_since__isnull": True},
                    )
                    | models.Q(
                        **{f"{name}_time__lte": 100},
                        **{f"{name}_performance__lte": 100},
                        **{f"{name}_since__isnull": False},
                    ),
                    name=f"summary_{name}_whole",
                )
                for name in ("usual", "adapted")
            ),
        ]
        indexes = [models.Index(fields=["case", "-created_at"], name="summary_by_case")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def usual(self) -> WorkCapacity | None:
        """Capacity in the activity that she had."""
        if self.usual_time is None or self.usual_performance is None or self.usual_since is None:
            return None
        return WorkCapacity(self.usual_time, self.usual_performance, self.usual_since)

    @property
    def adapted(self) -> WorkCapacity | None:
        """Capacity in an activity that respects the limitations."""
        if self.adapted_time is None or self.adapted_performance is None or self.adapted_since is None:
            return None
        return WorkCapacity(self.adapted_time, self.adapted_performance, self.adapted_since)

    @property
    def limits(self) -> list[tuple[str, Limitation]]:
        """Each limitation with the word of its function."""
        return [(str(Function(row["function"]).label), Limitation(**row)) for row in self.limitations]
