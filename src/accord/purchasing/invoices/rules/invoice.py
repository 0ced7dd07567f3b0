"""An invoice as we understand it, whichever version it came in. Every part knows its line in the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Subtype(StrEnum):
    """What the sender does with this message."""

    NORMAL = "normal"
    COPY = "copy"
    STORNO = "storno"
    REFUND = "refund"


class Number(Struct, frozen=True, gc=False):
    """A number as it was written, and its exact value; None when it is none that money or time can be.

    `is_plain` says that nothing stands against it by itself; `centimes` is the amount that it is, if it is one.
    """

    text: str
    value: Decimal | None
    is_plain: bool
    centimes: Decimal | None


class Day(Struct, frozen=True, gc=False):
    """A date as it was written, and the day in Switzerland; None when it cannot be read."""

    text: str
    value: date | None
    line: int = 0
    path: str = ""


class Identifier(Struct, frozen=True, gc=False):
    """An official number in a place of the invoice."""

    value: str
    line: int
    path: str


class Party(Struct, frozen=True, gc=False):
    """An institution or a person with its address, as far as an answer and a payment need it."""

    gln: str
    name: str
    street: str
    zip: str
    city: str
    line: int
    department: str = ""
    given_name: str = ""
    is_person: bool = False
    location_gln: str = ""


class Insured(Struct, frozen=True, gc=False):
    """The person for whom the services were rendered."""

    party: Party
    gender: str
    sex: str
    birth: Day | None
    ssn: Identifier | None


class Product(Struct, frozen=True, gc=False):
    """One price with its factors; a line has one, or a medical and a technical one."""

    price: Number
    factors: tuple[Number, ...]
    is_plain: bool


class Line(Struct, frozen=True, gc=False):
    """One service: what, when, how much.

    `is_right` says that its numbers are plain and multiply to its amount: the usual case, decided once.
    """

    record_id: int
    tariff_type: str
    code: str
    name: str
    quantity: Number
    products: tuple[Product, ...]
    amount: Number
    vat_rate: Number
    is_right: bool
    begin: Day
    end: Day | None
    line: int
    path: str
    glns: tuple[str, str] = ("", "")


class VatRate(Struct, frozen=True, gc=False):
    """The lines of one rate of value-added tax."""

    rate: Number
    amount: Number
    vat: Number
    line: int


class Balance(Struct, frozen=True, gc=False):
    """What is asked for in all."""

    amount: Number
    reminder: Number
    prepaid: Number
    due: Number
    vat: Number
    rates: tuple[VatRate, ...]
    line: int
    vat_line: int


class Slip(Struct, frozen=True, gc=False):
    """Where to pay: `esrQR`, `esrQRRed`, or one of the old slips."""

    kind: str
    iban: Identifier | None
    reference: Identifier | None
    creditor: Party | None
    line: int


class Invoice(Struct, frozen=True):
    """One generalInvoiceRequest."""

    version: str
    language: str
    is_test: bool
    guid: str
    sender: str
    recipient: str
    via: tuple[str, ...]
    is_reminder: bool
    has_reminder: bool
    subtype: Subtype
    flags: tuple[str, ...]
    request_id: str
    timestamp: int | None
    requested: Day | None
    role: str
    place: str
    tiers: str
    allows_modification: bool
    law: str
    decision: Identifier | None
    law_ssn: Identifier | None
    nif: Identifier | None
    begin: Day | None
    end: Day | None
    canton: str
    reason: str
    apid: str
    acid: str
    glns: tuple[Identifier, ...]
    biller: Party | None
    debitor: Party | None
    provider: Party | None
    insurance: Party | None
    insured: Insured | None
    balance: Balance | None
    slip: Slip | None
    lines: tuple[Line, ...]
    line: int
    payload_line: int

    @property
    def decision_number(self) -> str:
        """Digits of the decision number."""
        return self.decision.value if self.decision else ""

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        due = self.balance.due.value if self.balance else None
        return due if due is not None else Decimal(0)
