"""Prices: proposed, countered, agreed, and never edited."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import Error, IntegrityError, transaction

from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.agreements.models import Agreement
from accord.purchasing.providers.models import TariffPosition, TariffProposal
from accord.purchasing.providers.selectors import position_on, positions_of
from accord.purchasing.providers.services import agree_price, counter_price, propose_price, withdraw_price
from accord.purchasing.providers.services.tariffs import Price
from network.agreements.situations import Table, drafted, in_force, negotiated, table
from scenarios import Colleague, in_days

pytestmark = pytest.mark.django_db
CODE = "905.500.2"


def priced(code: str = CODE, amount: str = "5000.00", days: int = 0, unit: str = "month") -> Price:
    return Price(code, "Mesure", unit, Decimal(amount), in_days(days))


def propose(by: Colleague, agreement: Agreement, price: Price) -> TariffProposal:
    with acting_as(by.actor):
        return propose_price(by=by.actor, agreement_id=agreement.pk, price=price)


def agree(by: Colleague, proposal: TariffProposal) -> TariffPosition:
    with acting_as(by.actor):
        return agree_price(by=by.actor, proposal_id=proposal.pk)


def agreed(at: Table, agreement: Agreement, price: Price) -> TariffPosition:
    return agree(at.drafter, propose(at.provider, agreement, price))


def test_the_whole_negotiation_is_kept():
    at = table()
    agreement = negotiated(at)
    first = propose(at.provider, agreement, priced(amount="5200"))
    with acting_as(at.drafter.actor):
        second = counter_price(
            by=at.drafter.actor,
            proposal_id=first.pk,
            price=Decimal(5000),
            valid_from=in_days(0),
            comment="Moins",
        )
    position = agree(at.provider, second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.answers) == ("countered", "agreed", first)
    assert (position.price, position.agreed_as) == (Decimal(5000), second)


def test_nobody_agrees_to_her_own_price():
    at = table()
    proposal = propose(at.provider, negotiated(at), priced())
    with pytest.raises(Refused, match="l’autre partie"):
        agree(at.provider, proposal)


def test_a_proposal_is_answered_once():
    at = table()
    proposal = propose(at.provider, negotiated(at), priced())
    agree(at.drafter, proposal)
    with pytest.raises(Refused, match="déjà reçu"):
        agree(at.approver, proposal)
    with acting_as(at.provider.actor), pytest.raises(Refused, match="avant toute réponse"):
        withdraw_price(by=at.provider.actor, proposal_id=proposal.pk)


@pytest.mark.parametrize(
    ("price", "field"),
    [
        (priced("905.500.9"), "code"),
        (priced("905.500.2", unit="day"), "unit"),
        (priced(amount="0"), "price"),
        (priced(days=-1), "valid_from"),
        (priced(days=900), "valid_from"),
    ],
)
def test_wrong_prices_come_back_beside_their_field(price, field):
    at = table()
    with pytest.raises(Refused) as refused:
        propose(at.provider, negotiated(at), price)
    assert refused.value.field == field


def test_unit_and_code_agree_in_the_database_too():
    agreement = drafted(table())
    with pytest.raises(IntegrityError, match="unit_agrees"), transaction.atomic():
        TariffPosition.objects.create(
            agreement=agreement, code=CODE, unit="day", label="x", price=1, valid_from=in_days(0)
        )


def test_prices_of_a_position_never_overlap():
    agreement = drafted(table())
    fields = {"agreement": agreement, "code": CODE, "unit": "month", "label": "x", "price": 1}
    TariffPosition.objects.create(**fields, valid_from=in_days(0), valid_until=in_days(10))
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        TariffPosition.objects.create(**fields, valid_from=in_days(10))
    TariffPosition.objects.create(**fields, valid_from=in_days(11))


def test_a_new_price_of_a_convention_in_force_follows_the_old_one():
    at = table()
    agreement = in_force(at)
    agreed(at, agreement, priced(amount="5000"))
    agreed(at, agreement, priced(amount="5100", days=30))
    found = {days: position_on(agreement.pk, CODE, in_days(days)) for days in (-1, 0, 29, 30)}
    assert {days: one and one.price for days, one in found.items()} == {
        -1: None, 0: Decimal(5000), 29: Decimal(5000), 30: Decimal(5100),
    }  # fmt: skip
    assert [one.price for one in positions_of(agreement.pk, in_days(29))] == [Decimal(5000)]


def test_between_two_prices_a_third_ends_before_the_later_one():
    at = table()
    agreement = in_force(at)
    for amount, days in (("5000", 0), ("5300", 60), ("5100", 30)):
        agreed(at, agreement, priced(amount=amount, days=days))
    rows = TariffPosition.objects.filter(agreement=agreement).order_by("valid_from")
    assert [(one.price, one.valid_until) for one in rows] == [
        (Decimal(5000), in_days(29)), (Decimal(5100), in_days(59)), (Decimal(5300), None),
    ]  # fmt: skip


def test_a_signed_convention_gets_no_price_for_the_past_nor_twice_for_a_day():
    at = table()
    agreement = in_force(at)
    agreed(at, agreement, priced())
    with pytest.raises(Refused, match="dès ce jour"):
        agreed(at, agreement, priced(amount="5100"))
    TariffProposal.objects.filter(state="open").update(state="withdrawn")
    with frozen_at(now() + timedelta(days=5)), pytest.raises(Refused, match="dès aujourd’hui"):
        propose(at.provider, agreement, Price(CODE, "x", "month", Decimal(1), agreement.starts_on))


def test_a_price_that_waited_too_long_is_not_agreed_for_the_past():
    at = table()
    agreement = in_force(at)
    proposal = propose(at.provider, agreement, priced(days=2))
    with frozen_at(now() + timedelta(days=5)), pytest.raises(Refused, match="dès aujourd’hui"):
        agree(at.drafter, proposal)


def test_while_it_is_negotiated_a_price_takes_the_place_of_another():
    at = table()
    agreement = negotiated(at)
    agreed(at, agreement, priced(amount="5000"))
    agreed(at, agreement, priced(amount="4900"))
    assert TariffPosition.objects.get(agreement=agreement).price == Decimal(4900)


def test_an_agreed_price_is_not_edited_even_in_the_database():
    at = table()
    position = agreed(at, in_force(at), priced())
    with pytest.raises(Error, match="never edited"), transaction.atomic():
        TariffPosition.objects.filter(pk=position.pk).update(price=1)
    with acting_as(at.drafter.actor):
        assert TariffPosition.objects.filter(pk=position.pk).delete()[0] == 0


def test_strangers_see_no_price():
    at, other = table(), table()
    agreement = in_force(at)
    agreed(at, agreement, priced())
    with acting_as(other.drafter.actor):
        assert position_on(agreement.pk, CODE, in_days(0)) is None
        with pytest.raises(Agreement.DoesNotExist):
            propose_price(by=other.drafter.actor, agreement_id=agreement.pk, price=priced())
