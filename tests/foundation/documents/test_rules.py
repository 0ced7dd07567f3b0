"""What a file is, and what must not be in it."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.foundation.documents.rules import Fault, archive_fault, archives, pdf_holds, recognise
from accord.foundation.documents.rules.recognising import DOCX, JPEG, ODT, PDF, PNG
from foundation.documents.samples import container, docx, odt, pdf, picture


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pdf(), PDF),
        (picture("PNG"), PNG),
        (picture("JPEG"), JPEG),
        (docx(), DOCX),
        (odt(), ODT),
        (container({"a.txt": b"a"}), None),
        (container({"mimetype": b"application/x-something"}), None),
        (b"<html><script>alert(1)</script>", None),
        (b"GIF89a", None),
        (b"MZ\x90\x00", None),
        (b"junk before %PDF-1.7", None),
        (b"PK\x03\x04 broken", None),
        (b"", None),
    ],
)
def test_the_content_tells_what_it_is(content, expected):
    assert recognise(content) == expected


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({}, None),
        ({"../../etc/passwd": b"x"}, Fault.TRAVERSAL),
        ({"/etc/passwd": b"x"}, Fault.TRAVERSAL),
        ({"C:\\windows": b"x"}, Fault.TRAVERSAL),
        ({"word/vbaProject.bin": b"x"}, Fault.MACRO),
        ({"Basic/Standard/Module1.xml": b"x"}, Fault.MACRO),
        (
            {"[Content_Types].xml": b"<Override ContentType='application/vnd.ms-word.macroEnabled'/>"},
            Fault.MACRO,
        ),
        (
            {"word/_rels/settings.xml.rels": b'<Rel Type="attachedTemplate" TargetMode="External"/>'},
            Fault.MACRO,
        ),
        ({"word/embeddings/inner.bin": container({"a": b"a"})}, Fault.NESTED),
        ({"media/harmless.xml": b"7z\xbc\xaf\x27\x1c"}, Fault.NESTED),
        ({"big.xml": b"\0" * (11 * 1024 * 1024)}, Fault.BOMB),
        ({f"{number}.xml": b"" for number in range(archives.MOST_ENTRIES)}, Fault.BOMB),
    ],
)
def test_containers_are_looked_through(entries, fault):
    assert archive_fault(docx(entries)) == fault


def test_a_lying_directory_is_found_out():
    good = docx({"word/big.xml": b"a" * 1000})
    assert archive_fault(good.replace(b"\xe8\x03\x00\x00", b"\x01\x00\x00\x00")) == Fault.BROKEN


def test_a_cut_container_is_broken():
    assert archive_fault(docx()[:-30]) == Fault.BROKEN


@given(st.binary(max_size=300))
def test_no_bytes_upset_the_rules(noise):
    for content in (noise, b"PK\x03\x04" + noise, docx() + noise, b"%PDF-1.7" + noise):
        recognise(content)
        archive_fault(content)
        pdf_holds(content)


@pytest.mark.parametrize(
    ("extra", "holds"),
    [
        (b"", set()),
        (b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", {"active"}),
        (b"/OpenAction << /S /J#61vaScript /JS (x) >>", {"active"}),
        (b"/OpenAction << /S /Launch /F (calc.exe) >>", {"active"}),
        (b"/Names << /EmbeddedFiles << /Names [] >> >>", {"attachment"}),
        (b"/LaunchDate (yesterday)", set()),
    ],
)
def test_what_acts_in_a_pdf_is_found(extra, holds):
    assert pdf_holds(pdf(extra)) == holds


def test_it_is_found_in_a_compressed_object_stream():
    inner = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert) >>")
    stream = b"9 0 obj << /Type /ObjStm /N 1 /First 4 /Length %d >>\nstream\n%s\nendstream endobj" % (
        len(inner),
        inner,
    )
    assert pdf_holds(pdf() + stream) == {"active"}
