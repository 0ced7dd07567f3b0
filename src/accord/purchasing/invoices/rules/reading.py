"""Read an invoice safely: bounded, decoded by ourselves, without any way out of the file.

The bytes are decoded here and handed to the parser as UTF-8, so that what was searched for tricks is what is
parsed. A document type is refused before the parser sees it; entities and the network are off all the same.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from accord.purchasing.invoices.rules.findings import Finding, finding

NAMESPACE = "http://www.forum-datenaustausch.ch/invoice"
XINCLUDE = "http://www.w3.org/2001/XInclude"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

MOST_BYTES = 20 * 1024 * 1024
FIRST_PIECE = 65_536
"""Most invoices are shorter: room for the longest is asked for only when one is not."""
MOST_TAGS = 1_000_000
MOST_ATTRIBUTES = 3_000_000
MOST_ATTRIBUTES_OF_ONE = 100
DEEPEST = 40
PLAIN_PARSER_BYTES = 10_000_000
"""Above this the parser's own limit on one text (an attached document) must be lifted."""

ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "iso8859-1": "latin-1",
    "latin1": "latin-1",
    "latin-1": "latin-1",
    "iso-8859-15": "iso8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16",
    "utf-16be": "utf-16",
}
WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_DECLARATION = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']{0,60})["'][^>]*?\?>""")
_ANY_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_BEFORE_ROOT = re.compile(r"(?:\s+|<!--(?:(?!--).)*-->|<\?xml\s[^>]*?\?>)*", re.DOTALL)
_EXTERNAL = re.compile(r"\b(?:SYSTEM|PUBLIC)\b")
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEEPEST + 1)})")
_TOO_RICH = etree.XPath(f"boolean(//*/@*[{MOST_ATTRIBUTES_OF_ONE + 1}])")
_LOCATED = etree.XPath("//*[@xsi:*]", namespaces={"xsi": XSI})
_INCLUSIONS = etree.XPath("//xi:*", namespaces={"xi": XINCLUDE})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the root element, or the findings that refused it."""

    root: etree._Element | None
    findings: tuple[Finding, ...] = ()


def read_file(path: Path) -> bytes | Finding:
    """The bytes of a file; a finding when it cannot be opened or is too large, which is seen before reading."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return too_large(size)
        with path.open("rb") as stream:
            return read_stream(stream)
    except OSError as trouble:
        return finding("file.unreadable", reason=trouble.strerror or type(trouble).__name__)


def read_stream(stream: BinaryIO) -> bytes | Finding:
    """The bytes of a stream, which may not be longer than a file may."""
    data = stream.read(FIRST_PIECE)
    if len(data) == FIRST_PIECE:
        data += stream.read(MOST_BYTES + 1 - FIRST_PIECE)
    return too_large(len(data)) if len(data) > MOST_BYTES else data


def too_large(size: int) -> Finding:
    """The finding on a file above the limit."""
    return finding("file.too_large", size=f"{size / 1024 / 1024:.1f}", limit=MOST_BYTES // 1024 // 1024)


def read_bytes(data: bytes) -> Reading:
    """Parse the bytes of one file into its root element, or say why not."""
    if len(data) > MOST_BYTES:
        return Reading(None, (too_large(len(data)),))
    text = _decoded(data)
    if isinstance(text, Finding):
        return Reading(None, (text,))
    refused = _tricks(text)
    if refused is None:
        refused = _too_much(text)
    if refused is not None:
        return Reading(None, (refused,))
    return _parsed(_ANY_DECLARATION.sub(_same_lines, text, count=1) if text.startswith("<?xml") else text)


def _same_lines(declaration: re.Match[str]) -> str:
    return "\n" * declaration[0].count("\n")


def _decoded(data: bytes) -> str | Finding:
    """The text of the file, by the encoding that it has and says it has; both must agree."""
    if not data.strip():
        return finding("xml.empty")
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return finding("xml.encoding_refused", 1, encoding="UTF-32")
    wide = next((codec for mark, codec in WIDE_MARKS.items() if data.startswith(mark)), None)
    if wide:
        return _decoded_as(data[2:], wide, {"utf-16"})
    if b"\0" in data[:64]:
        return finding("xml.encoding_refused", 1, encoding="UTF-16/UTF-32 without a byte order mark")
    if data.startswith(codecs.BOM_UTF8):
        return _decoded_as(data[3:], "utf-8", {"utf-8"})
    declared = _declared(data[:400].decode("latin-1"))
    codec = ENCODINGS.get((declared or "utf-8").lower())
    if codec is None or codec == "utf-16":
        return finding("xml.encoding_refused", 1, encoding=declared)
    return _decoded_as(data, codec, {codec})


def _declared(head: str) -> str | None:
    found = _DECLARATION.match(head)
    return found[1] if found else None


def _decoded_as(data: bytes, codec: str, expected: set[str]) -> str | Finding:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as trouble:
        line = data[: trouble.start].count(b"\n") + 1
        column = trouble.start - data.rfind(b"\n", 0, trouble.start)
        return finding("xml.encoding_wrong", line, encoding=codec.upper(), column=column)
    declared = _declared(text[:400])
    if declared is not None and ENCODINGS.get(declared.lower()) not in expected:
        return finding("xml.encoding_refused", 1, encoding=declared)
    return text


def _tricks(text: str) -> Finding | None:
    """A document type can stand only before the root element: there it is looked for, by name."""
    found = _BEFORE_ROOT.match(text)
    start = found.end() if found else 0
    line = text.count("\n", 0, start) + 1
    if text.startswith("<!DOCTYPE", start):
        body = text[start : start + 20_000]
        code = "xml.entity" if "<!ENTITY" in body else "xml.doctype"
        return finding("xml.external" if _EXTERNAL.search(body) else code, line)
    if text.startswith("<?", start) and not text.startswith("<?xml ", start):
        return finding(
            "xml.instruction",
            line,
            name=text[start + 2 : start + 30].split("?", maxsplit=1)[0].split(" ", maxsplit=1)[0],
        )
    return None


def _too_much(text: str) -> Finding | None:
    """More tags or attributes than any invoice has would fill the memory."""
    if len(text) <= MOST_TAGS:
        return None
    if text.count("<") > MOST_TAGS:
        return finding("xml.too_many", what="tags", limit=MOST_TAGS)
    if text.count("=") > MOST_ATTRIBUTES:
        return finding("xml.too_many", what="attributes", limit=MOST_ATTRIBUTES)
    return None


def _parsed(text: str) -> Reading:
    data = text.encode("utf-8")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=len(data) > PLAIN_PARSER_BYTES,
        remove_comments=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as trouble:
        line, column = trouble.position
        reason = (trouble.msg or "").rsplit(", line", 1)[0]
        code = "xml.too_deep" if "depth" in reason.lower() else "xml.malformed"
        return Reading(None, (finding(code, line, column=column, reason=reason, limit=DEEPEST),))
    if root.getroottree().docinfo.doctype:
        return Reading(None, (finding("xml.doctype"),))
    refused = _strange_nodes(root, text)
    if refused is not None:
        return Reading(None, (refused,))
    if "chemaLocation" in text:
        _forget_locations(root)
    return Reading(root)


def _strange_nodes(root: etree._Element, text: str) -> Finding | None:
    """Instructions, inclusions, references and depth that no invoice has."""
    if "<?" in text or "&" in text:
        for node in root.iter(etree.ProcessingInstruction, etree.Entity):
            code = "xml.entity" if node.tag is etree.Entity else "xml.instruction"
            return finding(
                code, node.sourceline or 0, name=getattr(node, "target", getattr(node, "name", ""))
            )
    if XINCLUDE in text:
        for node in _INCLUSIONS(root):
            return finding("xml.include", node.sourceline or 0)
    if _TOO_DEEP(root):
        return finding("xml.too_deep", limit=DEEPEST)
    if _TOO_RICH(root):
        return finding("xml.too_many", what="attributes of one element", limit=MOST_ATTRIBUTES_OF_ONE)
    return None


def _forget_locations(root: etree._Element) -> None:
    """A schema that the sender names is never loaded: the hint is taken off."""
    for element in _LOCATED(root):
        for name in ("schemaLocation", "noNamespaceSchemaLocation"):
            element.attrib.pop(f"{{{XSI}}}{name}", None)
