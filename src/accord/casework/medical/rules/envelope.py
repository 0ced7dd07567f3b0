"""The envelope in which a document travels to and from an external dossier.

Its header has the fields of eCH-0058 v5 in their strict order, as they are seen in use; what is inside is ours:
the number of the case, and the file with its fingerprint. No person is named in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

HEADER = "http://www.ech.ch/xmlns/eCH-0058/5"
CONTENT = "urn:accord:dossier:1"
NEW = "1"
LONGEST_ID = 36
MANUFACTURER, PRODUCT = "Accord", "Accord"
FILE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_BYTES = 64 * 1024


class Unreadable(ValueError):
    """An envelope that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends what to whom, about which case."""

    sender: str
    recipient: str
    message_id: str
    message_type: str
    at: datetime
    case_number: str
    file_name: str
    sha256: str
    product_version: str = ""
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side says of a message: taken, or refused with its reason."""

    message_id: str
    is_accepted: bool
    reason: str = ""


def write_envelope(envelope: Envelope) -> bytes:
    """The envelope as XML."""
    root = ElementTree.Element(f"{{{CONTENT}}}delivery")
    header = ElementTree.SubElement(root, f"{{{CONTENT}}}deliveryHeader")
    for name, text in (
        ("senderId", envelope.sender),
        ("recipientId", envelope.recipient),
        ("messageId", envelope.message_id[:LONGEST_ID]),
        ("messageType", envelope.message_type),
    ):
        _add(header, HEADER, name, text)
    application = _add(header, HEADER, "sendingApplication")
    _add(application, HEADER, "manufacturer", MANUFACTURER)
    _add(application, HEADER, "product", PRODUCT)
    _add(application, HEADER, "productVersion", envelope.product_version)
    _add(header, HEADER, "messageDate", envelope.at.isoformat(timespec="seconds"))
    _add(header, HEADER, "action", NEW)
    _add(header, HEADER, "testDeliveryFlag", str(envelope.is_test).lower())
    content = _add(root, CONTENT, "document")
    _add(content, CONTENT, "caseNumber", envelope.case_number)
    _add(content, CONTENT, "fileName", envelope.file_name)
    _add(content, CONTENT, "sha256", envelope.sha256)
    ElementTree.register_namespace("eCH-0058", HEADER)
    ElementTree.register_namespace("accord", CONTENT)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def read_envelope(data: bytes) -> Envelope:
    """The envelope of a document that came in; Unreadable with the reason otherwise."""
    root = _parse(data)
    file_name, sha256 = _text(root, CONTENT, "fileName"), _text(root, CONTENT, "sha256").lower()
    if not FILE_NAME.fullmatch(file_name):
        raise Unreadable("fileName is no plain file name")
    if not SHA256.fullmatch(sha256):
        raise Unreadable("sha256 is no fingerprint")
    return Envelope(
        sender=_text(root, HEADER, "senderId"),
        recipient=_text(root, HEADER, "recipientId"),
        message_id=_text(root, HEADER, "messageId"),
        message_type=_text(root, HEADER, "messageType"),
        at=_instant(_text(root, HEADER, "messageDate")),
        case_number=_text(root, CONTENT, "caseNumber", needed=False),
        file_name=file_name,
        sha256=sha256,
        product_version=_text(root, HEADER, "productVersion", needed=False),
        is_test=_text(root, HEADER, "testDeliveryFlag", needed=False) in ("true", "1"),
    )


def read_receipt(data: bytes) -> Receipt:
    """What the other side says of a message that we sent; Unreadable with the reason otherwise."""
    root = _parse(data)
    state = _text(root, CONTENT, "state")
    if state not in ("accepted", "refused"):
        raise Unreadable("state is neither accepted nor refused")
    return Receipt(
        message_id=_text(root, CONTENT, "referenceMessageId"),
        is_accepted=state == "accepted",
        reason=_text(root, CONTENT, "reason", needed=False)[:200],
    )


def _add(parent: ElementTree.Element, space: str, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{space}}}{name}")
    child.text = text or None
    return child


def _parse(data: bytes) -> ElementTree.Element:
    """A small document in UTF-8 without any declaration of types or entities."""
    if len(data) > MOST_BYTES:
        raise Unreadable("the envelope is too large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Unreadable("the envelope is not in UTF-8") from trouble
    if "<!" in text.replace("<!--", ""):
        raise Unreadable("the envelope declares types or entities")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 — small, and without declarations
    except (ElementTree.ParseError, ValueError) as trouble:
        raise Unreadable("the envelope is no well-formed XML") from trouble


def _text(root: ElementTree.Element, space: str, name: str, *, needed: bool = True) -> str:
    found = root.find(f".//{{{space}}}{name}")
    text = (found.text or "").strip() if found is not None else ""
    if needed and not text:
        raise Unreadable(f"{name} is missing")
    return text


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as trouble:
        raise Unreadable("messageDate is no date") from trouble
