"""From the elements of either version to one `Invoice`. What is missing stays empty: the grammar has told it."""

from __future__ import annotations

from lxml import etree

from accord.purchasing.invoices.rules.invoice import (
    Balance,
    Day,
    Identifier,
    Insured,
    Invoice,
    Line,
    Party,
    Slip,
    Subtype,
    VatRate,
)
from accord.purchasing.invoices.rules.lines import lines_of
from accord.purchasing.invoices.rules.numbers import plain_decision
from accord.purchasing.invoices.rules.reading import NAMESPACE
from accord.purchasing.invoices.rules.values import day_of, number_of, whole_of

LAWS = ("ivg", "kvg", "vvg", "uvg", "mvg", "org")
TIERS = ("tiers_payant", "tiers_garant", "tiers_soldant")
SLIPS = ("esrQR", "esrQRRed", "esrRed", "esr9")
GLN_ATTRIBUTES = frozenset(
    ("gln", "ean_party", "gln_location", "from", "to", "via", "send_copy_to_trustcenter")
)
LINE_GLNS = ("provider_id", "responsible_id")
_NS = f"{{{NAMESPACE}}}"
_TRUE = {"true", "1"}


def build_invoice(root: etree._Element, version: str) -> Invoice:
    """The invoice that these elements tell."""
    payload = _child(root, "payload")
    body = _child(payload, "body")
    transport = _child(_child(root, "processing"), "transport")
    head = _child(payload, "invoice")
    tiers = _first(body, TIERS)
    law = _child(body, "law") if version == "5.0" else _first(body, LAWS)
    treatment = _child(body, "treatment")
    subtype, flags = _subtype(payload, version)
    lines = lines_of(_child(body, "services"))
    patient = _insured(_child(tiers, "patient"))
    return Invoice(
        version=version,
        language=_get(root, "language"),
        is_test=_get(root, "modus") == "test",
        guid=_get(root, "guid"),
        sender=_get(transport, "from"),
        recipient=_get(transport, "to"),
        via=tuple(_get(one, "via") for one in _children(transport, "via")),
        is_reminder="reminder" in (_get(payload, "type"), _get(payload, "request_type")),
        has_reminder=_child(payload, "reminder") is not None,
        subtype=subtype,
        flags=flags,
        request_id=_get(head, "request_id"),
        timestamp=whole_of(_get(head, "request_timestamp")),
        requested=_day(head, "request_date", "request/payload/invoice"),
        role=_get(body, "role"),
        place=_get(body, "place"),
        tiers=_name(tiers),
        allows_modification=_get(tiers, "allowModification") in _TRUE,
        law=_get(law, "type") if version == "5.0" else _name(law).upper(),
        decision=_decision(law),
        law_ssn=_identifier(law, "ssn", "request/payload/body/ivg"),
        nif=_nif(root, law, version),
        begin=_day(treatment, "date_begin", "request/payload/body/treatment"),
        end=_day(treatment, "date_end", "request/payload/body/treatment"),
        canton=_get(treatment, "canton"),
        reason=_get(treatment, "reason"),
        apid=_get(treatment, "apid"),
        acid=_get(treatment, "acid"),
        glns=_glns(_child(root, "processing"), tiers, lines),
        biller=_party(
            _child(_child(tiers, "billers"), "biller_gln") if version == "5.0" else _child(tiers, "biller")
        ),
        debitor=_party(_child(tiers, "debitor")),
        provider=_party(
            _child(_child(tiers, "providers"), "provider_gln")
            if version == "5.0"
            else _child(tiers, "provider")
        ),
        insurance=_party(_child(tiers, "insurance")),
        insured=patient,
        balance=_balance(_child(tiers, "balance")),
        slip=_slip(_first(body, SLIPS)),
        lines=lines,
        line=root.sourceline or 0,
        payload_line=(payload.sourceline or 0) if payload is not None else 0,
    )


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else next(element.iterchildren(_NS + name), None)


def _first(element: etree._Element | None, names: tuple[str, ...]) -> etree._Element | None:
    if element is None:
        return None
    return next(element.iterchildren(*(_NS + name for name in names)), None)


def _children(element: etree._Element | None, name: str = "") -> list[etree._Element]:
    if element is None:
        return []
    return [child for child in element if not name or child.tag == _NS + name]


def _name(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).removeprefix(_NS)


def _get(element: etree._Element | None, name: str) -> str:
    return "" if element is None else str(element.get(name) or "").strip()


def _texts(element: etree._Element | None) -> dict[str, str]:
    """What its children say, by their names; of two of one name the first."""
    if element is None:
        return {}
    return {_name(child): (child.text or "").strip() for child in reversed(element)}


def _identifier(element: etree._Element | None, name: str, path: str) -> Identifier | None:
    value = _get(element, name)
    return (
        Identifier(value, element.sourceline or 0, f"{path}/@{name}")
        if value and element is not None
        else None
    )


def _decision(law: etree._Element | None) -> Identifier | None:
    found = _identifier(law, "case_id", f"request/payload/body/{_name(law)}")
    return Identifier(plain_decision(found.value), found.line, found.path) if found else None


def _nif(root: etree._Element, law: etree._Element | None, version: str) -> Identifier | None:
    """4.5 has an attribute for it; in 5.0 an instruction named `nif` carries it."""
    if version == "4.5":
        return _identifier(law, "nif", "request/payload/body/ivg")
    for one in root.iterfind(f"{_NS}processing/{_NS}instructions/{_NS}instruction"):
        if _get(one, "token").lower() == "nif":
            return _identifier(one, "value", "request/processing/instructions/instruction")
    return None


def _subtype(payload: etree._Element | None, version: str) -> tuple[Subtype, tuple[str, ...]]:
    """5.0 names it; 4.5 has two flags, of which a copy says that nothing new is asked."""
    if version == "5.0":
        named = _get(payload, "request_subtype") or "normal"
        return (Subtype(named) if named in set(Subtype) else Subtype.NORMAL), ()
    flags = tuple(name for name in ("storno", "copy") if _get(payload, name) in _TRUE)
    if "storno" in flags:
        return Subtype.STORNO, flags
    return (Subtype.COPY if "copy" in flags else Subtype.NORMAL), flags


def _glns(
    processing: etree._Element | None, tiers: etree._Element | None, lines: tuple[Line, ...]
) -> tuple[Identifier, ...]:
    """Every participant number of the file; each number once, where it stands first."""
    found: dict[str, Identifier] = {}
    for part in (processing, tiers):
        for element in () if part is None else part.iter():
            for name, value in element.items():
                if name in GLN_ATTRIBUTES and value not in found:
                    found[value] = Identifier(value, element.sourceline or 0, f"{_name(element)}/@{name}")
    for line in lines:
        if found.keys() >= set(line.glns):
            continue
        for name, value in zip(LINE_GLNS, line.glns, strict=True):
            if value not in found:
                found[value] = Identifier(value, line.line, f"{line.path}/@{name}")
    return tuple(found.values())


def _party(element: etree._Element | None) -> Party | None:
    if element is None:
        return None
    address = _first(element, ("company", "person"))
    is_person = _name(address) == "person"
    named, postal = _texts(address), _texts(_child(address, "postal"))
    return Party(
        gln=_get(element, "gln") or _get(element, "ean_party"),
        location_gln=_get(element, "gln_location"),
        name=named.get("familyname" if is_person else "companyname", ""),
        given_name=named.get("givenname", ""),
        department=named.get("department", ""),
        is_person=is_person,
        street=postal.get("street", ""),
        zip=postal.get("zip", ""),
        city=postal.get("city", ""),
        line=element.sourceline or 0,
    )


def _insured(element: etree._Element | None) -> Insured | None:
    party = _party(element)
    if party is None:
        return None
    path = "request/payload/body/patient"
    return Insured(
        party=party,
        gender=_get(element, "gender"),
        sex=_get(element, "sex"),
        birth=_day(element, "birthdate", path),
        ssn=_identifier(element, "ssn", path),
    )


def _balance(element: etree._Element | None) -> Balance | None:
    if element is None:
        return None
    vat = _child(element, "vat")
    return Balance(
        amount=number_of(_get(element, "amount")),
        reminder=number_of(_get(element, "amount_reminder") or "0"),
        prepaid=number_of(_get(element, "amount_prepaid") or "0"),
        due=number_of(_get(element, "amount_due")),
        vat=number_of(_get(vat, "vat")),
        rates=tuple(
            VatRate(
                number_of(_get(one, "vat_rate")),
                number_of(_get(one, "amount")),
                number_of(_get(one, "vat")),
                one.sourceline or 0,
            )
            for one in _children(vat, "vat_rate")
        ),
        line=element.sourceline or 0,
        vat_line=0 if vat is None else vat.sourceline or 0,
    )


def _slip(element: etree._Element | None) -> Slip | None:
    if element is None:
        return None
    path = f"request/payload/body/{_name(element)}"
    return Slip(
        kind=_name(element),
        iban=_identifier(element, "iban", path),
        reference=_identifier(element, "reference_number", path),
        creditor=_party(_child(element, "creditor")),
        line=element.sourceline or 0,
    )


def _day(element: etree._Element | None, name: str, path: str) -> Day | None:
    text = _get(element, name)
    return (
        Day(text, day_of(text), element.sourceline or 0, f"{path}/@{name}")
        if text and element is not None
        else None
    )
