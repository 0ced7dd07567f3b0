"""Letters that open the person's window, and what she asks for there."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case
from accord.casework.window.enums import ANSWERED, Addressee, RequestKind, RequestState
from accord.casework.window.rules import is_open
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.persons.enums import Language


class Letter(models.Model):
    """A letter with one-time codes; its public number finds it, and only its codes open the window."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    number = models.CharField(max_length=8, unique=True)
    salt = models.CharField(max_length=32)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FRENCH)
    addressee = models.CharField(
        _("À qui la lettre est-elle adressée ?"),
        max_length=20,
        choices=Addressee.choices,
        default=Addressee.PERSON,
    )
    issued_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    issued_by_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(default=now)
    valid_until = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-issued_at"], name="letter_by_case")]

    def __str__(self) -> str:
        return self.number

    def opens(self, at: datetime) -> bool:
        """Whether it still opens the window."""
        return is_open(self.valid_until, self.locked_at, self.revoked_at, at)


class Code(models.Model):
    """One code of a letter, kept as a slow digest; it serves once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    privacy = {"digest": Privacy.PERSONAL}

    def __str__(self) -> str:
        return str(self.id)


class Attempt(models.Model):
    """Somebody tried to enter and failed; the address is kept as a keyed digest, for a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    privacy = {"address": Privacy.PERSONAL}

    class Meta:
        indexes = [
            models.Index(fields=["address", "-at"], name="attempt_by_address"),
            models.Index(fields=["at"], name="attempt_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.at)


class PersonRequest(models.Model):
    """What the person asked for, its deadline, and what she was answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=RequestKind.choices)
    text = models.TextField(_("De quoi s’agit-il ?"))
    right_text = models.TextField(_("Qu’est-ce qui est juste ?"), blank=True)
    state = models.CharField(max_length=20, choices=RequestState.choices, default=RequestState.RECEIVED)
    received_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    answer = models.TextField(_("Réponse à la personne"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    answered_by_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    privacy = dict.fromkeys(("text", "right_text", "answer"), Privacy.SENSITIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ANSWERED, answered_at__isnull=False) & ~models.Q(answer="")
                | ~models.Q(state__in=ANSWERED) & models.Q(answered_at__isnull=True),
                name="person_request_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-received_at"], name="person_request_by_case"),
            models.Index(
                fields=["due_on"], condition=~models.Q(state__in=ANSWERED), name="person_request_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_answered(self) -> bool:
        """Whether the person has her answer."""
        return self.state in ANSWERED
