"""Write the examples of this folder anew: `python examples/invoices/generate.py`.

Each valid one is written by Accord's own writer; each invalid one is a valid one with a single fault.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from accord.kernel.clock import SWISS_TIME
from accord.purchasing.invoices.rules.invoice import Subtype
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice

FOLDER = Path(__file__).parent
PROVIDER = Address("Atelier du Rhône", "Rue des Artisans 12", "1227", "Carouge", "7601000000057")
OFFICE = Address("Office AI Genève", "Rue des Gares 12", "1201", "Genève", "7601000000064")
INSURED = Address("Favre", "Rue du Lac 3", "1207", "Genève", given_name="Camille")
MONTH = DraftLine(
    "905.500.2",
    "Mesure de réinsertion",
    Decimal("0.6333"),
    Decimal(5000),
    date(2026, 7, 1),
    date(2026, 7, 19),
)
WEEKS = DraftLine(
    "905.220.3", "Entraînement au travail", Decimal(5), Decimal(540), date(2021, 3, 29), date(2021, 4, 30)
)
DAYS = DraftLine("905.300.4", "Stage", Decimal(6), Decimal(160), date(2026, 7, 20), date(2026, 7, 31))
HOURS = [
    DraftLine("905.310.5", "Accompagnement", Decimal(hours), Decimal(150), date(2026, 7, day))
    for day, hours in ((2, "1.5"), (9, "2"), (16, "0.75"))
]
CASE = DraftLine("905.509.1", "Bilan", Decimal(1), Decimal(3000), date(2026, 7, 6))
BASE = Draft(
    version="4.5",
    request_id="2026-0017",
    requested=datetime(2026, 8, 3, 9, 0, tzinfo=SWISS_TIME),
    provider=PROVIDER,
    office=OFFICE,
    insured=INSURED,
    gender="female",
    birth=date(1988, 4, 12),
    ssn="7563026070592",
    decision="32520261000896",
    iban="CH9300762011623852957",
    lines=(MONTH, DAYS),
    canton="GE",
    nif="41287",
)
Change = Callable[[str], str]


def both(name: str, **changes: object) -> dict[str, bytes]:
    """The same invoice in both versions."""
    return {
        f"{version}-{name}.xml": write_invoice(dataclasses.replace(BASE, version=version, **changes))  # type: ignore[arg-type]
        for version in ("4.5", "5.0")
    }


def valid() -> dict[str, bytes]:
    """Invoices that are to be accepted."""
    april = datetime(2021, 5, 3, 9, 0, tzinfo=SWISS_TIME)
    qr = {"iban": "CH4431999123000889012", "reference": "210000000003139471430009017"}
    files = both("month-and-days") | both("hours", lines=HOURS) | both("lump-sum", lines=[CASE], nif="")
    files |= both("weeks", lines=[WEEKS], requested=april, decision="32520211000896")
    files |= both("qr-iban", **qr) | both("rf-reference", reference="RF18539007547034")
    files |= both("storno", subtype=Subtype.STORNO) | both("copy", subtype=Subtype.COPY)
    files |= both("before-any-decision", decision="325280") | both("test-message", is_test=True)
    files |= both("german", language="de", canton="VS", decision="32320261000896")
    dotted = write_invoice(dataclasses.replace(BASE, version="5.0", decision="325.2026.1000896"))
    plain = write_invoice(BASE).decode()
    files["5.0-decision-with-dots.xml"] = dotted
    files["4.5-utf-16.xml"] = plain.replace("encoding='UTF-8'", "encoding='UTF-16'").encode("utf-16")
    files["4.5-latin-1.xml"] = plain.replace("encoding='UTF-8'", "encoding='ISO-8859-1'").encode("latin-1")
    files["4.5-exponent.xml"] = plain.replace('unit="5000.00"', 'unit="5.0E3"').encode()
    files["4.5-schema-location.xml"] = plain.replace(
        "<invoice:request ",
        '<invoice:request xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://www.forum-datenaustausch.ch/invoice generalInvoiceRequest_450.xsd" ',
    ).encode()
    return files


def replacing(old: str, new: str) -> Change:
    """One place of the text, changed."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


BOMB = "<!DOCTYPE lol [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"
HEAD = "<invoice:request "
FAULTS: dict[str, Change] = {
    "xml-bomb": replacing(HEAD, f"{BOMB}\n{HEAD}"),
    "external-entity": replacing(HEAD, f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n{HEAD}"),
    "external-doctype": replacing(HEAD, f"<!DOCTYPE x SYSTEM 'http://example.com/x.dtd'>\n{HEAD}"),
    "processing-instruction": replacing(HEAD, f"<?xml-stylesheet href='x.xsl'?>\n{HEAD}"),
    "wrong-namespace": replacing("http://www.forum-datenaustausch.ch/invoice", "http://example.com/invoice"),
    "not-an-invoice": lambda text: text.replace("invoice:request", "invoice:response"),
    "not-well-formed": replacing("<invoice:treatment ", "<invoice:treatment <"),
    "announced-utf-7": replacing("encoding='UTF-8'", "encoding='UTF-7'"),
    "unknown-attribute": replacing('role="other"', 'role="other" colour="red"'),
    "missing-treatment": lambda text: "\n".join(row for row in text.splitlines() if "invoice:treatment " not in row),
    "line-off-by-a-centime": replacing('amount="3166.50"', 'amount="3166.51"'),
    "sum-off-by-a-centime": replacing('currency="CHF" amount="4126.50"', 'currency="CHF" amount="4126.51"'),
    "due-off-by-a-centime": replacing('amount_due="4126.50"', 'amount_due="4126.49"'),
    "vat-does-not-add-up": replacing('<invoice:vat vat="0.00"', '<invoice:vat vat="7.60"'),
    "euros": replacing('currency="CHF"', 'currency="EUR"'),
    "quantity-is-not-a-number": replacing('quantity="6"', 'quantity="NaN"'),
    "quantity-without-end": replacing('quantity="6"', 'quantity="INF"'),
    "negative-quantity": replacing('quantity="6"', 'quantity="-6"'),
    "month-of-31-days": lambda text: (
        text.replace('"0.6333"', '"0.6129"').replace("3166.50", "3064.50").replace("4126.50", "4024.50")
    ),
    "unknown-unit": replacing("905.300.4", "905.300.9"),
    "unknown-position": replacing("905.300.4", "805.300.4"),
    "days-over-two-months": replacing('date_end="2026-07-31T00:00:00"/>', 'date_end="2026-08-02T00:00:00"/>'),
    "line-number-twice": replacing('record_id="2"', 'record_id="1"'),
    "gln-check-digit": lambda text: text.replace("7601000000057", "7601000000058"),
    "avs-check-digit": lambda text: text.replace("7563026070592", "7563026070593"),
    "iban-check-digit": replacing("CH9300762011623852957", "CH9300762011623852958"),
    "qr-iban-without-reference": replacing("CH9300762011623852957", "CH4431999123000889012"),
    "unknown-office": replacing("32520261000896", "39920261000896"),
    "decision-too-short": replacing("32520261000896", "3252026100089"),
    "service-after-invoice": replacing('request_date="2026-08-03', 'request_date="2026-07-15'),
    "born-after-service": replacing("1988-04-12", "2026-07-30"),
    "line-ends-before-it-begins": replacing('date_end="2026-07-19T00:00:00"', 'date_end="2026-06-19T00:00:00"'),
    "unknown-language": replacing('language="fr"', 'language="en"'),
}  # fmt: skip
ONLY: dict[str, tuple[str, Change]] = {
    "4.5-decision-with-dots": ("4.5", replacing("32520261000896", "325.2026.1000896")),
    "4.5-without-zsr": ("4.5", replacing(' zsr="A000000"', "")),
    "4.5-two-avs-numbers": ("4.5", replacing('896" ssn="7563026070592"', '896" ssn="7561234567897"')),
    "4.5-under-kvg": (
        "4.5",
        lambda text: text.replace(":ivg ", ":kvg ").replace('896" ssn="7563026070592" nif="41287"', '896"'),
    ),
    "5.0-without-decision": ("5.0", replacing(' case_id="32520261000896"', "")),
    "5.0-without-guid": ("5.0", lambda text: text.replace(' guid="', ' x="', 1)),
    "5.0-under-kvg": ("5.0", replacing('type="IVG"', 'type="KVG"')),
}  # fmt: skip


def invalid() -> dict[str, bytes]:
    """Invoices that are to be refused, each named after its fault."""
    texts = {
        version: write_invoice(dataclasses.replace(BASE, version=version)).decode()
        for version in ("4.5", "5.0")
    }
    files = {
        f"{version}-{name}.xml": change(text).encode()
        for name, change in FAULTS.items()
        for version, text in texts.items()
    }
    files |= {f"{name}.xml": change(texts[version]).encode() for name, (version, change) in ONLY.items()}
    files["4.5-wrong-encoding.xml"] = texts["4.5"].encode("latin-1")
    files["4.5-utf-16-without-mark.xml"] = texts["4.5"].replace("UTF-8", "UTF-16").encode("utf-16-le")
    files["4.5-truncated.xml"] = texts["4.5"][:2000].encode()
    files["4.5-encrypted.xml"] = _encrypted(texts["4.5"]).encode()
    files["empty.xml"] = b""
    files["not-xml.xml"] = b"Facture no 17, CHF 4126.50\n"
    files["nested-too-deep.xml"] = b"<a>" * 100 + b"</a>" * 100
    return files


def _encrypted(text: str) -> str:
    start, end = text.index("<invoice:body"), text.index("</invoice:body>") + len("</invoice:body>")
    cipher = (
        '<e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherData><e:CipherValue>QUJD'
        "</e:CipherValue></e:CipherData></e:EncryptedData>"
    )
    return text[:start] + cipher + text[end:]


def main() -> None:
    """Write both folders."""
    for name, files in (("valid", valid()), ("invalid", invalid())):
        folder = FOLDER / name
        folder.mkdir(exist_ok=True)
        for file, data in files.items():
            (folder / file).write_bytes(data)


if __name__ == "__main__":
    main()
