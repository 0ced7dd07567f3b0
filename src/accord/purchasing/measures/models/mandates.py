"""What a provider is asked to do for one person: readable by her without any sight of the case."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Record
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.agreements.models import Agreement
from accord.purchasing.measures.enums import Intensity, MandateState, Outcome
from accord.purchasing.measures.models.granting import IndividualMeasure, Interruption
from accord.purchasing.providers.enums import Unit
from accord.purchasing.providers.models import Provider


class Mandate(Record):
    """An order under a convention in force; what it says of the person is copied, so that it says no more."""

    measure = models.ForeignKey(IndividualMeasure, models.PROTECT, related_name="mandates")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    decision_number = models.CharField(_("Numéro de décision"), max_length=14)
    legal_article = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    place = models.CharField(_("Lieu"), max_length=120, blank=True)
    employer = models.CharField(_("Employeur du stage"), max_length=200, blank=True)
    counsellor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    since = models.DateField(_("Premier jour"))
    until = models.DateField(_("Dernier jour"))
    intensity = models.CharField(_("Intensité"), max_length=6, choices=Intensity.choices, blank=True)
    hours_per_month = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    has_new_goals = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=MandateState.choices, default=MandateState.GIVEN)
    family_name = models.CharField(max_length=100)
    given_names = models.CharField(max_length=100)
    birth_date = models.CharField(max_length=10, blank=True)
    avs_number = models.CharField(max_length=13, blank=True)
    language = models.CharField(max_length=2, default="fr")
    street = models.CharField(max_length=150, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    warned_of_end = models.BooleanField(default=False)

    privacy = {
        "title": Privacy.SENSITIVE,
        "legal_article": Privacy.SENSITIVE,
        "employer": Privacy.PERSONAL,
        "family_name": Privacy.PERSONAL,
        "given_names": Privacy.PERSONAL,
        "birth_date": Privacy.PERSONAL,
        "avs_number": Privacy.PERSONAL,
        "street": Privacy.PERSONAL,
        "postal_code": Privacy.PERSONAL,
        "city": Privacy.PERSONAL,
        "phone": Privacy.PERSONAL,
        "email": Privacy.PERSONAL,
        "counsellor": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="mandate_period"),
            models.CheckConstraint(
                condition=models.Q(
                    decision_number__regex=r"^3(0[1-9]|1[0-9]|2[0-7]|50)(20[0-9]{2}[0-9]{7}|280)$"
                ),
                name="mandate_decision_shape",
            ),
            models.UniqueConstraint(
                fields=["decision_number"],
                condition=models.Q(decision_number__regex=r"^[0-9]{14}$"),
                name="mandate_decision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(hours_per_month__isnull=True) | models.Q(hours_per_month__gt=0),
                name="mandate_hours_month",
            ),
            models.CheckConstraint(
                condition=models.Q(hours_per_week__isnull=True) | models.Q(hours_per_week__gt=0),
                name="mandate_hours_week",
            ),
            models.UniqueConstraint(
                fields=["measure", "provider"],
                condition=models.Q(state__in=["given", "running", "interrupted"]),
                name="mandate_once",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "state", "since"], name="mandate_by_provider"),
            models.Index(fields=["case", "since"], name="mandate_by_case"),
            models.Index(fields=["owner", "since"], name="mandate_by_owner"),
            models.Index(fields=["agreement"], name="mandate_by_agreement"),
            models.Index(fields=["decision_number"], name="mandate_by_decision"),
        ]

    def __str__(self) -> str:
        return self.decision_number

    @property
    def person_name(self) -> str:
        """Family name and given names, as the mandate says them."""
        return f"{self.family_name} {self.given_names}"

    def measure_rests(self) -> list[tuple[date, date | None]]:
        """The days on which its measure rested or rests; the provider may know them, and nothing else of it."""
        rests = Interruption.objects.filter(measure=self.measure_id)
        return list(rests.values_list("since", "until"))


class MandatePosition(models.Model):
    """A position of the convention that may be invoiced under the mandate, and how much of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="positions")
    code = models.CharField(max_length=9)
    unit = models.CharField(max_length=5, choices=Unit.choices)
    label = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    quantity = models.DecimalField(_("Quantité au plus"), max_digits=9, decimal_places=4)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "code"], name="mandate_position_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, price__gt=0), name="mandate_position_counts"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Objective(models.Model):
    """What is to be reached under the mandate; what was not agreed must not be pursued."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="objectives")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Objectif"), max_length=300)
    outcome = models.CharField(_("Résultat"), max_length=8, choices=Outcome.choices, blank=True)

    privacy = {"text": Privacy.SENSITIVE, "outcome": Privacy.SENSITIVE}

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["mandate", "position"], name="objective_once")]

    def __str__(self) -> str:
        return str(self.id)


class GoalAgreement(models.Model):
    """The provider agreed the objectives of a mandate; an extension with unchanged ones needs none."""

    mandate = models.OneToOneField(Mandate, models.CASCADE, primary_key=True, related_name="goal_agreement")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    privacy = {"author": Privacy.STAFF}

    def __str__(self) -> str:
        return str(self.at)


class ReportTerms(models.Model):
    """When reports are due under a convention; without it the catalogue's own numbers hold."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, primary_key=True, related_name="+")
    interim_percent = models.PositiveSmallIntegerField(_("Bilan intermédiaire (part de la durée, en %)"))
    final_days_before = models.PositiveSmallIntegerField(_("Rapport final (jours avant la fin)"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(interim_percent__range=(1, 99)), name="report_terms_interim"
            )
        ]

    def __str__(self) -> str:
        return str(self.agreement_id)
