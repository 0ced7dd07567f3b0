"""Who may announce, and who answers."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import circle_of, programme_for


def visible_to(actor: Actor) -> Q:
    """An announcement is seen by who sends it, and, once it was sent, by the desk that must answer."""
    return Q(sender_id=actor.institution_id) | (Q(desk_id=actor.institution_id) & Q(sent_at__isnull=False))


def can_announce(actor: Actor, programme: Programme) -> Decision:
    """Institutions of the kinds that the programme lists, and of its circle, announce cases."""
    if not (decision := works_on_cases(actor)):
        return decision
    if not programme.may_announce(actor.institution_kind):
        return no(_("Dans ce dispositif, votre institution n’annonce pas de cas."))
    circle = set(circle_of(programme.slug).values_list("institution_id", flat=True))
    if circle and actor.institution_id not in circle:
        return no(_("Votre institution ne fait pas partie du cercle de ce dispositif."))
    return YES


def can_write(actor: Actor, referral: Referral) -> Decision:
    """The sender writes while it is a draft, while the desk asks back, and after it expired."""
    if not (decision := works_on_cases(actor)):
        return decision
    if referral.sender_id != actor.institution_id:
        return no(_("Seule l’institution qui annonce remplit ce formulaire."))
    if referral.state not in {ReferralState.DRAFT, ReferralState.ASKED_BACK, ReferralState.EXPIRED}:
        return no(_("Cette annonce est partie : elle ne se modifie plus."))
    return YES


def can_triage(actor: Actor, referral: Referral) -> Decision:
    """The desk to which it is addressed accepts, declines or asks back."""
    if not (decision := works_on_cases(actor)):
        return decision
    if referral.desk_id != actor.institution_id:
        return no(_("Cette annonce est adressée à un autre bureau."))
    if referral.state not in {ReferralState.SENT, ReferralState.ASKED_BACK}:
        return no(_("Cette annonce a déjà reçu sa réponse."))
    return YES


def can_send(actor: Actor, referral: Referral) -> Decision:
    """The sender sends a draft, or sends again what nobody answered."""
    if not (decision := can_write(actor, referral)):
        return decision
    if referral.state == ReferralState.ASKED_BACK:
        return no(_("Répondez à la question du bureau : l’annonce lui revient avec votre réponse."))
    return YES


def can_accept(actor: Actor, referral: Referral) -> Decision:
    """The desk accepts what waits on it; not while it waits for an answer of its own asking."""
    if not (decision := can_triage(actor, referral)):
        return decision
    if referral.state == ReferralState.ASKED_BACK:
        return no(_("Vous avez demandé un complément : attendez la réponse, ou écartez l’annonce."))
    return YES


def can_answer(actor: Actor, referral: Referral) -> Decision:
    """The sender answers what the desk asked."""
    if not (decision := works_on_cases(actor)):
        return decision
    if referral.sender_id != actor.institution_id or referral.state != ReferralState.ASKED_BACK:
        return no(_("Aucune question n’attend votre réponse."))
    return YES


def can_withdraw(actor: Actor, referral: Referral) -> Decision:
    """The sender takes it back as long as it is undecided."""
    if not (decision := works_on_cases(actor)):
        return decision
    if referral.sender_id != actor.institution_id:
        return no(_("Seule l’institution qui a annoncé peut retirer l’annonce."))
    if referral.state not in {ReferralState.DRAFT, ReferralState.SENT, ReferralState.ASKED_BACK}:
        return no(_("Cette annonce a déjà reçu sa réponse."))
    return YES


def announcement_accepted(case: Case) -> Decision:
    """The gate `referral.accepted`: the desk took the case, so it was opened once."""
    if case.opened_at is None:
        return no(_("L’annonce n’est pas encore acceptée."))
    return YES


def insured_informed(case: Case) -> Decision:
    """The gate `insured.informed` (LAI art. 3b al. 3).

    Who may not read the announcement relies on its sending, which already demanded it.
    """
    referral = Referral.objects.filter(case=case).first()
    if referral is None or referral.insured_informed_on is not None:
        return YES
    programme = programme_for(case.programme, case.programme_version)
    kinds = {kind.key: kind for kind in programme.announcer_kinds}
    announcer = kinds.get(referral.announcer_kind)
    if announcer is not None and not announcer.must_inform_insured:
        return YES
    return no(_("La personne n’a pas été informée de l’annonce (LAI art. 3b al. 3)."))
