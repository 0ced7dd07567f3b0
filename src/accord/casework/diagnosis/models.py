"""The one diagnosis of a case: who writes which part, what was signed, and where views differ."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case, Record
from accord.casework.diagnosis.enums import CATEGORY_OF, SHARED, Part, SectionState
from accord.casework.diagnosis.rules import Texts
from accord.foundation.accounts.models import User
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Section(models.Model):
    """One part of the diagnosis as everybody in the case knows of it: who writes it, and whether it is signed.

    It says nothing of the person; what it says of her is in drafts and versions, under their category.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    part = models.CharField(max_length=12, choices=Part.choices)
    is_needed = models.BooleanField(default=False)
    holder = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=SectionState.choices, default=SectionState.OPEN)
    number = models.PositiveSmallIntegerField(default=0, help_text="Of the last signed version; 0 before.")
    signed_by = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "part"], name="section_once_per_case"),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | models.Q(number__gt=0, signed_at__isnull=False, signed_by=models.F("holder")),
                name="section_signed_by_its_holder",
            ),
        ]

    def __str__(self) -> str:
        return self.part

    @property
    def category(self) -> int:
        """The kind of data that this part holds."""
        return int(CATEGORY_OF[Part(self.part)])

    @property
    def is_signed(self) -> bool:
        """Signed by the institution that holds it now; a version that is being amended still holds."""
        return self.number > 0 and self.signed_by_id == self.holder_id


class Written(Record):
    """The texts of a part, in the short prompts of the trade."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    known = models.TextField(_("Ce que l’on sait"), blank=True)
    helps = models.TextField(_("Ce qui aide"), blank=True)
    hinders = models.TextField(_("Ce qui freine"), blank=True)
    needed = models.TextField(_("Ce qu’il faut"), blank=True)

    privacy = {
        "known": Privacy.SENSITIVE,
        "helps": Privacy.SENSITIVE,
        "hinders": Privacy.SENSITIVE,
        "needed": Privacy.SENSITIVE,
    }

    class Meta:
        abstract = True

    @property
    def texts(self) -> Texts:
        """What is written, prompt by prompt."""
        return Texts(self.known, self.helps, self.hinders, self.needed)


class Draft(Written):
    """What one institution is writing: for itself alone until it signs."""

    readers = models.CharField(max_length=10, choices=SHARED, default=Audience.CIRCLE)
    saved_from = models.UUIDField(null=True, help_text="The open page that saved last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "owner"], name="draft_once_per_house"),
            models.CheckConstraint(condition=models.Q(audience="own"), name="draft_for_oneself"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Version(Written):
    """A signed part; nobody edits it, the next one stands above it."""

    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="version_numbered_once"),
            models.CheckConstraint(condition=~models.Q(audience="own"), name="version_for_others"),
        ]
        indexes = [models.Index(fields=["case", "section", "-number"], name="version_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class Difference(Record):
    """How another institution sees it: beside the part, never over it."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="Of the version that it is about.")
    text = models.TextField(_("Notre avis"))
    answer = models.TextField(_("Réponse"), blank=True)
    answered_by = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    answered_by_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    privacy = {"text": Privacy.SENSITIVE, "answer": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="difference_answer_has_date",
            ),
            models.CheckConstraint(condition=~models.Q(audience="own"), name="difference_for_others"),
        ]
        indexes = [models.Index(fields=["case", "section", "created_at"], name="difference_by_case")]

    def __str__(self) -> str:
        return str(self.id)
