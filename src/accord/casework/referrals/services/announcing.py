"""Prepare and send an announcement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import CaseState, Category, EventKind, ParticipantRole
from accord.casework.cases.models import Case, Participant
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.cases.services import (
    disclose_under,
    expire_disclosures,
    notify_institution,
    open_draft,
    set_state,
    tell,
    tell_of_case,
)
from accord.casework.cases.services.locking import lock_case
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.policies import can_announce, can_withdraw, can_write, visible_to
from accord.casework.referrals.rules import clocks, missing_in
from accord.casework.referrals.states import REFERRAL
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programme, programme_for
from accord.people.persons.models import Person


class Incomplete(Refused):
    """The announcement cannot leave yet; `missing` names each field and what is wrong with it."""

    def __init__(self, sentence: object, missing: list[Any]) -> None:
        super().__init__(sentence)
        self.missing = missing


def lock_referral(by: Actor, referral_id: UUID) -> Referral:
    """The announcement and its case, locked; Referral.DoesNotExist if the actor may not see it."""
    query = Referral.objects.select_for_update(of=("self",)).select_related("case", "sender", "desk")
    if not by.is_worker:
        query = query.filter(visible_to(by))
    return query.get(pk=referral_id)


def move(referral: Referral, state: ReferralState) -> None:
    """Move it along its table and count the version; the caller saves."""
    REFERRAL.check(referral.state, state)
    referral.state = state
    referral.version += 1
    referral.updated_at = now()


@transaction.atomic
def start_referral(
    *, by: Actor, programme_slug: str, person: Person, subject: str = "", region: str = ""
) -> Referral:
    """Begin an announcement: a case that only its sender knows of, with an empty form."""
    can_announce(by, current_programme(programme_slug)).require()
    case = open_draft(by=by, programme_slug=programme_slug, person=person, subject=subject, region=region)
    return Referral.objects.create(case=case, sender_id=by.institution_id, sender_user_id=by.user_id)


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    referral_id: UUID,
    version: int,
    subject: str,
    reasons: Sequence[str],
    criteria: Mapping[str, bool],
    answers: Mapping[str, Any],
    questions: str,
    announcer_kind: str = "",
    insured_informed_on: date | None = None,
    desk_id: UUID | None = None,
) -> Referral:
    """Keep the form as it is, complete or not. Raises Stale when a colleague saved it in between."""
    referral = lock_referral(by, referral_id)
    can_write(by, referral).require()
    if referral.version != version:
        raise Stale(referral)
    referral.reasons, referral.criteria, referral.answers = list(reasons), dict(criteria), dict(answers)
    referral.questions, referral.announcer_kind = questions, announcer_kind
    referral.insured_informed_on = insured_informed_on
    if referral.state == ReferralState.DRAFT:
        referral.desk_id = desk_id
    referral.version += 1
    referral.updated_at = now()
    referral.save()
    referral.case.subject = subject
    referral.case.updated_at = now()
    referral.case.save(update_fields=["subject", "updated_at"])
    record(
        by=by,
        verb="saved",
        subject_kind="referral",
        subject_id=referral.pk,
        subject_label=referral.case.number,
        cases=[referral.case_id],
    )
    return referral


def _check_complete(programme: Programme, referral: Referral) -> None:
    missing = missing_in(
        programme,
        reasons=referral.reasons,
        criteria=referral.criteria,
        answers=referral.answers,
        announcer_kind=referral.announcer_kind,
        insured_informed_on=referral.insured_informed_on,
        today=today(),
    )
    if missing:
        raise Incomplete(_("Il manque encore quelque chose à l’annonce."), missing)


def _open_the_way(by: Actor, programme: Programme, case: Case, desk: Institution) -> None:
    """What lets the desk read: its own house, an article of law, or the person's authorisation."""
    if desk.pk == by.institution_id:
        return
    for law in programme.laws_between(by.institution_kind, desk.kind, case.stage):
        disclose_under(by=by, case=case, law_article=law.article, keys=law.categories, to=desk.pk)
    if not is_disclosed_to(case, desk.pk, Category.IDENTITY):
        raise Refused(
            _(
                "Rien ne permet encore de transmettre cette annonce à %(desk)s : faites d’abord signer"
                " l’autorisation à la personne."
            )
            % {"desk": desk.short_name},
            field="desk",
        )


@transaction.atomic
def send_referral(*, by: Actor, referral_id: UUID) -> Referral:
    """Send the announcement to the desk: it must be complete, and a legal way to inform the desk must exist.

    Sending twice is sending once. Raises Incomplete with what is missing, Refused without a legal way.
    """
    referral = lock_referral(by, referral_id)
    if referral.state == ReferralState.SENT and referral.sender_id == by.institution_id:
        return referral
    can_write(by, referral).require()
    case = lock_case(by, referral.case_id)
    programme = programme_for(case.programme, case.programme_version)
    _check_complete(programme, referral)
    desk = referral.desk
    if desk is None or desk.kind != programme.desk.kind or not desk.is_active:
        raise Refused(_("Choisissez le bureau auquel l’annonce est adressée."), field="desk")
    _open_the_way(by, programme, case, desk)
    move(referral, ReferralState.SENT)
    referral.sent_at = now()
    referral.next_reminder_on, referral.expires_on = clocks(programme, today())
    referral.save()
    set_state(case, CaseState.ANNOUNCED)
    tell_of_case(case, desk.pk)
    Participant.objects.get_or_create(
        case=case, institution=desk, left_at__isnull=True, defaults={"role": ParticipantRole.DESK}
    )
    tell(by=by, case=case, kind=EventKind.ANNOUNCED, data={"desk": desk.short_name})
    if desk.pk != by.institution_id:
        notify_institution(kind="referral.received", case=case, institution_id=desk.pk)
    return referral


@transaction.atomic
def withdraw_referral(*, by: Actor, referral_id: UUID, reason: str) -> Referral:
    """The sender takes the announcement back; the desk no longer sees anything of it."""
    referral = lock_referral(by, referral_id)
    can_withdraw(by, referral).require()
    was_sent = referral.state != ReferralState.DRAFT
    move(referral, ReferralState.WITHDRAWN)
    referral.decision_sentence = reason
    referral.next_reminder_on = None
    referral.save()
    case = lock_case(by, referral.case_id)
    set_state(case, CaseState.WITHDRAWN)
    tell(by=by, case=case, kind=EventKind.WITHDRAWN)
    if was_sent and referral.desk_id and referral.desk_id != by.institution_id:
        notify_institution(kind="referral.withdrawn", case=case, institution_id=referral.desk_id)
    expire_disclosures(case, because="withdrawn")
    return referral
