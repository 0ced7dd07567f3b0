"""Follow a case: one is told of its events, as far as one may read them when they happen."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from accord.casework.cases.models import Case, Event
from accord.casework.cases.policies import cases_visible_to, records_visible_to
from accord.foundation.accounts.models import User
from accord.foundation.notifications.models import Follow, Notification
from accord.foundation.notifications.services import notify
from accord.kernel.actors import NIL, Actor
from accord.kernel.jobs import later
from accord.network.institutions.enums import CASE_ROLES
from accord.network.institutions.models import Membership
from accord.network.institutions.policies import works_on_cases

TELL_FOLLOWERS = "cases.tell_followers"
FOLLOWED = "case.followed"


@transaction.atomic
def follow_case(*, by: Actor, case_id: UUID, wanted: bool) -> None:
    """Follow a case of which one knows, or no longer; twice is once. Raises Case.DoesNotExist."""
    works_on_cases(by).require()
    case = Case.objects.filter(cases_visible_to(by)).get(pk=case_id)
    mine = {"user_id": by.user_key, "institution_id": by.institution_key, "case_id": case.pk}
    if wanted:
        Follow.objects.bulk_create([Follow(**mine)], ignore_conflicts=True)
    else:
        Follow.objects.filter(**mine).delete()


def announce_to_followers(event: Event) -> None:
    """Let the worker tell those who follow the case: only it knows who they are."""
    with connection.cursor() as cursor:
        cursor.execute("select accord.is_followed(%s)", [event.case_id])
        (is_followed,) = cursor.fetchone()
    if is_followed:
        later(TELL_FOLLOWERS, event_id=str(event.pk))


def tell_followers(event_id: UUID) -> int:
    """Leave one message for each follower who may read the event now; returns how many were told.

    Its author is not told of what she did, nor is anybody who has lost her role or the disclosure.
    """
    event = Event.objects.select_related("case").filter(pk=event_id).first()
    if event is None:
        return 0
    told = Notification.objects.filter(kind=FOLLOWED, case_id=event.case_id, params__event=str(event.pk))
    follows = Follow.objects.filter(case_id=event.case_id).exclude(user_id=event.author_id or NIL)
    houses: dict[UUID, list[UUID]] = {}
    for follow in follows.exclude(user_id__in=list(told.values_list("user_id", flat=True))):
        houses.setdefault(follow.institution_id, []).append(follow.user_id)
    return sum(_tell_house(event, house, followers) for house, followers in houses.items())


def _tell_house(event: Event, house: UUID, followers: list[UUID]) -> int:
    reader = Actor(institution_id=house)
    if not Event.objects.filter(records_visible_to(reader), pk=event.pk).exists():
        return 0
    at_work = Membership.objects.filter(
        institution_id=house, user_id__in=followers, until__isnull=True, role__in=CASE_ROLES
    )
    return len(
        notify(
            users=User.objects.filter(pk__in=at_work.values("user"), is_active=True),
            institution_id=house,
            kind=FOLLOWED,
            params={"number": event.case.number, "event": str(event.pk)},
            path=f"{reverse('web:case', args=[event.case_id])}?panneau=fil",
            case_id=event.case_id,
        )
    )
