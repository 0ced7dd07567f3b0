"""Who may know of a convention, and who may write, approve, sign and end it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.agreements.enums import BINDING, OVER, AgreementState
from accord.network.agreements.models import Agreement, Party, Signed, Version
from accord.network.institutions.enums import Role
from accord.network.institutions.policies import member

__all__ = [
    "can_abandon",
    "can_approve",
    "can_ask_for_signatures",
    "can_draft",
    "can_negotiate",
    "can_renew",
    "can_reopen",
    "can_send",
    "can_sign",
    "can_terminate",
    "manages_agreements",
    "member",
    "visible_to",
]


def manages_agreements(actor: Actor) -> Decision:
    """Open to those in charge of their institution: they negotiate and bind it (role “Responsable”)."""
    if actor.is_member and actor.has_role(Role.MANAGER):
        return YES
    return no(
        _("Seules les personnes responsables de leur institution préparent et signent les conventions.")
    )


can_draft = manages_agreements
"""Whoever is in charge of an institution may draft a convention for it."""


def visible_to(actor: Actor) -> Q:
    """Owner, or party once the draft was sent; with an adoption its framework, and for its owner both."""
    own = _known(actor)
    return own | Q(Exists(Agreement.objects.filter(_known(actor), parent=OuterRef("pk"))))


def _known(actor: Actor) -> Q:
    me = actor.institution_key
    takes_part = Party.objects.filter(agreement=OuterRef("pk"), institution=me)
    sent = ~Q(state=AgreementState.DRAFT) & (Q(Exists(takes_part)) | Q(parent__owner=me))
    return Q(owner=me) | sent


def _in_charge_of(actor: Actor, institution_id: UUID) -> Decision:
    decision = manages_agreements(actor)
    if not decision or institution_id == actor.institution_id:
        return decision
    return no(_("Seule l’institution qui tient cette convention peut le faire."))


def _takes_part(actor: Actor, agreement: Agreement) -> bool:
    return any(party.institution_id == actor.institution_id for party in agreement.parties.all())


def can_negotiate(actor: Actor, agreement: Agreement) -> Decision:
    """The owner writes the draft; in negotiation each party may propose a new version."""
    if not (decision := manages_agreements(actor)):
        return decision
    if agreement.parent_id:
        return no(_("Une adhésion reprend le texte de sa convention-cadre, sans en changer un mot."))
    if agreement.state not in {AgreementState.DRAFT, AgreementState.NEGOTIATION}:
        return no(_("Le texte de cette convention ne change plus."))
    is_owner = agreement.owner_id == actor.institution_id
    if is_owner or (agreement.state == AgreementState.NEGOTIATION and _takes_part(actor, agreement)):
        return YES
    return no(_("Votre institution n’est pas partie à cette convention."))


def can_send(actor: Actor, agreement: Agreement) -> Decision:
    """A draft with a text and another party is sent to be negotiated."""
    if not (decision := _in_charge_of(actor, agreement.owner_id)):
        return decision
    if agreement.state != AgreementState.DRAFT or agreement.parent_id:
        return no(_("Cette convention n’est plus un projet à envoyer."))
    if not agreement.versions.exists():
        return no(_("Écrivez d’abord le texte de la convention."))
    return YES


def can_approve(actor: Actor, agreement: Agreement, text: Version | None) -> Decision:
    """Four eyes: whoever drafted the convention or wrote the text at hand does not approve it."""
    if not (decision := _in_charge_of(actor, agreement.owner_id)):
        return decision
    awaited = AgreementState.DRAFT if agreement.parent_id else AgreementState.NEGOTIATION
    if agreement.state != awaited:
        return no(_("Cette convention n’attend pas d’approbation."))
    if text is None:
        return no(_("Écrivez d’abord le texte de la convention."))
    if actor.user_id in (agreement.drafted_by_id, None if agreement.parent_id else text.author_id):
        return no(_("Une autre personne que celle qui a rédigé approuve : c’est la règle des quatre yeux."))
    return YES


def can_ask_for_signatures(actor: Actor, agreement: Agreement) -> Decision:
    """What was approved is put before the parties."""
    if not (decision := _in_charge_of(actor, agreement.owner_id)):
        return decision
    if agreement.state != AgreementState.APPROVED:
        return no(_("Seule une convention approuvée est mise à la signature."))
    return YES


def can_reopen(actor: Actor, agreement: Agreement) -> Decision:
    """Until everybody has signed, the owner may go back to the negotiation; the signatures fall."""
    if not (decision := _in_charge_of(actor, agreement.owner_id)):
        return decision
    if agreement.parent_id or agreement.state not in {AgreementState.APPROVED, AgreementState.SIGNING}:
        return no(_("Le texte de cette convention ne change plus."))
    return YES


def can_abandon(actor: Actor, agreement: Agreement) -> Decision:
    """The owner puts a convention aside that not everybody has signed."""
    if not (decision := _in_charge_of(actor, agreement.owner_id)):
        return decision
    if agreement.state in (*BINDING, *OVER, AgreementState.ABANDONED):
        return no(_("Une convention signée se dénonce ; elle ne s’abandonne pas."))
    return YES


def can_sign(actor: Actor, agreement: Agreement, institution_id: UUID, signed: Signed) -> Decision:
    """Somebody in charge of the party signs for it; the owner may record the paper that came back."""
    if not (decision := manages_agreements(actor)):
        return decision
    if signed.is_signed:
        return no(_("Cette partie a déjà signé."))
    if actor.institution_id in (institution_id, agreement.owner_id):
        return YES
    return no(_("Vous signez pour votre institution, pas pour une autre."))


def can_terminate(actor: Actor, agreement: Agreement) -> Decision:
    """Each party may give notice of a convention that binds it."""
    if not (decision := manages_agreements(actor)):
        return decision
    if agreement.state not in BINDING:
        return no(_("Seule une convention signée se dénonce."))
    if agreement.last_day is not None:
        return no(_("Cette convention est déjà dénoncée."))
    if agreement.owner_id == actor.institution_id or _takes_part(actor, agreement):
        return YES
    return no(_("Votre institution n’est pas partie à cette convention."))


def can_renew(actor: Actor, agreement: Agreement) -> Decision:
    """The owner prepares what follows: a new convention, or a later end."""
    if not (decision := _in_charge_of(actor, agreement.owner_id)):
        return decision
    if agreement.state not in (*BINDING, *OVER):
        return no(_("Seule une convention signée se renouvelle."))
    return YES
