"""The generalInvoiceResponse to an invoice, in its own version and language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from accord.purchasing.invoices.rules.findings import Finding, Severity
from accord.purchasing.invoices.rules.invoice import Invoice, Party, Subtype
from accord.purchasing.invoices.rules.reading import NAMESPACE
from accord.purchasing.invoices.rules.writing import GENERATOR

LONGEST_TEXT = {"4.5": 350, "5.0": 700}
LONGEST_EXPLANATION = {"4.5": 700, "5.0": 2800}
STATUS_OUT = {"accepted": "granted", "pending": "frozen", "rejected": "processed"}
_NS = f"{{{NAMESPACE}}}"
SHAPE = ("shape.", "schema.")
_NOT_REPEATED = re.compile(
    r"/(services|balance|esr\w*|ivg|law|documents|remark|prolog|guarantor|referrer|employer|partners)\b"
)
_GLN = re.compile(r"[0-9]{13}")
_SSN = re.compile(r"[0-9]{4,10}|756[0-9]{10}|438[0-9]{10}")


class Outcome(StrEnum):
    """What the office answers."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Answer:
    """All that an answer says beside what it repeats of the invoice."""

    outcome: Outcome
    answered: datetime
    office_name: str
    office_zip: str
    office_city: str
    findings: Sequence[Finding] = ()
    explanation: str = ""


def may_be_answered(invoice: Invoice, findings: Sequence[Finding] = ()) -> bool:
    """Whether the invoice says well enough who takes part that an answer in XML can repeat it."""
    if any(one.code.startswith(SHAPE) and not _NOT_REPEATED.search(one.field) for one in findings):
        return False
    insured = invoice.insured
    parties = [invoice.biller, invoice.debitor, invoice.provider, insured.party if insured else None]
    if not all(party is not None and party.name and party.zip and party.city for party in parties):
        return False
    glns = [invoice.sender, invoice.recipient, *(one.gln for one in _parties(invoice).values())]
    if not all(_GLN.fullmatch(gln) for gln in glns) or not invoice.request_id or not invoice.timestamp:
        return False
    days = (invoice.requested, invoice.begin, invoice.end, insured.birth if insured else None)
    return all(day is not None and day.value is not None for day in days) and bool(invoice.language)


def write_response(invoice: Invoice, answer: Answer) -> bytes:
    """The XML file of an answer; the same answer at the same moment gives the same bytes."""
    is_new = invoice.version == "5.0"
    root = etree.Element(f"{_NS}response", nsmap={"invoice": NAMESPACE}, language=invoice.language)
    root.set("modus", "test" if invoice.is_test else "production")
    if is_new:
        stamp = f"{invoice.guid}/{answer.outcome}/{answer.answered.isoformat()}"
        root.set("guid", uuid5(NAMESPACE_URL, stamp).hex)
    transport = _add(_add(root, "processing"), "transport", from_=invoice.recipient, to=invoice.sender)
    for number, via in enumerate(reversed(invoice.via), start=1):
        _add(transport, "via", via=via, sequence_id=str(number))
    payload = _add(root, "payload", response_timestamp=str(int(answer.answered.timestamp())))
    if is_new:
        payload.set("request_subtype", invoice.subtype)
    else:
        payload.set("storno", "true" if invoice.subtype is Subtype.STORNO else "false")
        payload.set("copy", "true" if "copy" in invoice.flags else "false")
    requested = invoice.requested.text if invoice.requested else ""
    _add(
        payload,
        "invoice",
        request_timestamp=str(invoice.timestamp),
        request_date=requested,
        request_id=invoice.request_id,
    )
    body = _add(payload, "body")
    _add(_add(body, "prolog"), "generator", name=GENERATOR, version="1")
    (_write_50 if is_new else _write_45)(body, invoice, answer)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _write_45(body: etree._Element, invoice: Invoice, answer: Answer) -> None:
    for name, party in _parties(invoice).items():
        _add(body, name, ean_party=party.gln)
    _write_patient(body, invoice)
    _write_treatment_ids(body, invoice)
    _write_contact(body, answer, ean_party=invoice.recipient)
    _write_outcome(body, invoice, answer)


def _write_50(body: etree._Element, invoice: Invoice, answer: Answer) -> None:
    parties = _parties(invoice)
    _write_address(_add(_add(body, "billers"), "biller_gln", gln=parties["biller"].gln), parties["biller"])
    _write_address(_add(body, "debitor", gln=parties["debitor"].gln), parties["debitor"])
    provider = parties["provider"]
    glns = {"gln": provider.gln, "gln_location": provider.location_gln or provider.gln}
    _write_address(_add(_add(body, "providers"), "provider_gln", **glns), provider)
    _write_address(_add(body, "insurance", gln=parties["insurance"].gln), parties["insurance"])
    _write_patient(body, invoice)
    _write_contact(body, answer, gln=invoice.recipient)
    period = {
        "date_begin": invoice.begin.text if invoice.begin else "",
        "date_end": invoice.end.text if invoice.end else "",
    }
    treatment = _add(body, "treatment", **period, canton=invoice.canton, reason=invoice.reason)
    _set_ids(treatment, invoice)
    tiers = _add(body, invoice.tiers)
    if invoice.tiers == "tiers_garant":
        _write_notification(tiers, "notification", invoice, answer)
        return
    if invoice.tiers == "tiers_payant":
        tiers.set("allowModification", "true" if invoice.allows_modification else "false")
    _write_outcome(tiers, invoice, answer)


def _parties(invoice: Invoice) -> dict[str, Party]:
    """Who took part; without an insurance of its own the debitor is it."""
    named = {"biller": invoice.biller, "debitor": invoice.debitor, "provider": invoice.provider}
    named["insurance"] = invoice.insurance or invoice.debitor
    return {name: party for name, party in named.items() if party is not None}


def _write_patient(body: etree._Element, invoice: Invoice) -> None:
    insured = invoice.insured
    assert insured is not None and insured.birth is not None
    patient = _add(body, "patient", gender=insured.gender, birthdate=insured.birth.text)
    if invoice.version == "5.0":
        patient.set("sex", insured.sex)
    if insured.ssn and (invoice.version == "5.0" or _SSN.fullmatch(insured.ssn.value)):
        patient.set("ssn", insured.ssn.value)
    _write_address(patient, insured.party)


def _write_treatment_ids(body: etree._Element, invoice: Invoice) -> None:
    if invoice.apid or invoice.acid:
        _set_ids(_add(body, "treatment"), invoice)


def _set_ids(treatment: etree._Element, invoice: Invoice) -> None:
    for name, value in (("apid", invoice.apid), ("acid", invoice.acid)):
        if value:
            treatment.set(name, value)


def _write_contact(body: etree._Element, answer: Answer, **gln: str) -> None:
    company = _add(_add(body, "contact", **gln), "company")
    _add(company, "companyname").text = answer.office_name[:35]
    postal = _add(company, "postal")
    _add(postal, "zip").text = answer.office_zip[:9]
    _add(postal, "city").text = answer.office_city[:35]


def _write_address(parent: etree._Element, party: Party) -> None:
    address = _add(parent, "person" if party.is_person else "company")
    if party.is_person:
        _add(address, "familyname").text = party.name
        _add(address, "givenname").text = party.given_name
    else:
        _add(address, "companyname").text = party.name
    postal = _add(address, "postal")
    if party.street:
        _add(postal, "street").text = party.street
    _add(postal, "zip").text = party.zip
    _add(postal, "city").text = party.city


def _write_outcome(parent: etree._Element, invoice: Invoice, answer: Answer) -> None:
    element = _write_notification(parent, answer.outcome, invoice, answer)
    if answer.outcome is Outcome.ACCEPTED and invoice.version == "5.0":
        _write_balance(element, invoice)


def _write_notification(
    parent: etree._Element, name: str, invoice: Invoice, answer: Answer
) -> etree._Element:
    is_cancelled = answer.outcome is Outcome.ACCEPTED and invoice.subtype is Subtype.STORNO
    status = "canceled" if is_cancelled else STATUS_OUT[answer.outcome]
    element = _add(parent, name, status_in="received", status_out=status)
    if answer.explanation:
        _add(element, "explanation").text = answer.explanation[: LONGEST_EXPLANATION[invoice.version]]
    if name == Outcome.ACCEPTED:
        return element
    for one in answer.findings:
        if one.severity is not Severity.INFO:
            _write_finding(element, "error" if name == Outcome.REJECTED else "message", one, invoice)
    return element


def _write_finding(element: etree._Element, name: str, one: Finding, invoice: Invoice) -> None:
    text = f"{one.message(invoice.language)} {one.what_to_do(invoice.language)}"
    row = _add(element, name, code=one.code, text=text[: LONGEST_TEXT[invoice.version]])
    if name == "message":
        return
    for attribute, value in (
        ("error_value", one.values.get("value")),
        ("valid_value", one.values.get("expected")),
    ):
        if value:
            row.set(attribute, value)
    if one.record_id:
        row.set("record_id", str(one.record_id))


def _write_balance(element: etree._Element, invoice: Invoice) -> None:
    amount = f"{invoice.balance.amount.value or 0:.2f}" if invoice.balance else "0.00"
    due = f"{invoice.total:.2f}"
    balance = _add(element, "balance", currency="CHF", amount=amount, amount_due=due)
    balance.set("amount_paid", "0.00")
    if invoice.tiers == "tiers_soldant":
        balance.set("amount_unpaid", due)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _NS + tag, {key.rstrip("_"): value for key, value in attributes.items()})
