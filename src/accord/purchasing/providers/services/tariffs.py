"""Negotiate prices inside a convention: proposed, countered, agreed; an agreed price is never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.network.agreements.enums import BINDING
from accord.network.agreements.models import Agreement
from accord.network.agreements.services import lock_agreement
from accord.purchasing.providers.enums import ProposalState, Unit
from accord.purchasing.providers.models import TariffPosition, TariffProposal
from accord.purchasing.providers.policies import can_answer_price, can_price, can_withdraw_price
from accord.purchasing.providers.rules.codes import is_code, unit_of
from accord.purchasing.providers.services.telling import note, tell_in_charge
from accord.purchasing.providers.states import PROPOSAL


@dataclass(frozen=True, slots=True)
class Price:
    """A position as it is proposed."""

    code: str
    label: str
    unit: str
    price: Decimal
    valid_from: date
    comment: str = ""


@transaction.atomic
def propose_price(*, by: Actor, agreement_id: UUID, price: Price) -> TariffProposal:
    """Propose a price to the other party; while the convention binds, a new one for a day to come."""
    agreement = lock_agreement(by, agreement_id)
    can_price(by, agreement).require()
    _check(agreement, price)
    if TariffProposal.objects.filter(agreement=agreement, code=price.code, state=ProposalState.OPEN).exists():
        raise Refused(_("Un prix est déjà proposé pour cette position : répondez-y."), field="code")
    return _propose(by, agreement, price)


def _check(agreement: Agreement, price: Price) -> None:
    if not is_code(price.code):
        raise Refused(_("Une position s’écrit 90x.xxx.u, par exemple 905.500.2."), field="code")
    if price.unit != unit_of(price.code):
        unit = Unit(unit_of(price.code)).label
        raise Refused(
            _("Le dernier chiffre de cette position veut dire « %(unit)s ».") % {"unit": unit}, field="unit"
        )
    if price.price <= 0:
        raise Refused(_("Un prix est plus grand que zéro."), field="price")
    if price.valid_from < agreement.starts_on or (
        agreement.closes_on and price.valid_from > agreement.closes_on
    ):
        raise Refused(_("Ce jour est hors de la durée de la convention."), field="valid_from")
    if agreement.state in BINDING and price.valid_from < today():
        raise Refused(
            _("La convention est signée : un nouveau prix vaut dès aujourd’hui ou plus tard."),
            field="valid_from",
        )


def _propose(
    by: Actor, agreement: Agreement, price: Price, answers: TariffProposal | None = None
) -> TariffProposal:
    proposal = TariffProposal.objects.create(
        agreement=agreement,
        code=price.code,
        unit=price.unit,
        label=price.label,
        price=price.price,
        valid_from=price.valid_from,
        comment=price.comment,
        institution_id=by.institution_key,
        author_id=by.user_id,
        answers=answers,
        created_at=now(),
    )
    note(by, "proposed", "price", proposal.pk, price.code, price=str(price.price))
    _tell_others(by, agreement, "price.proposed")
    return proposal


def _tell_others(by: Actor, agreement: Agreement, kind: str) -> None:
    path = reverse("providers:tariffs", args=[agreement.pk])
    for party in agreement.parties.all():
        if party.institution_id != by.institution_id:
            tell_in_charge(kind, party.institution_id, path, number=agreement.number)


def _locked(by: Actor, proposal_id: UUID) -> TariffProposal:
    """The proposal, with its convention locked so that nobody answers at the same time."""
    found = TariffProposal.objects.only("agreement_id").get(pk=proposal_id)
    agreement = lock_agreement(by, found.agreement_id)
    proposal = TariffProposal.objects.get(pk=proposal_id)
    proposal.agreement = agreement
    return proposal


def _settle(by: Actor, proposal: TariffProposal, state: ProposalState) -> None:
    PROPOSAL.check(proposal.state, state)
    proposal.state, proposal.settled_by_id, proposal.settled_at = state, by.user_id, now()
    proposal.save(update_fields=["state", "settled_by", "settled_at"])


@transaction.atomic
def counter_price(
    *, by: Actor, proposal_id: UUID, price: Decimal, valid_from: date, comment: str
) -> TariffProposal:
    """Answer a price with another one."""
    proposal = _locked(by, proposal_id)
    can_answer_price(by, proposal).require()
    if price == proposal.price and valid_from == proposal.valid_from:
        raise Refused(_("C’est le même prix : acceptez-le."), field="price")
    other = Price(proposal.code, proposal.label, proposal.unit, price, valid_from, comment)
    _check(proposal.agreement, other)
    _settle(by, proposal, ProposalState.COUNTERED)
    return _propose(by, proposal.agreement, other, answers=proposal)


@transaction.atomic
def withdraw_price(*, by: Actor, proposal_id: UUID) -> TariffProposal:
    """Take a proposal back to which nobody has answered."""
    proposal = _locked(by, proposal_id)
    can_withdraw_price(by, proposal).require()
    _settle(by, proposal, ProposalState.WITHDRAWN)
    return proposal


@transaction.atomic
def agree_price(*, by: Actor, proposal_id: UUID) -> TariffPosition:
    """Agree to the other party's price: it holds from its day on, and the one before ends the day before.

    While the convention is negotiated it takes the place of what was agreed for the same days.
    """
    proposal = _locked(by, proposal_id)
    can_answer_price(by, proposal).require()
    _check(
        proposal.agreement,
        Price(proposal.code, proposal.label, proposal.unit, proposal.price, proposal.valid_from),
    )
    until = _make_room(proposal)
    _settle(by, proposal, ProposalState.AGREED)
    position = TariffPosition.objects.create(
        agreement=proposal.agreement,
        code=proposal.code,
        unit=proposal.unit,
        label=proposal.label,
        price=proposal.price,
        valid_from=proposal.valid_from,
        valid_until=until,
        agreed_as=proposal,
    )
    note(by, "agreed", "price", position.pk, position.code, price=str(position.price))
    _tell_others(by, proposal.agreement, "price.agreed")
    return position


def _make_room(proposal: TariffProposal) -> date | None:
    """End the price that runs, the day before the new one; gives the day on which a later one begins, less one."""
    same = TariffPosition.objects.filter(agreement=proposal.agreement, code=proposal.code)
    if proposal.agreement.state not in BINDING:
        same.filter(valid_from__gte=proposal.valid_from).delete()
    elif same.filter(valid_from=proposal.valid_from).exists():
        raise Refused(_("Un prix est déjà convenu dès ce jour ; proposez un autre jour."), field="valid_from")
    later = same.filter(valid_from__gt=proposal.valid_from).order_by("valid_from").first()
    same.filter(TariffPosition.on(proposal.valid_from)).update(
        valid_until=proposal.valid_from - timedelta(days=1)
    )
    return later.valid_from - timedelta(days=1) if later else None
