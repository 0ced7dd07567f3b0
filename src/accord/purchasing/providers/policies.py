"""Who may know of a provider and of an offer, and who manages contracts.

Contract management is the role “Responsable” of an AI office (seed 002: “management des contrats”).
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.agreements.enums import BINDING, AgreementKind, AgreementState
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import manages_agreements
from accord.network.agreements.policies import visible_to as agreements_visible_to
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.policies import anyone
from accord.purchasing.providers.enums import OfferState, ProposalState, ProviderState
from accord.purchasing.providers.models import Finding, Offer, Provider, TariffProposal

__all__ = ["anyone"]


def deals_with_providers(actor: Actor) -> Decision:
    """Open to AI offices, which buy measures, and to providers."""
    if actor.is_member and actor.institution_kind in {Kind.AI_OFFICE, Kind.PROVIDER}:
        return YES
    return no(_("Les achats de mesures concernent les offices AI et leurs prestataires."))


def manages_contracts(actor: Actor) -> Decision:
    """Open to contract management: those in charge at an AI office."""
    if actor.is_member and actor.institution_kind == Kind.AI_OFFICE and actor.has_role(Role.MANAGER):
        return YES
    return no(_("Seul le management des contrats d’un office AI peut le faire."))


def visible_to(actor: Actor) -> Q:
    """Providers that the actor may know of: an AI office all of them, a provider itself."""
    me = actor.institution_key
    known = Q(institution=me) | Q(office=me)
    return Q() if actor.institution_kind == Kind.AI_OFFICE else known


def of_visible_provider(actor: Actor) -> Q:
    """Certificates and visits of the providers that the actor may know of."""
    return Q(Exists(Provider.objects.filter(visible_to(actor), pk=OuterRef("provider_id"))))


def offers_visible_to(actor: Actor) -> Q:
    """Offers made to the actor's office."""
    return Q(office=actor.institution_key)


def prices_visible_to(actor: Actor) -> Q:
    """Prices of the conventions that the actor may know of."""
    known = Agreement.objects.filter(agreements_visible_to(actor), pk=OuterRef("agreement_id"))
    return Q(Exists(known))


def can_manage(actor: Actor, provider: Provider) -> Decision:
    """The contract management of the office that admitted a provider."""
    decision = manages_contracts(actor)
    if not decision or provider.office_id == actor.institution_id:
        return decision
    return no(_("Ce prestataire est suivi par un autre office AI."))


def can_suspend(actor: Actor, provider: Provider) -> Decision:
    """A provider is suspended that is not."""
    decision = can_manage(actor, provider)
    if decision and provider.state == ProviderState.SUSPENDED:
        return no(_("Ce prestataire est déjà suspendu."))
    return decision


def can_readmit(actor: Actor, provider: Provider) -> Decision:
    """A suspended provider is readmitted."""
    decision = can_manage(actor, provider)
    if decision and provider.state != ProviderState.SUSPENDED:
        return no(_("Ce prestataire n’est pas suspendu."))
    return decision


def can_record_certificate(actor: Actor, provider: Provider) -> Decision:
    """The provider's own people in charge, or the contract management that follows it."""
    if provider.institution_id == actor.institution_id and actor.has_role(Role.MANAGER, Role.ADMINISTRATOR):
        return YES
    return can_manage(actor, provider)


def can_settle(actor: Actor, finding: Finding) -> Decision:
    """Contract management says that a point is settled; the provider does not say so of itself."""
    decision = can_manage(actor, finding.visit.provider)
    if decision and finding.done_on is not None:
        return no(_("Ce point est déjà réglé."))
    return decision


def can_review(actor: Actor, offer: Offer) -> Decision:
    """Contract management examines an offer that has been received and not decided."""
    if not (decision := manages_contracts(actor)):
        return decision
    if offer.state in {OfferState.SUBMITTED, OfferState.QUESTIONED}:
        return YES
    return no(_("Cette offre n’attend pas d’examen."))


def can_decide(actor: Actor, offer: Offer) -> Decision:
    """Four eyes: another than who proposed the decision takes it."""
    if not (decision := manages_contracts(actor)):
        return decision
    if offer.state != OfferState.PROPOSED:
        return no(_("Aucune décision n’est proposée pour cette offre, ou elle est déjà prise."))
    if offer.proposed_by_id == actor.user_id:
        return no(_("Une autre personne que celle qui a proposé décide : c’est la règle des quatre yeux."))
    return YES


def can_price(actor: Actor, agreement: Agreement) -> Decision:
    """A party proposes a price while the convention is negotiated, or a new one for later while it binds."""
    if not (decision := manages_agreements(actor)):
        return decision
    if agreement.kind != AgreementKind.PROVIDER or agreement.parent_id:
        return no(_("Seule une convention de prestations porte des prix."))
    if actor.institution_id not in {party.institution_id for party in agreement.parties.all()}:
        return no(_("Votre institution n’est pas partie à cette convention."))
    open_states = {AgreementState.DRAFT, AgreementState.NEGOTIATION, *BINDING}
    if agreement.state in open_states and agreement.last_day is None:
        return YES
    return no(_("Les prix de cette convention ne se négocient plus."))


def can_answer_price(actor: Actor, proposal: TariffProposal) -> Decision:
    """The other party agrees to a price, or makes another."""
    if not (decision := can_price(actor, proposal.agreement)):
        return decision
    if proposal.state != ProposalState.OPEN:
        return no(_("Cette proposition a déjà reçu une réponse."))
    if proposal.institution_id == actor.institution_id:
        return no(_("Votre institution a proposé ce prix ; l’autre partie y répond."))
    return YES


def can_withdraw_price(actor: Actor, proposal: TariffProposal) -> Decision:
    """Whoever proposed a price takes it back while nobody has answered."""
    if not (decision := can_price(actor, proposal.agreement)):
        return decision
    if proposal.state != ProposalState.OPEN or proposal.institution_id != actor.institution_id:
        return no(_("Seule la partie qui a proposé ce prix le retire, avant toute réponse."))
    return YES
