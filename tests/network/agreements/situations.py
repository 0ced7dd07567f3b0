"""Conventions in few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.network.agreements.models import Agreement
from accord.network.agreements.selectors import text_of
from accord.network.agreements.services import (
    approve_agreement,
    ask_for_signatures,
    draft_agreement,
    propose_version,
    send_for_negotiation,
    sign_agreement,
)
from accord.network.agreements.services.drafting import Written
from accord.network.agreements.services.signing import Signature
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from scenarios import Colleague, colleague, in_days, institution

TEXT = (Written("Objet", "Des mesures individuelles."), Written("Rapports", "Un rapport final à dix jours."))


@dataclass(frozen=True)
class Table:
    """An office with two people in charge, and a provider with one."""

    drafter: Colleague
    approver: Colleague
    provider: Colleague

    @property
    def houses(self) -> tuple[Institution, Institution]:
        return self.drafter.institution, self.provider.institution


def table() -> Table:
    office, house = institution(Kind.AI_OFFICE), institution(Kind.PROVIDER)
    return Table(
        colleague(office, Role.MANAGER), colleague(office, Role.MANAGER), colleague(house, Role.MANAGER)
    )


def drafted(at: Table, *, starts_on: date | None = None, ends_on: date | None = None, **fields) -> Agreement:
    with acting_as(at.drafter.actor):
        agreement = draft_agreement(
            by=at.drafter.actor,
            kind=fields.pop("kind", "provider"),
            title="Mesures",
            parties={at.provider.institution.pk: "provider"},
            starts_on=starts_on or in_days(0),
            ends_on=ends_on if ends_on is not None else in_days(400),
            **fields,
        )
        write(at.drafter.actor, agreement)
    return agreement


def write(by: Actor, agreement: Agreement, parts=TEXT, base: int = 0):
    with acting_as(by):
        return propose_version(by=by, agreement_id=agreement.pk, parts=parts, comment="x", base=base)


def negotiated(at: Table, **fields) -> Agreement:
    agreement = drafted(at, **fields)
    with acting_as(at.drafter.actor):
        return send_for_negotiation(by=at.drafter.actor, agreement_id=agreement.pk)


def approved(at: Table, agreement: Agreement) -> Agreement:
    with acting_as(at.approver.actor):
        text = text_of(agreement)
        assert text is not None
        return approve_agreement(by=at.approver.actor, agreement_id=agreement.pk, text_number=text.number)


def to_sign(at: Table, **fields) -> Agreement:
    agreement = approved(at, negotiated(at, **fields))
    with acting_as(at.drafter.actor):
        return ask_for_signatures(by=at.drafter.actor, agreement_id=agreement.pk)


def sign(by: Colleague, agreement: Agreement, **fields) -> Agreement:
    party = agreement.parties.get(institution=by.institution)
    fields.setdefault("confirmation", agreement.number)
    with acting_as(by.actor):
        return sign_agreement(
            by=by.actor,
            agreement_id=agreement.pk,
            party_id=party.pk,
            signature=Signature("A. Favre, directrice", in_days(0), **fields),
        )


def in_force(at: Table, **fields) -> Agreement:
    agreement = to_sign(at, **fields)
    sign(at.drafter, agreement)
    return sign(at.provider, agreement)
