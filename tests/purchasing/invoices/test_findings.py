"""Each finding of the catalogue has its case: a valid invoice, one thing changed, and what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accord.purchasing.invoices.rules.findings import kinds
from accord.purchasing.invoices.rules.verdicts import check_bytes
from purchasing.invoices.official import EXAMPLES, FOLDER, needs_schemas

OLD, NEW = ("4.5-month-and-days", "5.0-month-and-days")
DAYS_LINE = 'quantity="6" date_begin="2026-07-20T00:00:00"'
QR = "CH4431999123000889012"
AMOUNT = "3166.50"
CASES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "ssn.old": (OLD, [("7563026070592", "26159322113")]),
    "ssn.form": (OLD, [("7563026070592", "12345678")]),
    "decision.before": (OLD, [("32520261000896", "325280")]),
    "decision.year": (OLD, [("32520261000896", "32520271000896")]),
    "nif.missing": (OLD, [(' nif="41287"', "")]),
    "iban.no_qr": (NEW, [('esrQRRed iban="CH9300762011623852957"', 'esrQR iban="CH9300762011623852957"'
                          ' reference_number="210000000003139471430009017" payment_period="P30D"'),
                         ("</invoice:esrQRRed", "</invoice:esrQR")]),
    "reference.check_digit": (NEW, [('esrQRRed iban="CH9300762011623852957"', f'esrQR iban="{QR}"'
                                     ' reference_number="210000000003139471430009018" payment_period="P30D"'),
                                    ("</invoice:esrQRRed", "</invoice:esrQR")]),
    "nif.form": (NEW, [('value="41287"', 'value="CH-41287"')]),
    "slip.old": (OLD, [('esrQR iban="CH9300762011623852957" type="redPayinSlipQR"',
                        'esrRed payment_to="bank_account" iban="CH9300762011623852957"'),
                       ("</invoice:esrQR", "</invoice:esrRed")]),
    "tiers.other": (OLD, [("tiers_payant", "tiers_garant")]),
    "reminder.contradicts": (OLD, [('type="invoice"', 'type="reminder"')]),
    "flags.both": (OLD, [('storno="false" copy="false"', 'storno="true" copy="true"')]),
    "message.test": (OLD, [('modus="production"', 'modus="test"')]),
    "role.unusual": (OLD, [('role="other"', 'role="psychologist"')]),
    "timestamp.differs": (OLD, [('request_timestamp="1785740400"', 'request_timestamp="1785000000"')]),
    "treatment.order": (NEW, [('date_end="2026-07-31" canton', 'date_end="2026-06-30" canton')]),
    "line.outside": (NEW, [('date_end="2026-07-31" canton', 'date_end="2026-07-25" canton')]),
    "line.repeated": (NEW, [('date_begin="2026-07-20T00:00:00"', 'date_begin="2026-07-01T00:00:00"'),
                            (DAYS_LINE.replace("07-20", "07-01"), 'quantity="0.6333" date_begin="2026-07-01T00:00:00"'),
                            ("905.300.4", "905.500.2"), ("2026-07-31T00", "2026-07-19T00")]),
    "number.exponent": (NEW, [('unit="5000.00"', 'unit="5.0E3"')]),
    "amount.centimes": (NEW, [(f'amount="{AMOUNT}"', 'amount="3166.501"')]),
    "balance.rounded": (NEW, [('unit="160.00" amount="960.00"', 'unit="160.004" amount="960.02"'),
                              ('amount="4126.50"', 'amount="4126.52"')]),
    "vat.rate": (NEW, [('vat_rate="0.00" amount="4126.50"', 'vat_rate="0.00" amount="4126.00"')]),
    "vat.missing": (NEW, [(f'amount="{AMOUNT}"', f'amount="{AMOUNT}" vat_rate="8.1"')]),
    "vat.computed": (NEW, [('vat vat="0.00"', 'vat vat="9.00"'), ('vat_rate="0.00" amount="4126.50" vat="0.00"',
                                                                   'vat_rate="8.10" amount="4126.50" vat="9.00"'),
                           (f'amount="{AMOUNT}"', f'amount="{AMOUNT}" vat_rate="8.1"'),
                           ('amount="960.00"', 'amount="960.00" vat_rate="8.1"')]),
    "tariff.other": (NEW, [('tariff_type="904"', 'tariff_type="590"')]),
    "tariff.no_end": (NEW, [(' date_end="2026-07-31T00:00:00"/>', "/>")]),
    "tariff.too_much": (NEW, [('quantity="6"', 'quantity="13"')]),
    "tariff.not_whole": (NEW, [("905.300.4", "905.300.3"), ('quantity="6"', 'quantity="1.5"')]),
    "tariff.part_without_period": (NEW, [("905.300.4", "905.300.1"), ('quantity="6"', 'quantity="0.5"'),
                                         (' date_end="2026-07-31T00:00:00"/>', "/>")]),
    "tariff.several_days": (NEW, [("905.300.4", "905.310.5")]),
    "shape.unknown_element": (NEW, [("<invoice:partners/>", "<invoice:partners/><invoice:colour/>")]),
    "shape.text": (NEW, [("<invoice:partners/>", "<invoice:partners/>un mot")]),
    "shape.order": (OLD, [("invoice:familyname", "invoice:swap"), ("invoice:givenname", "invoice:familyname"),
                          ("invoice:swap", "invoice:givenname")]),
}  # fmt: skip
"""Finding → the valid invoice, and what is replaced in it, everywhere."""
ELSEWHERE = re.compile(r'"([a-z]+\.[a-z_]+)"')


def changed(name: str, changes: list[tuple[str, str]]) -> bytes:
    text = (EXAMPLES / "valid" / f"{name}.xml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


@pytest.mark.parametrize("code", CASES)
def test_is_said_at_its_line_with_what_to_do(code: str) -> None:
    found = [one for one in check_bytes(changed(*CASES[code])).findings if one.code == code]
    assert found, {one.code for one in check_bytes(changed(*CASES[code])).findings}
    assert found[0].line > 0
    assert found[0].message("fr") and found[0].what_to_do("fr")


@needs_schemas
def test_what_only_the_official_schema_refuses_is_told_in_its_words() -> None:
    data = changed(NEW, [('reason="unknown"', 'reason="unknown" apid="' + "x" * 36 + '"')])
    codes = {one.code for one in check_bytes(data, schemas=FOLDER).findings}
    assert codes & {"schema.refused", "shape.value", "shape.unknown_attribute"}


def test_every_finding_is_tried_somewhere() -> None:
    tried = {
        found
        for path in Path(__file__).parent.glob("test_*.py")
        for found in ELSEWHERE.findall(path.read_text("utf-8"))
    }
    assert not set(kinds()) - tried
