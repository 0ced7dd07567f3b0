"""Ask whether another institution follows a person, without learning which one nor anything else of her."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.selectors import programme_for
from accord.people.matching.enums import Verdict
from accord.people.matching.policies import can_ask
from accord.people.persons.models import Person

TELL_AFTER = 3
"""Refusals of one colleague within a day after which data protection is told."""
_ASK = "select verdict, circles, refusals from accord.ask_who_follows(%s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many questions may be asked, so that nobody finds out by guessing; from the settings."""

    hourly: int
    daily: int
    of_the_house: int

    @classmethod
    def of_the_settings(cls) -> Limits:
        """As the operator has set them."""
        return cls(*settings.ACCORD_FOLLOW_UP_QUESTIONS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caseworker is told, and nothing more."""

    verdict: Verdict
    circles: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The answer as it is read."""
        match self.verdict:
            case Verdict.FOLLOWED:
                return ngettext(
                    "Une institution du cercle %(circles)s suit aussi cette personne :"
                    " demandez-lui l’autorisation.",
                    "Une institution des cercles %(circles)s suit aussi cette personne :"
                    " demandez-lui l’autorisation.",
                    len(self.circles),
                ) % {"circles": ", ".join(self.circles)}
            case Verdict.NOBODY:
                return _("Personne d’autre ne la suit, à notre connaissance.")
            case Verdict.UNFOLLOWED:
                return _(
                    "Ouvrez d’abord un dossier : cette question est réservée aux personnes que vous suivez."
                )
        return _(
            "Vous avez posé trop de questions de ce genre : attendez avant d’en poser d’autres."
            " Chaque question est inscrite au journal."
        )


@transaction.atomic
def ask_who_follows(*, by: Actor, person_id: UUID) -> Answer:
    """Ask whether another institution of one's circles follows a person of one's own; two queries.

    A question is kept whatever its answer, so a refusal is an answer and not an exception. Raises
    Person.DoesNotExist for whom one's institution did not register.
    """
    can_ask(by).require()
    limits = Limits.of_the_settings()
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [person_id, new_id(), now(), limits.hourly, limits.daily, limits.of_the_house])
        row = cursor.fetchone()
    if row is None:
        raise Person.DoesNotExist
    verdict, refusals = Verdict(row[0]), row[2]
    circles = [programme_for(*circle.split()) for circle in row[1]]
    record(
        by=by,
        verb="asked_who_follows",
        is_read=True,
        subject_kind="person",
        subject_id=person_id,
        data={"verdict": str(verdict), "circles": [circle.slug for circle in circles]},
    )
    if verdict == Verdict.REFUSED and refusals == TELL_AFTER:
        _tell_data_protection(by)
    return Answer(verdict, tuple(circle.label.in_(by.language) for circle in circles))


def _tell_data_protection(by: Actor) -> None:
    protecting = Membership.objects.filter(
        Membership.current(now()), institution_id=by.institution_key, role=Role.DATA_PROTECTION
    )
    notify(
        users=User.objects.filter(pk__in=protecting.values("user")),
        institution_id=by.institution_id,
        kind="matching.guessing",
        params={},
        path=reverse("journal:list"),
    )
