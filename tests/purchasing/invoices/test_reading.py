"""Whatever the bytes are, there is a verdict: never an exception, never a way out of the file."""

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.purchasing.invoices.rules import Severity, check_bytes, kinds
from accord.purchasing.invoices.rules.findings import LANGUAGES, finding
from accord.purchasing.invoices.rules.reading import DEEPEST, MOST_BYTES, MOST_TAGS, read_bytes
from purchasing.invoices.official import VALID

PLAIN = next(path for path in VALID if path.name == "4.5-month-and-days.xml").read_bytes()
NEW = next(path for path in VALID if path.name == "5.0-month-and-days.xml").read_bytes()
HEAD = b"<invoice:request "


def codes(data: bytes) -> list[str]:
    return [one.code for one in check_bytes(data).findings if one.severity is not Severity.INFO]


def before_root(what: bytes) -> bytes:
    return PLAIN.replace(HEAD, what + b"\n" + HEAD, 1)


class TestTricksAreRefusedByName:
    def test_a_bomb_of_entities_costs_no_time(self) -> None:
        levels = "".join(f"<!ENTITY a{i + 1} '{f'&a{i};' * 10}'>" for i in range(12))
        bomb = before_root(f"<!DOCTYPE x [<!ENTITY a0 'ha'>{levels}]>".encode()).replace(b"Favre", b"&a12;")
        begun = time.perf_counter()
        assert codes(bomb) == ["xml.entity"]
        assert time.perf_counter() - begun < 1

    @pytest.mark.parametrize(
        "doctype",
        [
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
            "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://example.com/p'> %p;]>",
            "<!DOCTYPE x PUBLIC '-//X//Y' 'http://example.com/x.dtd'>",
            "<!-- hidden --><!DOCTYPE x SYSTEM 'x.dtd'>",
        ],
    )
    def test_nothing_outside_is_followed(self, doctype: str) -> None:
        assert codes(before_root(doctype.encode())) == ["xml.external"]

    def test_an_inner_document_type_and_an_unknown_entity(self) -> None:
        assert codes(before_root(b"<!DOCTYPE x [<!ELEMENT x ANY>]>")) == ["xml.doctype"]
        assert codes(PLAIN.replace(b"Favre", b"&unheard;")) == ["xml.malformed"]

    def test_an_inclusion_and_an_instruction(self) -> None:
        include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
        assert codes(PLAIN.replace(b"<invoice:services>", b"<invoice:services>" + include)) == ["xml.include"]
        assert codes(PLAIN.replace(b"<invoice:services>", b"<invoice:services><?php x?>")) == [
            "xml.instruction"
        ]

    @pytest.mark.parametrize("encoding", ["UTF-7", "utf-32", "EBCDIC-CP-CH", "hz", "x", "UTF-16"])
    def test_an_announced_encoding_that_hides_something(self, encoding: str) -> None:
        assert codes(PLAIN.replace(b"UTF-8", encoding.encode())) == ["xml.encoding_refused"]

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
    def test_wide_characters_without_their_mark(self, codec: str) -> None:
        assert codes(PLAIN.decode().encode(codec)) == ["xml.encoding_refused"]

    def test_utf_7_in_disguise_is_no_document_type(self) -> None:
        assert codes(b"+ADw-" + PLAIN) == ["xml.malformed"]

    def test_a_hint_to_a_schema_elsewhere_is_not_followed(self, tmp_path: Path) -> None:
        where = b'xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="http://x file:///etc/passwd" '
        assert codes(PLAIN.replace(HEAD, HEAD + where, 1)) == []


class TestBounds:
    def test_one_byte_above_the_limit(self) -> None:
        assert codes(PLAIN + b" " * (MOST_BYTES + 1 - len(PLAIN))) == ["file.too_large"]
        assert codes(PLAIN + b" " * (MOST_BYTES - len(PLAIN))) == []

    def test_a_large_attached_document_is_taken(self) -> None:
        document = (
            b'<invoice:documents number="1"><invoice:document title="Rapport" filename="r.pdf"'
            b' mimeType="application/pdf"><invoice:base64>'
        )
        attached = (
            document + b"QUJD" * 3_500_000 + b"</invoice:base64></invoice:document></invoice:documents>"
        )
        assert codes(PLAIN.replace(b"</invoice:services>", b"</invoice:services>" + attached)) == []

    def test_too_many_tags_and_too_many_attributes(self) -> None:
        assert codes(b"<a>" + b"<b/>" * MOST_TAGS + b"</a>") == ["xml.too_many"]
        many = b" ".join(b'a%d="1"' % number for number in range(101))
        assert codes(PLAIN.replace(HEAD, HEAD + many + b" ")) == ["xml.too_many"]

    def test_depth(self) -> None:
        assert codes(b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1)) == ["xml.too_deep"]
        assert codes(b"<a>" * 5000 + b"</a>" * 5000) == ["xml.too_deep"]

    def test_thousands_of_lines_are_checked_in_moments(self) -> None:
        start, end = PLAIN.index(b"<invoice:service "), PLAIN.index(b"</invoice:services>")
        lines = b"".join(
            PLAIN[start:end].replace(b'record_id="1"', b'record_id="%d"' % number)
            for number in range(3, 5000)
        )
        begun = time.perf_counter()
        assert "record.twice" in codes(PLAIN[:end] + lines + PLAIN[end:])
        assert time.perf_counter() - begun < 20


class TestEncodings:
    @pytest.mark.parametrize(
        ("name", "codec"),
        [
            ("UTF-8", "utf-8"),
            ("utf-8", "utf-8-sig"),
            ("ISO-8859-1", "latin-1"),
            ("UTF-16", "utf-16"),
            ("windows-1252", "cp1252"),
        ],
    )
    def test_the_same_invoice_is_read_from_each(self, name: str, codec: str) -> None:
        data = PLAIN.decode().replace("UTF-8", name).encode(codec)
        verdict = check_bytes(data)
        assert verdict.is_accepted and verdict.invoice is not None
        assert verdict.invoice.biller is not None and verdict.invoice.biller.name == "Atelier du Rhône"

    def test_bytes_that_are_not_of_the_announced_encoding_are_found_with_line_and_column(self) -> None:
        found = check_bytes(PLAIN.decode().encode("latin-1")).findings[0]
        line = PLAIN.split("ô".encode())[0].count(b"\n") + 1
        assert (found.code, found.line) == ("xml.encoding_wrong", line)
        assert int(found.values["column"]) > 10

    def test_a_byte_order_mark_that_contradicts_the_announcement(self) -> None:
        assert codes(codecs.BOM_UTF8 + PLAIN.replace(b"UTF-8", b"ISO-8859-1")) == ["xml.encoding_refused"]


class TestTheCatalogue:
    def test_every_finding_speaks_four_languages_with_the_same_values(self) -> None:
        for kind in kinds().values():
            assert set(kind.message) == set(kind.what_to_do) == set(LANGUAGES)
            named = {language: set(_names(kind.message[language])) for language in LANGUAGES}
            assert len({frozenset(names) for names in named.values()}) == 1, kind.code

    def test_a_long_or_strange_value_is_shortened(self) -> None:
        message = finding("shape.value", 1, "", value="x" * 500 + "\x00", expected="y").message("de")
        assert len(message) < 200


def _names(sentence: str) -> list[str]:
    return [part.split("}")[0] for part in sentence.split("{")[1:]]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_a_verdict(data: bytes) -> None:
    assert check_bytes(data).verdict == "reject"


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from([PLAIN, NEW]))
def test_any_damage_to_a_valid_invoice_gets_a_verdict(data: st.DataObject, invoice: bytes) -> None:
    start = data.draw(st.integers(0, len(invoice)))
    end = data.draw(st.integers(start, min(len(invoice), start + 60)))
    put = data.draw(
        st.one_of(
            st.binary(max_size=20), st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace"))
        )
    )
    verdict = check_bytes(invoice[:start] + put + invoice[end:])
    for one in verdict.findings:
        assert one.line >= 0 and one.message() and one.what_to_do()


VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["NaN", "INF", "-INF", "1E999999", "-1E-999999", "9" * 400, "-0", "0x1", "٣", "5.0E3", "1e400"]),
    st.sampled_from(["9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "24:00", "2026-07-01T24:00:00"]),
    st.sampled_from(["", "RF", "CH", "756"]),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.data(), VALUES, st.sampled_from([PLAIN, NEW]))
def test_any_value_in_any_attribute_gets_a_verdict(data: st.DataObject, value: str, invoice: bytes) -> None:
    root = read_bytes(invoice).root
    assert root is not None
    elements = [element for element in root.iter() if element.attrib]
    element = data.draw(st.sampled_from(elements))
    name = data.draw(st.sampled_from(sorted(element.attrib)))
    try:
        element.set(name, value)
    except ValueError:
        return
    from lxml import etree

    assert check_bytes(etree.tostring(root)).verdict in {"accept", "reject"}
