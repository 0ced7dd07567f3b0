"""Parts of questions: the name that may be shown, for whom one answers, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject

from accord.casework.cases.enums import StepState
from accord.casework.cases.models import Case, Participant, Step
from accord.casework.cases.policies import persons_visible_to, records_visible_to
from accord.kernel.actors import Actor
from accord.people.persons.models import Person


def shown_name(actor: Actor, person: str) -> Subquery:
    """The name of the person under this key; null while her identity is not disclosed."""
    known = Person.objects.filter(persons_visible_to(actor), pk=OuterRef(person))
    return Subquery(known.values(called=Concat("given_names", Value(" "), "family_name"))[:1])


def answered_by(actor: Actor, case: str) -> Q:
    """Cases for which the actor answers: she leads them, or is her institution's referent.

    They are gathered first, from her own rows, so that the question costs what she has to do, not what
    her institution has.
    """
    as_referent = Participant.objects.filter(
        institution_id=actor.institution_key, referent_id=actor.user_key, left_at__isnull=True
    )
    as_lead = Case.objects.filter(lead_user_id=actor.user_key)
    return among(case, as_referent.values("case_id").union(as_lead.values("id"), all=True))


def among(key: str, keys: QuerySet[Any, Any] | Cast) -> Q:
    """The key is one of these, which are found first and once."""
    return Q(
        Func(
            F(key),
            keys if isinstance(keys, Cast) else ArraySubquery(keys),
            template="%(expressions)s)",
            arg_joiner=" = any (",
            output_field=BooleanField(),
        )
    )


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in a case, and by when."""

    title: str
    assignee: str
    due_on: date | None


def read_next_step(told: dict[str, Any] | None) -> NextStep | None:
    """What `next_step` has answered; None when no open step is known to the actor."""
    if told is None:
        return None
    return NextStep(
        told["title"], told["assignee"], date.fromisoformat(told["due_on"]) if told["due_on"] else None
    )


def next_step(actor: Actor, case: str) -> Subquery:
    """Title, day and institution of the open step that is due first, as far as the actor may read it."""
    steps = (
        Step.objects.filter(records_visible_to(actor), case=OuterRef(case), state=StepState.OPEN)
        .order_by(F("due_on").asc(nulls_last=True), "id")
        .values(told=JSONObject(title=F("title"), due_on=F("due_on"), assignee=F("assignee__short_name")))
    )
    return Subquery(steps[:1])
