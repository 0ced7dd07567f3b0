"""The answer is valid for the official schema of the same version, whatever is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from accord.purchasing.invoices.rules import check_bytes
from accord.purchasing.invoices.rules.reading import NAMESPACE
from accord.purchasing.invoices.rules.responding import Answer, Outcome, may_be_answered, write_response
from accord.purchasing.invoices.rules.schemas import schema_of
from purchasing.invoices.official import FOLDER, INVALID, VALID, needs_schemas
from purchasing.invoices.test_shape import changed

NOW = datetime(2026, 8, 5, 10, tzinfo=UTC)


def answer(path: Path, outcome: Outcome) -> tuple[str, etree._Element] | None:
    verdict = check_bytes(path.read_bytes())
    if verdict.invoice is None or not may_be_answered(verdict.invoice, verdict.findings):
        return None
    given = Answer(outcome, NOW, "Office AI Genève", "1201", "Genève", verdict.findings, "Merci.")
    return verdict.invoice.version, etree.fromstring(write_response(verdict.invoice, given))


@needs_schemas
@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_every_answer_is_valid(path: Path, outcome: Outcome) -> None:
    answered = answer(path, outcome)
    if answered is None:
        return
    version, root = answered
    schema = schema_of(FOLDER, "response", version)
    assert schema is not None
    schema.assertValid(etree.ElementTree(root))


@needs_schemas
@pytest.mark.parametrize("version", ["4.5", "5.0"])
def test_every_answer_to_a_damaged_invoice_is_valid_too(version: str) -> None:
    path = next(path for path in VALID if path.stem == f"{version}-month-and-days")
    schema = schema_of(FOLDER, "response", version)
    assert schema is not None
    answered = 0
    for what, root in changed(etree.parse(str(path)).getroot()):
        verdict = check_bytes(etree.tostring(root))
        if verdict.invoice is None or not may_be_answered(verdict.invoice, verdict.findings):
            continue
        given = Answer(Outcome.REJECTED, NOW, "Office AI Genève", "1201", "Genève", verdict.findings)
        if verdict.version == version:
            answered += 1
            response = etree.fromstring(write_response(verdict.invoice, given))
            assert schema.validate(response), (what, schema.error_log)
    assert answered > 500


def test_every_valid_invoice_can_be_answered() -> None:
    assert all(answer(path, Outcome.ACCEPTED) for path in VALID)


def test_an_unreadable_one_has_nobody_to_answer() -> None:
    verdict = check_bytes(next(path for path in INVALID if path.stem == "4.5-missing-treatment").read_bytes())
    assert verdict.invoice is not None and not may_be_answered(verdict.invoice, verdict.findings)


class TestARejection:
    def rejected(self, version: str) -> etree._Element:
        path = next(path for path in INVALID if path.stem == f"{version}-line-off-by-a-centime")
        answered = answer(path, Outcome.REJECTED)
        assert answered is not None
        return answered[1]

    @pytest.mark.parametrize("version", ["4.5", "5.0"])
    def test_repeats_the_invoice_and_says_what_to_do_in_its_language(self, version: str) -> None:
        root = self.rejected(version)
        errors = {row.get("code"): row for row in root.iter(f"{{{NAMESPACE}}}error")}
        assert errors["line.amount"].get("record_id") == "1"
        assert errors["line.amount"].get("valid_value") == "3166.50"
        assert "Recalculez" in str(errors["line.amount"].get("text"))
        assert root.find(f".//{{{NAMESPACE}}}invoice").get("request_id") == "2026-0017"
        transport = root.find(f".//{{{NAMESPACE}}}transport")
        assert (transport.get("from"), transport.get("to")) == ("7601000000064", "7601000000057")


def test_a_cancelled_invoice_is_answered_as_such() -> None:
    answered = answer(next(path for path in VALID if path.stem == "5.0-storno"), Outcome.ACCEPTED)
    assert answered is not None
    assert answered[1].find(f".//{{{NAMESPACE}}}accepted").get("status_out") == "canceled"
