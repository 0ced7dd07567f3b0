"""An invoice is seen by the office that pays it and by the provider that sent it; by nobody else."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Kind, Role
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.measures.policies import provides

DESK_ROLES = (Role.CASEWORKER, Role.SECRETARY, Role.MANAGER)
"""Roles that work at the invoice desk of an AI office."""
PAYING_ROLES = (Role.SECRETARY, Role.MANAGER)
"""Roles that hand payments to the bank."""


def invoices_visible_to(actor: Actor) -> Q:
    """The office's own, and the provider's own."""
    return (
        Q(office_id=actor.institution_key)
        | Q(sender_id=actor.institution_key)
        | Q(provider__institution_id=actor.institution_key)
    )


def of_visible_invoice(actor: Actor) -> Q:
    """Lines, findings and answers, for whoever sees the invoice."""
    return Q(invoice__in=Invoice.objects.filter(invoices_visible_to(actor)))


def of_own_office(actor: Actor) -> Q:
    """Payments, for the office that pays."""
    return Q(office_id=actor.institution_key)


def batches_visible_to(actor: Actor) -> Q:
    """A batch, for the office that received it and for who sent it."""
    return Q(office_id=actor.institution_key) | Q(sender_id=actor.institution_key)


def keys_visible_to(actor: Actor) -> Q:
    """Keys of programs, for the provider whose they are."""
    return Q(institution_id=actor.institution_key)


def keeps_desk(actor: Actor) -> Decision:
    """Open to those who look at invoices in an AI office."""
    if actor.is_member and actor.institution_kind == Kind.AI_OFFICE and actor.has_role(*DESK_ROLES):
        return YES
    return no(_("Les factures sont l’affaire d’un office AI."))


def pays(actor: Actor) -> Decision:
    """Open to those who hand payments to the bank."""
    if not (decision := keeps_desk(actor)):
        return decision
    if actor.has_role(*PAYING_ROLES):
        return YES
    return no(_("Les paiements se transmettent par le secrétariat ou un responsable."))


def invoices(actor: Actor) -> Decision:
    """Open to those who send invoices for a provider."""
    return provides(actor)


def reads_invoices(actor: Actor) -> Decision:
    """Open to the office and to the provider."""
    return YES if keeps_desk(actor) else invoices(actor)


def can_decide(actor: Actor, invoice: Invoice) -> Decision:
    """The office decides on what was checked and is neither ordered nor over."""
    if not (decision := keeps_desk(actor)):
        return decision
    if invoice.office_id != actor.institution_id:
        return no(_("Cette facture est adressée à un autre office."))
    if invoice.state in (InvoiceState.PENDING, InvoiceState.ACCEPTED):
        return YES
    return no(_("Cette facture n’attend plus de décision."))


def can_approve(actor: Actor, invoice: Invoice) -> Decision:
    """An accepted invoice is approved; the second approval is another colleague's."""
    if not (decision := can_decide(actor, invoice)):
        return decision
    if invoice.state != InvoiceState.ACCEPTED:
        return no(_("Cette facture est à éclaircir avant d’être approuvée."))
    if invoice.approved_by_id == actor.user_id and invoice.approved_by_id is not None:
        return no(_("Vous l’avez déjà approuvée : au-dessus de ce montant, une deuxième personne approuve."))
    return YES
