"""What the person asks for: each request has its receiver and its clock."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import tell
from accord.casework.cases.services.notifying import recipients_at
from accord.casework.window.enums import RequestKind
from accord.casework.window.models import PersonRequest
from accord.casework.window.rules import answer_due
from accord.casework.window.selectors import own_case
from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership

LONGEST_TEXT = 4_000


@transaction.atomic
def ask(*, by: Actor, kind: str, text: str, right_text: str = "") -> PersonRequest:
    """Send a request to the institution that leads; an objection goes to its data-protection officer."""
    case = own_case(by)
    _check(kind, text, right_text)
    with acting_as(by.her_hand):
        asked = PersonRequest.objects.create(
            case=case, kind=kind, text=text.strip(), right_text=right_text.strip(), due_on=answer_due(today())
        )
        tell(by=by.her_hand, case=case, kind=EventKind.PERSON_ACTED, data={"act": kind})
        _notify(case, asked)
    return asked


def _check(kind: str, text: str, right_text: str) -> None:
    if kind not in RequestKind.values:
        raise Refused(_("Choisissez ce que vous voulez demander."), field="kind")
    if not text.strip():
        raise Refused(_("Écrivez quelques mots."), field="text")
    if kind == RequestKind.CORRECTION and not right_text.strip():
        raise Refused(_("Écrivez aussi ce qui est juste."), field="right_text")
    for field, typed in (("text", text), ("right_text", right_text)):
        if len(typed) > LONGEST_TEXT:
            raise Refused(_("Au plus %(length)d caractères.") % {"length": LONGEST_TEXT}, field=field)


def _notify(case: Case, asked: PersonRequest) -> None:
    is_objection = asked.kind == RequestKind.OBJECTION
    notify(
        users=(_officers(case.lead_id) if is_objection else []) or recipients_at(case, case.lead_id),
        institution_id=case.lead_id,
        kind="window.objected" if is_objection else "window.asked",
        params={"number": case.number},
        path=reverse("window:objection" if is_objection else "window:answer", args=[asked.pk]),
        case_id=case.pk,
    )


def _officers(institution_id: UUID) -> list[User]:
    held = Membership.objects.filter(
        Membership.current(now()), institution_id=institution_id, role=Role.DATA_PROTECTION
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))
