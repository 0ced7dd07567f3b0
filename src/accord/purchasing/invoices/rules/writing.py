"""Write an invoice as its provider's program would: the same form, in 4.5 or 5.0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from accord.purchasing.invoices.rules.invoice import Subtype
from accord.purchasing.invoices.rules.numbers import is_qr_iban
from accord.purchasing.invoices.rules.reading import NAMESPACE
from accord.purchasing.providers.rules.tariffs import amount_of

TARIFF = "904"
GENERATOR = "Accord"
_NS = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Address:
    """A company, or a person when it has a given name."""

    name: str
    street: str
    zip: str
    city: str
    gln: str = ""
    given_name: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as its provider types it; the amount follows."""

    code: str
    name: str
    quantity: Decimal
    price: Decimal
    begin: date
    end: date | None = None

    @property
    def amount(self) -> Decimal:
        """Quantity × price, to the centime."""
        return amount_of(self.quantity, self.price)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that an invoice for a vocational measure says."""

    version: str
    request_id: str
    requested: datetime
    provider: Address
    office: Address
    insured: Address
    gender: str
    birth: date
    ssn: str
    decision: str
    iban: str
    lines: Sequence[DraftLine]
    canton: str
    reference: str = ""
    nif: str = ""
    zsr: str = "A000000"
    language: str = "fr"
    subtype: Subtype = Subtype.NORMAL
    is_test: bool = False
    remark: str = ""

    @property
    def guid(self) -> str:
        """The same for the same invoice of the same provider: sent again, it is recognised."""
        return uuid5(NAMESPACE_URL, f"{self.provider.gln}/{self.request_id}/{self.subtype}").hex

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def begin(self) -> date:
        """The first day of service."""
        return min(line.begin for line in self.lines)

    @property
    def end(self) -> date:
        """The last day of service."""
        return max(line.end or line.begin for line in self.lines)


def write_invoice(draft: Draft) -> bytes:
    """The XML file of an invoice."""
    root = etree.Element(f"{_NS}request", nsmap={"invoice": NAMESPACE}, language=draft.language)
    root.set("modus", "test" if draft.is_test else "production")
    is_new = draft.version == "5.0"
    if is_new:
        root.set("guid", draft.guid)
    _write_processing(root, draft)
    payload = _add(root, "payload")
    _mark(payload, draft)
    _add(
        payload,
        "invoice",
        request_timestamp=str(int(draft.requested.timestamp())),
        request_date=_moment(draft.requested),
        request_id=draft.request_id,
    )
    body = _add(payload, "body", role="other", place="company")
    _add(_add(body, "prolog"), "generator", name=GENERATOR, version="1")
    if draft.remark:
        _add(body, "remark").text = draft.remark
    _write_tiers(body, draft)
    _write_slip(body, draft)
    _write_law(body, draft)
    _add(
        body,
        "treatment",
        date_begin=_day(draft.begin, is_new),
        date_end=_day(draft.end, is_new),
        canton=draft.canton,
        reason="unknown",
    )
    services = _add(body, "services")
    for number, line in enumerate(draft.lines, start=1):
        _write_line(services, number, line, draft)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _NS + tag, {key.rstrip("_"): value for key, value in attributes.items()})


def _moment(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _day(day: date, is_bare: bool) -> str:
    """5.0 writes bare dates where 4.5 writes instants."""
    return day.isoformat() if is_bare else _moment(datetime.combine(day, time(), UTC))


def _write_processing(root: etree._Element, draft: Draft) -> None:
    processing = _add(root, "processing")
    transport = _add(processing, "transport", from_=draft.provider.gln, to=draft.office.gln)
    _add(transport, "via", via=draft.office.gln, sequence_id="1")
    if draft.nif and draft.version == "5.0":
        _add(_add(processing, "instructions"), "instruction", token="nif", value=draft.nif)  # noqa: S106


def _mark(payload: etree._Element, draft: Draft) -> None:
    if draft.version == "5.0":
        payload.set("request_type", "invoice")
        payload.set("request_subtype", draft.subtype)
        return
    payload.set("type", "invoice")
    payload.set("storno", "true" if draft.subtype in (Subtype.STORNO, Subtype.REFUND) else "false")
    payload.set("copy", "true" if draft.subtype is Subtype.COPY else "false")


def _write_tiers(body: etree._Element, draft: Draft) -> None:
    if draft.version == "5.0":
        tiers = _add(body, "tiers_payant", allowModification="false")
        _write_address(_add(_add(tiers, "billers"), "biller_gln", gln=draft.provider.gln), draft.provider)
        _write_address(_add(tiers, "debitor", gln=draft.office.gln), draft.office)
        providers = _add(tiers, "providers")
        glns = {"gln": draft.provider.gln, "gln_location": draft.provider.gln}
        _write_address(_add(providers, "provider_gln", **glns), draft.provider)
        _write_address(_add(tiers, "insurance", gln=draft.office.gln), draft.office)
        person = {
            "gender": draft.gender,
            "sex": draft.gender,
            "birthdate": draft.birth.isoformat(),
            "ssn": draft.ssn,
        }
        _write_address(_add(tiers, "patient", **person), draft.insured)
        _write_address(_add(tiers, "guarantor"), draft.insured)
        _add(tiers, "partners")
    else:
        tiers = _add(body, "tiers_payant", payment_period="P30D")
        _write_address(_add(tiers, "biller", ean_party=draft.provider.gln), draft.provider)
        _write_address(_add(tiers, "debitor", ean_party=draft.office.gln), draft.office)
        _write_address(_add(tiers, "provider", ean_party=draft.provider.gln, zsr=draft.zsr), draft.provider)
        _write_address(_add(tiers, "insurance", ean_party=draft.office.gln), draft.office)
        person = {"gender": draft.gender, "birthdate": _day(draft.birth, False), "ssn": draft.ssn}
        _write_address(_add(tiers, "patient", **person), draft.insured)
        _write_address(_add(tiers, "guarantor"), draft.insured)
    balance = _add(
        tiers, "balance", currency="CHF", amount=f"{draft.total:.2f}", amount_due=f"{draft.total:.2f}"
    )
    _add(
        _add(balance, "vat", vat="0.00"), "vat_rate", vat_rate="0.00", amount=f"{draft.total:.2f}", vat="0.00"
    )


def _write_address(parent: etree._Element, address: Address) -> None:
    if address.given_name:
        own = _add(parent, "person")
        _add(own, "familyname").text = address.name[:35]
        _add(own, "givenname").text = address.given_name[:35]
    else:
        own = _add(parent, "company")
        _add(own, "companyname").text = address.name[:35]
    postal = _add(own, "postal")
    if address.street:
        _add(postal, "street").text = address.street[:35]
    _add(postal, "zip").text = address.zip[:9]
    _add(postal, "city").text = address.city[:35]


def _write_slip(body: etree._Element, draft: Draft) -> None:
    slip = "esrQR" if draft.version == "4.5" or is_qr_iban(draft.iban) else "esrQRRed"
    element = _add(body, slip, iban=draft.iban)
    if slip == "esrQR" and draft.version == "4.5" and not is_qr_iban(draft.iban):
        element.set("type", "redPayinSlipQR")
    if draft.reference:
        element.set("reference_number", draft.reference)
    if draft.version == "4.5":
        _write_address(_add(element, "bank"), draft.provider)
    _write_address(_add(element, "creditor"), draft.provider)


def _write_law(body: etree._Element, draft: Draft) -> None:
    if draft.version == "5.0":
        _add(body, "law", type="IVG", case_id=draft.decision)
        return
    ivg = _add(body, "ivg", case_id=draft.decision, ssn=draft.ssn)
    if draft.nif:
        ivg.set("nif", draft.nif)


def _write_line(services: etree._Element, number: int, line: DraftLine, draft: Draft) -> None:
    service = _add(
        services,
        "service",
        record_id=str(number),
        tariff_type=TARIFF,
        code=line.code,
        name=line.name[:350],
        quantity=f"{line.quantity.normalize():f}",
        date_begin=_day(line.begin, False),
        provider_id=draft.provider.gln,
        responsible_id=draft.provider.gln,
        unit=f"{line.price:.2f}",
        amount=f"{line.amount:.2f}",
    )
    if line.end is not None:
        service.set("date_end", _day(line.end, False))
