"""The end: by notice, by the term, with the framework; warned before, and told when it has come."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.network.agreements.enums import BINDING, PREPARED, AgreementState
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import can_terminate
from accord.network.agreements.rules import due_warning, earliest_end
from accord.network.agreements.services.locking import keep, lock_agreement, move, note
from accord.network.agreements.services.telling import tell_dependants, tell_parties

MOST_WARNED = 500
"""Conventions looked at in one night; there are some dozens."""


@transaction.atomic
def terminate_agreement(
    *, by: Actor, agreement_id: UUID, last_day: date, reason: str, is_mutual: bool = False
) -> Agreement:
    """Give notice: the convention binds until its last day, then it is over, and so are its adoptions.

    The notice period holds unless the parties agree on an earlier day.
    """
    agreement = lock_agreement(by, agreement_id)
    can_terminate(by, agreement).require()
    _check_last_day(agreement, last_day, is_mutual)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Dites pourquoi la convention est dénoncée."), field="reason")
    keep(
        agreement,
        notice_on=today(),
        notice_by_id=by.institution_id,
        last_day=last_day,
        ended_because=reason,
        warned_days=None,
    )
    note(by, agreement, "terminated", {"last_day": last_day.isoformat()})
    tell_parties(agreement, "agreement.terminated", but=by.institution_id)
    tell_dependants(agreement, "agreement.terminated")
    _end_adoptions_by(agreement, last_day)
    return agreement


def _check_last_day(agreement: Agreement, last_day: date, is_mutual: bool) -> None:
    if last_day < today():
        raise Refused(_("Le dernier jour n’est pas dans le passé."), field="last_day")
    if agreement.ends_on and last_day > agreement.ends_on:
        raise Refused(_("La convention prend fin avant ce jour par son terme."), field="last_day")
    earliest = earliest_end(today(), agreement.notice_months)
    if not is_mutual and last_day < earliest:
        raise Refused(
            _("Le délai de dénonciation mène au %(day)s au plus tôt, sauf accord des parties.")
            % {"day": f"{earliest:%d.%m.%Y}"},
            field="last_day",
        )


def _end_adoptions_by(framework: Agreement, last_day: date) -> None:
    """No adoption outlives its framework."""
    for adoption in framework.adoptions.select_for_update().filter(state__in=BINDING):
        if adoption.closes_on is None or adoption.closes_on > last_day:
            reason = _("Fin de la convention-cadre %(number)s") % {"number": framework.number}
            keep(adoption, last_day=last_day, ended_because=reason, warned_days=None)
            tell_parties(adoption, "agreement.terminated")
            tell_dependants(adoption, "agreement.terminated")


def turn_agreements() -> int:
    """Begin the conventions whose first day has come, and close those whose last day is over. Daily.

    By day they already counted or no longer did; this tells so. Returns how many were turned.
    """
    begun = Q(state=AgreementState.SIGNED, starts_on__lte=today())
    over = Q(state__in=BINDING, closes__lt=today())
    lapsed = Q(state__in=PREPARED, framework_closes__lt=today())
    due = Agreement.objects.annotate(
        closes=Agreement.closing(), framework_closes=Agreement.closing("parent__")
    ).filter(begun | over | lapsed)
    turned = 0
    for key in list(due.order_by("parent_id", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            turned += _turn(lock_agreement(WORKER, key))
    return turned


def _turn(agreement: Agreement) -> bool:
    """Whether there was something to do: it may have been done meanwhile."""
    if agreement.state in PREPARED:
        move(WORKER, agreement, AgreementState.ABANDONED, "abandoned")
        return True
    moved = False
    if agreement.state == AgreementState.SIGNED and agreement.starts_on <= today():
        move(WORKER, agreement, AgreementState.IN_FORCE, "began")
        tell_parties(agreement, "agreement.begun")
        moved = True
    if agreement.state in BINDING and agreement.closes_on and agreement.closes_on < today():
        move(WORKER, agreement, _how_it_ended(agreement), "over")
        tell_parties(agreement, "agreement.over")
        tell_dependants(agreement, "agreement.over")
        moved = True
    return moved


def _how_it_ended(agreement: Agreement) -> AgreementState:
    if agreement.notice_on is not None:
        return AgreementState.TERMINATED
    if agreement.parent_id and agreement.parent and agreement.closes_on == agreement.parent.closes_on:
        return AgreementState.ENDED
    return AgreementState.TERMINATED if agreement.last_day else AgreementState.EXPIRED


def warn_of_end() -> int:
    """Warn three months, one month and one week before the end, each told once. Daily; returns how many."""
    ending = Agreement.objects.annotate(closes=Agreement.closing()).filter(
        state__in=BINDING, closes__gte=today()
    )
    warned = 0
    for key in list(ending.order_by("closes").values_list("pk", flat=True)[:MOST_WARNED]):
        with transaction.atomic():
            warned += _warn(lock_agreement(WORKER, key))
    return warned


def _warn(agreement: Agreement) -> bool:
    end = agreement.closes_on
    mark = due_warning(end, today(), agreement.warned_days) if end else None
    if mark is None:
        return False
    keep(agreement, warned_days=mark)
    tell_parties(agreement, "agreement.ending", days=mark)
    tell_dependants(agreement, "agreement.ending", days=mark)
    return True
