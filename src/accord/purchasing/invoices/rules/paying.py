"""Payment order to the bank (pain.001.001.09, Swiss), and what the bank says it booked (camt.054)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.reading import read_bytes

PAIN = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.054.001."
_NS = f"{{{PAIN}}}"


@dataclass(frozen=True, slots=True)
class Payee:
    """Who gets the money, and on which account."""

    name: str
    zip: str
    city: str
    iban: str
    country: str = "CH"


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer; `reference` is a QR reference, an RF reference or empty."""

    end_to_end_id: str
    amount: Decimal
    payee: Payee
    reference: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """One entry of the bank that names a payment of ours."""

    end_to_end_id: str
    amount: Decimal
    on: date
    entry: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement holds, or why it was not read."""

    booked: tuple[Booked, ...] = ()
    refused: Finding | None = None


def write_order(
    message_id: str,
    created: datetime,
    execute_on: date,
    debtor: str,
    debtor_iban: str,
    payments: Sequence[Payment],
) -> bytes:
    """The payment order; the same message id always gives the same bytes, so that the bank pays once."""
    total = sum((payment.amount for payment in payments), Decimal(0))
    root = etree.Element(f"{_NS}Document", nsmap={None: PAIN})
    order = _add(root, "CstmrCdtTrfInitn")
    head = _add(order, "GrpHdr")
    _add(head, "MsgId", message_id)
    _add(head, "CreDtTm", created.replace(tzinfo=None).isoformat(timespec="seconds"))
    _add(head, "NbOfTxs", str(len(payments)))
    _add(head, "CtrlSum", f"{total:.2f}")
    _add(_add(head, "InitgPty"), "Nm", debtor[:70])
    block = _add(order, "PmtInf")
    _add(block, "PmtInfId", message_id)
    _add(block, "PmtMtd", "TRF")
    _add(block, "BtchBookg", "true")
    _add(block, "NbOfTxs", str(len(payments)))
    _add(block, "CtrlSum", f"{total:.2f}")
    _add(_add(block, "ReqdExctnDt"), "Dt", execute_on.isoformat())
    _add(_add(block, "Dbtr"), "Nm", debtor[:70])
    _add(_add(_add(block, "DbtrAcct"), "Id"), "IBAN", debtor_iban)
    _add(_add(_add(_add(block, "DbtrAgt"), "FinInstnId"), "Othr"), "Id", "NOTPROVIDED")
    for payment in payments:
        _write_payment(block, payment)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _write_payment(block: etree._Element, payment: Payment) -> None:
    transfer = _add(block, "CdtTrfTxInf")
    identity = _add(transfer, "PmtId")
    _add(identity, "InstrId", payment.end_to_end_id)
    _add(identity, "EndToEndId", payment.end_to_end_id)
    _add(_add(transfer, "Amt"), "InstdAmt", f"{payment.amount:.2f}").set("Ccy", "CHF")
    payee = _add(transfer, "Cdtr")
    _add(payee, "Nm", payment.payee.name[:70])
    address = _add(payee, "PstlAdr")
    if payment.payee.zip:
        _add(address, "PstCd", payment.payee.zip)
    _add(address, "TwnNm", payment.payee.city or "–")
    _add(address, "Ctry", payment.payee.country)
    _add(_add(_add(transfer, "CdtrAcct"), "Id"), "IBAN", payment.payee.iban)
    if payment.reference:
        reference = _add(_add(_add(transfer, "RmtInf"), "Strd"), "CdtrRefInf")
        is_rf = payment.reference.upper().startswith("RF")
        _add(_add(_add(reference, "Tp"), "CdOrPrtry"), "Cd" if is_rf else "Prtry", "SCOR" if is_rf else "QRR")
        _add(reference, "Ref", payment.reference)
    elif payment.message:
        _add(_add(transfer, "RmtInf"), "Ustrd", payment.message[:140])


def _add(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, _NS + tag)
    element.text = text or None
    return element


def read_statement(data: bytes) -> Statement:
    """The debits that a camt.054 of any of its versions tells, read as safely as an invoice."""
    reading = read_bytes(data)
    if reading.root is None:
        return Statement(refused=reading.findings[0])
    namespace = etree.QName(reading.root).namespace or ""
    if not namespace.startswith(CAMT):
        return Statement(
            refused=finding("xml.namespace", 1, "Document", value=namespace, expected=f"{CAMT}xx")
        )
    ns = {"c": namespace}
    booked = []
    for entry in reading.root.iterfind(".//c:Ntfctn/c:Ntry", ns):
        if _text(entry, "c:CdtDbtInd", ns) != "DBIT" or _status(entry, ns) not in ("BOOK", ""):
            continue
        day = _text(entry, "c:BookgDt/c:Dt", ns) or _text(entry, "c:BookgDt/c:DtTm", ns)[:10]
        bank = _text(entry, "c:AcctSvcrRef", ns)
        for place, detail in enumerate(entry.iterfind("c:NtryDtls/c:TxDtls", ns)):
            one = _booked(detail, day, bank, place, ns)
            if one is not None:
                booked.append(one)
    return Statement(tuple(booked))


def _booked(detail: etree._Element, day: str, bank: str, place: int, ns: dict[str, str]) -> Booked | None:
    end_to_end_id = _text(detail, "c:Refs/c:EndToEndId", ns)
    amount = _text(detail, "c:Amt", ns) or _text(detail, "c:AmtDtls/c:TxAmt/c:Amt", ns)
    own = _text(detail, "c:Refs/c:AcctSvcrRef", ns)
    try:
        value, on = Decimal(amount), date.fromisoformat(day)
    except (InvalidOperation, ValueError):
        return None
    if not end_to_end_id or not value.is_finite():
        return None
    return Booked(end_to_end_id, value, on, own or f"{bank}/{place}/{end_to_end_id}")


def _status(entry: etree._Element, ns: dict[str, str]) -> str:
    return _text(entry, "c:Sts/c:Cd", ns) or _text(entry, "c:Sts", ns)


def _text(element: etree._Element, path: str, ns: dict[str, str]) -> str:
    found = element.find(path, ns)
    return "" if found is None else (found.text or "").strip()
