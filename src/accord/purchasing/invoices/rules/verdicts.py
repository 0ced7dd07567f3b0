"""The verdict on one file: read safely, hold against grammar, official schema and our own checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from accord.purchasing.invoices.rules.building import build_invoice
from accord.purchasing.invoices.rules.checks import check_invoice
from accord.purchasing.invoices.rules.findings import Finding, Severity, finding, refuses
from accord.purchasing.invoices.rules.grammar import GRAMMARS
from accord.purchasing.invoices.rules.invoice import Invoice
from accord.purchasing.invoices.rules.reading import NAMESPACE, read_bytes, read_file
from accord.purchasing.invoices.rules.schemas import REQUEST, check_with, schema_of

ACCEPT, REJECT = "accept", "reject"
ENCRYPTED = "{http://www.w3.org/2001/04/xmlenc#}EncryptedData"
ONLY_50 = (
    "law",
    "billers",
    "providers",
    "partners",
    "esrQRRed",
    "tiers_soldant",
    "provider_gln",
    "biller_gln",
)
ONLY_45 = ("ivg", "kvg", "vvg", "uvg", "mvg", "org", "biller", "provider", "esr9", "esrRed", "demand", "bank")
WEIGHTS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one file; `schema_used` tells whether the official schema could be asked."""

    file: str
    version: str | None
    findings: tuple[Finding, ...]
    invoice: Invoice | None = None
    schema_used: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether nothing refuses it."""
        return not refuses(self.findings)

    @property
    def verdict(self) -> str:
        """`accept` or `reject`."""
        return ACCEPT if self.is_accepted else REJECT

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """The object that `accord invoices check --json` gives for a file."""
        return {
            "file": self.file,
            "version": self.version,
            "verdict": self.verdict,
            "schema": "used" if self.schema_used else "not used",
            "findings": [one.as_json(language) for one in self.findings],
        }


def check_file(path: Path, *, schemas: Path | None = None) -> Verdict:
    """The verdict on a file, which is never read when it is too large."""
    data = read_file(path)
    if isinstance(data, Finding):
        return Verdict(str(path), None, (data,))
    return check_bytes(data, name=str(path), schemas=schemas)


def check_bytes(data: bytes, *, name: str = "-", schemas: Path | None = None) -> Verdict:
    """The verdict on the bytes of a file; `schemas` is the folder of the official ones."""
    reading = read_bytes(data)
    if reading.root is None:
        return Verdict(name, None, reading.findings)
    wrong = _wrong_root(reading.root)
    if wrong is not None:
        return Verdict(name, None, (wrong,))
    return _verdict_on(reading.root, name, schemas)


def _wrong_root(root: etree._Element) -> Finding | None:
    tag = etree.QName(root)
    line = root.sourceline or 0
    if tag.localname != REQUEST:
        return finding("xml.root", line, tag.localname, value=tag.localname)
    if tag.namespace != NAMESPACE:
        return finding("xml.namespace", line, REQUEST, value=tag.namespace or "", expected=NAMESPACE)
    return None


def version_of(root: etree._Element) -> str:
    """4.5 or 5.0, by structure: both have one namespace and one root, and neither says its version."""
    if root.get("guid") is not None:
        return "5.0"
    new = sum(root.find(f".//{{{NAMESPACE}}}{name}") is not None for name in ONLY_50)
    old = sum(root.find(f".//{{{NAMESPACE}}}{name}") is not None for name in ONLY_45)
    return "5.0" if new > old else "4.5"


def _verdict_on(root: etree._Element, name: str, schemas: Path | None) -> Verdict:
    version = version_of(root)
    schema = schema_of(schemas, REQUEST, version)
    found = _shape_findings(root, version, schema)
    payload = root.find(f"{{{NAMESPACE}}}payload")
    encrypted = None if payload is None else payload.find(ENCRYPTED)
    if encrypted is not None:
        found.append(finding("body.encrypted", encrypted.sourceline or 0, "request/payload/EncryptedData"))
        return Verdict(name, version, tuple(found), None, schema is not None)
    invoice = build_invoice(root, version)
    found += check_invoice(invoice)
    return Verdict(name, version, tuple(sorted(found, key=_by_weight)), invoice, schema is not None)


def _shape_findings(root: etree._Element, version: str, schema: etree.XMLSchema | None) -> list[Finding]:
    """What stands against the shape: the schema's word is final, our own sentences explain it better."""
    if schema is None:
        return GRAMMARS[version].check(root)
    refused = list(check_with(schema, root))
    if not refused:
        return []
    found = GRAMMARS[version].check(root)
    told = {one.line for one in found}
    return found + [one for one in refused if one.line not in told]


def _by_weight(one: Finding) -> tuple[int, int]:
    return WEIGHTS[one.severity], one.line
