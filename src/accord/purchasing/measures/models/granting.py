"""What an AI office grants to a person, beforehand and to her alone.

There is no place, no occupancy and no project here: only measures of one person can be paid (seed 002).
"""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Record
from accord.foundation.accounts.models import User
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person
from accord.purchasing.measures.enums import STANDING, MeasureState, Outcome, Pause, Phase


class DateRange(models.Func):
    """daterange(since, until, '[]'): both days belong to it; without an end it is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


DAYS = DateRange("since", "until", RangeBoundary(inclusive_upper=True))


class OfficeCode(models.Model):
    """The three digits of an AI office in decision numbers (301 Zurich … 350 Jura)."""

    institution = models.OneToOneField(Institution, models.CASCADE, primary_key=True, related_name="+")
    code = models.CharField(_("Code de l’office"), max_length=3, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^3(0[1-9]|1[0-9]|2[0-7]|50)$"), name="office_code_shape"
            )
        ]

    def __str__(self) -> str:
        return self.code


class DecisionCounter(models.Model):
    """The last serial that an office gave in a year."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year"], name="decision_counter_once"),
            models.CheckConstraint(condition=models.Q(last__lte=9_999_999), name="decision_serial_fits"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class IndividualMeasure(Record):
    """A measure for one person within her plan: proposed, validated by another colleague before it begins."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    plan_measure = models.UUIDField(help_text="The lasting key of the plan’s measure that it carries out.")
    kind = models.CharField(_("Sorte de mesure"), max_length=40)
    phase = models.CharField(max_length=16, choices=Phase.choices)
    is_exclusive = models.BooleanField(default=False)
    title = models.CharField(_("Que sera-t-il fait ?"), max_length=200)
    since = models.DateField(_("Premier jour"))
    until = models.DateField(_("Dernier jour"))
    planned_until = models.DateField()
    amount = models.DecimalField(_("Coût prévu (CHF)"), max_digits=10, decimal_places=2)
    hours_per_day = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    days_per_week = models.PositiveSmallIntegerField(null=True, blank=True)
    wage = models.DecimalField(
        _("Salaire mensuel brut (CHF)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    is_pupil = models.BooleanField(_("À l’école obligatoire"), default=False)
    extends = models.OneToOneField("self", models.PROTECT, null=True, related_name="extension")
    exceptional = models.TextField(blank=True, help_text="Why a second year, if it is one.")
    entry = models.TextField(
        blank=True, help_text="How she meets the condition of entry, where there is one."
    )
    appropriate = models.TextField(_("Appropriée"))
    simple = models.TextField(_("Simple"))
    adequate = models.TextField(_("Adéquate"))
    objectives = models.JSONField(default=list)
    checks = models.JSONField(default=list, help_text="The answers of the rules when it was validated.")
    state = models.CharField(max_length=12, choices=MeasureState.choices, default=MeasureState.PROPOSED)
    reason = models.CharField(max_length=300, blank=True)
    validated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    validated_on = models.DateField(null=True)
    goals = models.CharField(_("Objectifs"), max_length=8, choices=Outcome.choices, blank=True)
    evaluation = models.TextField(_("Évaluation"), blank=True)
    evaluated_at = models.DateTimeField(null=True)

    privacy = {
        "kind": Privacy.SENSITIVE,
        "title": Privacy.SENSITIVE,
        "exceptional": Privacy.SENSITIVE,
        "entry": Privacy.SENSITIVE,
        "appropriate": Privacy.SENSITIVE,
        "simple": Privacy.SENSITIVE,
        "adequate": Privacy.SENSITIVE,
        "objectives": Privacy.SENSITIVE,
        "checks": Privacy.SENSITIVE,
        "reason": Privacy.SENSITIVE,
        "evaluation": Privacy.SENSITIVE,
        "goals": Privacy.SENSITIVE,
        "amount": Privacy.SENSITIVE,
        "wage": Privacy.SENSITIVE,
        "is_pupil": Privacy.PERSONAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since"), planned_until__gte=models.F("until")),
                name="individual_measure_period",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=Decimal(0)), name="individual_measure_amount"
            ),
            models.CheckConstraint(
                condition=models.Q(validated_on__isnull=True, validated_by__isnull=True)
                | models.Q(
                    validated_on__isnull=False,
                    validated_by__isnull=False,
                    validated_on__lt=models.F("since"),
                ),
                name="individual_measure_validated_before",
            ),
            models.CheckConstraint(
                condition=models.Q(validated_by__isnull=True) | ~models.Q(validated_by=models.F("author")),
                name="individual_measure_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["validated", "running", "interrupted", "ended", "stopped"])
                | models.Q(validated_on__isnull=False),
                name="individual_measure_financed_is_validated",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["stopped", "refused", "withdrawn"]) | ~models.Q(reason=""),
                name="individual_measure_reason",
            ),
            ExclusionConstraint(
                name="individual_measure_exclusive",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(is_exclusive=True, state__in=[str(state) for state in STANDING]),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "since"], name="individual_measure_by_case"),
            models.Index(fields=["person", "kind"], name="individual_measure_by_person"),
            models.Index(
                fields=["owner", "since"],
                condition=models.Q(state="proposed"),
                name="individual_measure_to_validate",
            ),
            models.Index(fields=["owner", "state"], name="individual_measure_by_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Interruption(models.Model):
    """Days on which a measure rests; open until it is resumed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.ForeignKey(IndividualMeasure, models.CASCADE, related_name="interruptions")
    since = models.DateField(_("Interrompue dès le"))
    until = models.DateField(_("Jusqu’au"), null=True, blank=True)
    why = models.CharField(_("Motif"), max_length=10, choices=Pause.choices)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="interruption_period",
            ),
            ExclusionConstraint(
                name="interruption_once",
                expressions=[("measure", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return str(self.since)
