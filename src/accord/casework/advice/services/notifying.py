"""Lead colleagues to a question; the message names neither its subject nor anybody."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from accord.casework.advice.models import Question
from accord.casework.advice.policies import ANSWERING_ROLES
from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.network.institutions.models import Membership
from accord.network.programmes.selectors import circle_of


def answering_institutions(question: Question) -> list[UUID]:
    """Where it may be answered: the addressee, or every institution of the circle that has a referent."""
    if question.addressee_id is not None:
        return [question.addressee_id]
    seats = circle_of(question.programme).values("institution")
    answering = Membership.objects.filter(role__in=ANSWERING_ROLES, until__isnull=True, institution__in=seats)
    return sorted(set(answering.values_list("institution_id", flat=True)) - {question.asked_by_id})


def notify_roles(question: Question, kind: str, institution_id: UUID, roles: Collection[str]) -> None:
    """Notify those who hold one of the roles in an institution."""
    holding = Membership.objects.filter(institution_id=institution_id, role__in=roles, until__isnull=True)
    _notify(question, kind, institution_id, list(User.objects.filter(pk__in=holding.values("user"))))


def notify_asker(question: Question, kind: str) -> None:
    """Notify who asked."""
    if question.asker is not None:
        _notify(question, kind, question.asked_by_id, [question.asker])


def _notify(question: Question, kind: str, institution_id: UUID, users: list[User]) -> None:
    notify(
        users=users,
        institution_id=institution_id,
        kind=kind,
        params={},
        path=reverse("advice:show", args=[question.pk]),
    )
