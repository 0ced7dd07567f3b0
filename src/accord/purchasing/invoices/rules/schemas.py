"""The official schemas, when their operator has installed them: found, recognised, compiled once, never fetched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.reading import NAMESPACE

XSD = "{http://www.w3.org/2001/XMLSchema}"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
XMLENC = "http://www.w3.org/2001/04/xmlenc#"
REQUEST, RESPONSE = "request", "response"
IMPORTED = {"xmldsig-core-schema.xsd": XMLDSIG, "xenc-schema.xsd": XMLENC}
"""What the official schemas import, under the names by which they do."""
MOST_BYTES = 1_000_000
MOST_MESSAGES = 50


class NotOfficial(Exception):
    """A folder does not hold the official schemas; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """One recognised file: what it describes (`request` or `response`) and its version, or what it is imported as."""

    path: Path
    root: str
    version: str


def recognise(folder: Path) -> list[SchemaFile]:
    """The official schemas in a folder, by their target namespace and their elements, whatever they are called."""
    found = []
    for path in sorted(folder.glob("*.xsd")):
        root = _parsed(path)
        if root is None:
            continue
        namespace = root.get("targetNamespace")
        if namespace == NAMESPACE:
            names = {str(element.get("name")) for element in root.findall(f"{XSD}element")}
            for name in names & {REQUEST, RESPONSE}:
                found.append(SchemaFile(path, name, _version_of(root)))
        elif IMPORTED.get(path.name) == namespace:
            found.append(SchemaFile(path, path.name, ""))
    return found


def _version_of(schema: etree._Element) -> str:
    """5.0 demands a guid on its root; 4.5 knows none."""
    root_types = [
        one
        for one in schema.findall(f"{XSD}complexType")
        if one.get("name") in ("requestType", "responseType")
    ]
    attributes = {str(one.get("name")) for type_ in root_types for one in type_.findall(f"{XSD}attribute")}
    return "5.0" if "guid" in attributes else "4.5"


def _parsed(path: Path) -> etree._Element | None:
    """A schema of the trusted folder: the two of the W3C begin with a document type, which is not loaded."""
    if path.stat().st_size > MOST_BYTES:
        return None
    try:
        return etree.fromstring(path.read_bytes(), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def install(source: Path, target: Path) -> list[SchemaFile]:
    """Copy the official schemas of a folder; NotOfficial when one is missing or cannot be compiled."""
    if not source.is_dir():
        raise NotOfficial(f"{source} is not a folder.")
    found = recognise(source)
    missing = [name for name in IMPORTED if name not in {one.root for one in found}]
    if not any(one.root == REQUEST for one in found):
        missing.insert(0, "generalInvoiceRequest (targetNamespace " + NAMESPACE + ")")
    if missing:
        raise NotOfficial(f"{source} does not hold: {', '.join(missing)}.")
    for one in found:
        if one.version and _compiled(one.path) is None:
            raise NotOfficial(f"{one.path.name} cannot be compiled; is it the unaltered official file?")
    target.mkdir(parents=True, exist_ok=True)
    for one in found:
        if one.path.resolve() != (target / one.path.name).resolve():
            shutil.copyfile(one.path, target / one.path.name)
    return found


@cache
def _compiled(path: Path) -> etree.XMLSchema | None:
    try:
        tree = etree.parse(str(path), _parser())
        for include in tree.iter(f"{XSD}import", f"{XSD}include", f"{XSD}redefine"):
            location = str(include.get("schemaLocation") or "").removeprefix("./")
            if location not in IMPORTED or not (path.parent / location).is_file():
                return None
        return etree.XMLSchema(tree)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError):
        return None


@cache
def installed(folder: Path) -> Mapping[tuple[str, str], Path]:
    """(root, version) → file, of the schemas in the operator's folder; empty when there is none."""
    if not folder.is_dir():
        return {}
    return {(one.root, one.version): one.path for one in recognise(folder) if one.version}


def schema_of(folder: Path | None, root: str, version: str) -> etree.XMLSchema | None:
    """The compiled official schema; None when it is not installed."""
    path = installed(folder).get((root, version)) if folder else None
    return _compiled(path) if path else None


def check_with(schema: etree.XMLSchema, root: etree._Element) -> Iterator[Finding]:
    """What the official schema says, with its lines."""
    if schema.validate(root):
        return
    for entry in list(schema.error_log)[:MOST_MESSAGES]:
        yield finding("schema.refused", entry.line, _path_of(entry.path or ""), reason=_plain(entry.message))


def _path_of(path: str) -> str:
    return path.replace("*", "").replace("invoice:", "").strip("/")


def _plain(message: str) -> str:
    return message.replace(f"{{{NAMESPACE}}}", "")
