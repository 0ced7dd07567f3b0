"""The desk answers: accept, decline with a reason and a sentence, or ask back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.casework.cases.enums import CaseState, EventKind
from accord.casework.cases.services import (
    accept_case,
    expire_disclosures,
    move_to_stage,
    next_stage,
    set_state,
    tell,
)
from accord.casework.cases.services.locking import lock_case
from accord.casework.consents.services import lapse_consents
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Exchange, Referral
from accord.casework.referrals.policies import can_accept, can_answer, can_triage
from accord.casework.referrals.services.announcing import lock_referral, move
from accord.casework.referrals.services.notifying import notify_about
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.programmes.selectors import programme_for

DECLINE_REASONS = {
    "criteria": gettext_lazy("Les critères d’admission ne sont pas remplis."),
    "other_way": gettext_lazy("Une autre voie est plus rapide."),
    "already_followed": gettext_lazy("La situation est déjà suivie en commun."),
    "person_refuses": gettext_lazy("La personne ne souhaite pas ce suivi."),
    "incomplete": gettext_lazy("Les informations ne suffisent pas."),
}


@transaction.atomic
def accept_referral(*, by: Actor, referral_id: UUID, lead_id: UUID | None = None) -> Referral:
    """Take the case: it is open and enters the next stage. `lead_id` names who leads, the desk by default."""
    referral = lock_referral(by, referral_id)
    can_accept(by, referral).require()
    assert referral.desk_id is not None
    case = lock_case(by, referral.case_id)
    lead = lead_id or referral.desk_id
    if lead not in {referral.desk_id, referral.sender_id}:
        raise Refused(_("Le dossier est d’abord conduit par le bureau ou par qui l’a annoncé."), field="lead")
    programme = programme_for(case.programme, case.programme_version)
    if lead != referral.desk_id and not programme.may_lead(referral.sender.kind):
        raise Refused(_("Dans ce dispositif, cette institution ne conduit pas de dossier."), field="lead")
    _decide(by, referral, ReferralState.ACCEPTED)
    referral.save()
    accept_case(by=by, case=case, lead_id=lead)
    following = next_stage(case)
    if following is not None:
        move_to_stage(by=by, case=case, stage_key=following.key)
    if referral.sender_id != by.institution_id:
        notify_about(referral, "referral.accepted", referral.sender_id)
    return referral


def _decide(by: Actor, referral: Referral, state: ReferralState) -> None:
    move(referral, state)
    referral.decided_at, referral.decided_by_id = now(), by.user_id
    referral.next_reminder_on = None


@transaction.atomic
def decline_referral(*, by: Actor, referral_id: UUID, reason: str, sentence: str) -> Referral:
    """Decline with a reason of the list and a sentence for the announcer."""
    referral = lock_referral(by, referral_id)
    can_triage(by, referral).require()
    if reason not in DECLINE_REASONS:
        raise Refused(_("Choisissez un motif."), field="reason")
    if not sentence.strip():
        raise Refused(_("Expliquez en une phrase à qui a annoncé."), field="sentence")
    _decide(by, referral, ReferralState.DECLINED)
    referral.decision_reason, referral.decision_sentence = reason, sentence
    referral.save()
    case = lock_case(by, referral.case_id)
    set_state(case, CaseState.DECLINED)
    tell(by=by, case=case, kind=EventKind.DECLINED, data={"reason": reason})
    if referral.sender_id != by.institution_id:
        notify_about(referral, "referral.declined", referral.sender_id)
    lapse_consents(by=by, case=case, because="declined")
    expire_disclosures(case, because="declined")
    return referral


@transaction.atomic
def ask_back(*, by: Actor, referral_id: UUID, question: str) -> Exchange:
    """Ask the announcer for what is missing; the expiry keeps running, the reminder goes to the announcer."""
    referral = lock_referral(by, referral_id)
    can_triage(by, referral).require()
    if not question.strip():
        raise Refused(_("Écrivez votre question."), field="question")
    if referral.state == ReferralState.SENT:
        move(referral, ReferralState.ASKED_BACK)
        referral.save()
    exchange = Exchange.objects.create(referral=referral, question=question, asked_by_id=by.user_id)
    tell(by=by, case=referral.case, kind=EventKind.ASKED_BACK)
    notify_about(referral, "referral.asked_back", referral.sender_id)
    return exchange


@transaction.atomic
def answer_back(*, by: Actor, referral_id: UUID, exchange_id: UUID, answer: str) -> Exchange:
    """Answer the desk; once nothing is left unanswered the announcement is back on its desk."""
    referral = lock_referral(by, referral_id)
    can_answer(by, referral).require()
    if not answer.strip():
        raise Refused(_("Écrivez votre réponse."), field="answer")
    exchange = referral.exchanges.select_for_update().get(pk=exchange_id)
    if exchange.answered_at is not None:
        return exchange
    exchange.answer, exchange.answered_at, exchange.answered_by_id = answer, now(), by.user_id
    exchange.save()
    if not referral.exchanges.filter(answered_at__isnull=True).exists():
        move(referral, ReferralState.SENT)
        referral.save()
    assert referral.desk_id is not None
    tell(by=by, case=referral.case, kind=EventKind.ANSWERED)
    notify_about(referral, "referral.answered", referral.desk_id)
    return exchange


@transaction.atomic
def note_receipt(*, by: Actor, referral: Referral) -> Referral:
    """The first time that the desk opens the announcement, the announcer sees that it was received."""
    if referral.desk_id != by.institution_id or referral.received_at or referral.state != ReferralState.SENT:
        return referral
    referral.received_at = now()
    Referral.objects.filter(pk=referral.pk, received_at__isnull=True).update(received_at=referral.received_at)
    record(
        by=by,
        verb="received",
        subject_kind="referral",
        subject_id=referral.pk,
        subject_label=referral.case.number,
        cases=[referral.case_id],
    )
    return referral
