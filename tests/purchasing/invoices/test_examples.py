"""The examples of the repository, through the command: valid ones are accepted, each fault is named."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from accord.cli import main
from purchasing.invoices.official import EXAMPLES, FOLDER, INVALID, VALID, needs_schemas

FAULTS = {
    "announced-utf-7": "xml.encoding_refused",
    "avs-check-digit": "ssn.check_digit",
    "born-after-service": "birth.after",
    "days-over-two-months": "tariff.two_months",
    "decision-too-short": "decision.form",
    "decision-with-dots": "shape.value",
    "due-off-by-a-centime": "balance.due",
    "empty": "xml.empty",
    "encrypted": "body.encrypted",
    "euros": "shape.value",
    "external-doctype": "xml.external",
    "external-entity": "xml.external",
    "gln-check-digit": "gln.check_digit",
    "iban-check-digit": "iban.check_digit",
    "line-ends-before-it-begins": "line.order",
    "line-number-twice": "record.twice",
    "line-off-by-a-centime": "line.amount",
    "missing-treatment": "shape.missing_element",
    "month-of-31-days": "tariff.no_share",
    "negative-quantity": "number.negative",
    "nested-too-deep": "xml.too_deep",
    "not-an-invoice": "xml.root",
    "not-well-formed": "xml.malformed",
    "not-xml": "xml.malformed",
    "processing-instruction": "xml.instruction",
    "qr-iban-without-reference": "iban.needs_reference",
    "quantity-is-not-a-number": "number.unreadable",
    "quantity-without-end": "number.unreadable",
    "service-after-invoice": "line.future",
    "sum-off-by-a-centime": "balance.sum",
    "truncated": "xml.malformed",
    "two-avs-numbers": "ssn.differs",
    "under-kvg": "law.not_iv",
    "unknown-attribute": "shape.unknown_attribute",
    "unknown-language": "shape.value",
    "unknown-office": "decision.form",
    "unknown-position": "tariff.code",
    "unknown-unit": "tariff.code",
    "utf-16-without-mark": "xml.encoding_refused",
    "vat-does-not-add-up": "vat.sum",
    "without-decision": "decision.missing",
    "without-guid": "shape.missing_attribute",
    "without-zsr": "shape.missing_attribute",
    "wrong-encoding": "xml.encoding_wrong",
    "wrong-namespace": "xml.namespace",
    "xml-bomb": "xml.entity",
}


@pytest.fixture(params=["with the official schemas", "without"])
def schemas(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    if request.param == "without":
        folder = tmp_path
    else:
        folder = FOLDER
        if not folder.is_dir():
            pytest.skip("The official schemas are not here (ACCORD_SCHEMA_DIR), so they were not asked")
    monkeypatch.setenv("ACCORD_SCHEMA_DIR", str(folder))
    return folder


def check(capsys: pytest.CaptureFixture[str], *files: Path | str) -> tuple[int, Any]:
    status = main(["invoices", "check", *map(str, files), "--json"])
    return status, json.loads(capsys.readouterr().out)


def fault_of(path: Path) -> str:
    return path.stem.removeprefix("4.5-").removeprefix("5.0-")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_invoice_is_accepted(path: Path, schemas: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = check(capsys, path)
    assert (status, told["verdict"], told["version"]) == (0, "accept", path.name[:3])
    assert [one["code"] for one in told["findings"] if one["severity"] != "info"] == []
    assert told["file"] == str(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_fault_is_named_with_its_line_and_what_to_do(
    path: Path, schemas: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = check(capsys, path)
    assert (status, told["verdict"]) == (1, "reject")
    found = {one["code"]: one for one in told["findings"]}
    fault = found[FAULTS[fault_of(path)]]
    assert fault["severity"] == "error"
    assert len(fault["what_to_do"]) > 20
    assert fault["line"] > 0 or fault_of(path) in {"empty", "nested-too-deep"}


def test_the_line_is_where_the_fault_stands(capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES / "invalid" / "4.5-line-off-by-a-centime.xml"
    _status, told = check(capsys, path)
    fault = next(one for one in told["findings"] if one["code"] == "line.amount")
    assert 'amount="3166.51"' in path.read_text().splitlines()[fault["line"] - 1]
    assert (fault["field"], fault["record_id"]) == ("request/payload/body/services/service/@amount", 1)
    assert "3166.50" in fault["message"]


def test_every_fault_of_the_table_has_its_example() -> None:
    assert {fault_of(path) for path in INVALID} == set(FAULTS)


class TestTheCommand:
    def test_a_folder_gives_an_array_and_one_bad_file_decides(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert check(capsys, EXAMPLES / "valid")[0] == 0
        status, told = check(capsys, EXAMPLES)
        assert (status, len(told)) == (1, len(VALID) + len(INVALID))

    def test_reads_standard_input(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(VALID[0].read_bytes())))
        status, told = check(capsys, "-")
        assert (status, told["file"], told["verdict"]) == (0, "-", "accept")

    @pytest.mark.parametrize("what", ["nothing there", "an empty folder"])
    def test_what_cannot_be_read_is_a_finding(
        self, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, told = check(capsys, tmp_path if what == "an empty folder" else tmp_path / "no.xml")
        told = told[0] if isinstance(told, list) else told
        assert (status, [one["code"] for one in told["findings"]]) == (1, ["file.unreadable"])

    def test_a_file_of_sixty_megabytes_is_refused_unread(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "large.xml"
        with path.open("wb") as stream:
            stream.truncate(60 * 1024 * 1024)
        monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
        status, told = check(capsys, path)
        assert (status, told["findings"][0]["code"]) == (1, "file.too_large")

    def test_says_plainly_when_the_official_schemas_are_not_installed(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("ACCORD_SCHEMA_DIR", str(tmp_path))
        assert main(["invoices", "check", str(VALID[0])]) == 0
        assert "official schemas are not installed" in capsys.readouterr().out
        assert check(capsys, VALID[0])[1]["schema"] == "not used"

    def test_needs_neither_server_nor_database_nor_django(self) -> None:
        script = (
            "import sys; from accord.cli import main;"
            f" status = main(['invoices', 'check', {str(VALID[0])!r}, '--json']);"
            " assert 'django' not in sys.modules; sys.exit(status)"
        )
        nowhere = {**os.environ, "DATABASE_URL": "postgresql://nobody@nowhere.invalid/none"}
        run = subprocess.run(
            [sys.executable, "-c", script], stdout=subprocess.DEVNULL, env=nowhere, check=False
        )
        assert run.returncode == 0


class TestInstallingSchemas:
    @needs_schemas
    def test_copies_the_official_ones_and_asks_them(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ACCORD_SCHEMA_DIR", str(tmp_path / "installed"))
        assert main(["schemas", "install", str(FOLDER)]) == 0
        assert "general invoice request 5.0" in capsys.readouterr().out
        assert check(capsys, VALID[0])[1]["schema"] == "used"

    @pytest.mark.parametrize("what", ["empty", "foreign", "missing"])
    def test_refuses_another_folder_in_a_sentence(
        self, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ACCORD_SCHEMA_DIR", str(tmp_path / "installed"))
        if what == "foreign":
            (tmp_path / "x.xsd").write_text(
                '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="x"/>'
            )
        folder = tmp_path / "nowhere" if what == "missing" else tmp_path
        assert main(["schemas", "install", str(folder)]) == 1
        assert ("is not a folder" if what == "missing" else "does not hold") in capsys.readouterr().out
        assert not (tmp_path / "installed").exists()
