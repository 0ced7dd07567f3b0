"""Prices of a convention: agreed positions, and how they came about."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.network.agreements.models import Agreement
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import UNIT_DIGITS, ProposalState, Unit

UNIT_AGREES = models.Q()
for _unit, _digit in UNIT_DIGITS.items():
    UNIT_AGREES |= models.Q(unit=_unit, code__regex=rf"^90[0-9]\.[0-9]{{3}}\.{_digit}$")


class DateRange(models.Func):
    """daterange(from, until, '[]'): both days belong to it; without an end it is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Position(models.Model):
    """What is paid for: a code of tariff 904 with its unit, and a price."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    code = models.CharField(_("Position"), max_length=9)
    unit = models.CharField(_("Unité"), max_length=5, choices=Unit.choices)
    label = models.CharField(_("Prestation"), max_length=200)
    price = models.DecimalField(_("Prix (CHF)"), max_digits=10, decimal_places=2)
    valid_from = models.DateField(_("Valable dès le"))

    class Meta:
        abstract = True


class TariffProposal(Position):
    """A price that one party proposed to the other; a counter-proposal answers it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    comment = models.CharField(_("Pourquoi"), max_length=400, blank=True)
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "code"], condition=models.Q(state="open"), name="proposal_one_open"
            ),
            models.CheckConstraint(condition=UNIT_AGREES, name="proposal_unit_agrees"),
            models.CheckConstraint(condition=models.Q(price__gt=0), name="proposal_price"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.price}"


class TariffPosition(Position):
    """An agreed price, from one day on; it is never edited, a new one follows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    valid_until = models.DateField(_("Valable jusqu’au"), null=True, blank=True)
    agreed_as = models.OneToOneField(TariffProposal, models.PROTECT, null=True, related_name="position")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="tariff_position_no_overlap",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=UNIT_AGREES, name="tariff_position_unit_agrees"),
            models.CheckConstraint(condition=models.Q(price__gt=0), name="tariff_position_price"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.price}"

    @staticmethod
    def on(day: date) -> models.Q:
        """Positions whose price holds on a day."""
        return models.Q(valid_from__lte=day) & (
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day)
        )
