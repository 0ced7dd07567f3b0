"""Our own grammar says the same as the official schema, on every single change that a file may have."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from accord.purchasing.invoices.rules.grammar import GRAMMARS
from accord.purchasing.invoices.rules.reading import NAMESPACE
from accord.purchasing.invoices.rules.schemas import schema_of
from purchasing.invoices.official import EXAMPLES, FOLDER, needs_schemas

WORDS = (
    *("", " ", "x", "é", "\u0663", "0", "-1", "1", "1.5", "INF", "NaN", "1E3", " 7 ", "true", "male"),
    *("2026-02-30", "2026-07-01", "2026-07-01T00:00:00", "2026-07-01T00:00:00+02:00", "x" * 36, "x" * 351),
)
NAMES = ("4.5-month-and-days", "5.0-month-and-days", "4.5-qr-iban", "5.0-qr-iban")


def changed(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each element dropped, doubled, moved or renamed; each attribute dropped or with each of the words."""
    count = sum(1 for _ in root.iter())
    for index in range(count):
        for what in ("dropped", "doubled", "last", "renamed", "text", "extra"):
            copy = deepcopy(root)
            element = list(copy.iter())[index]
            parent = element.getparent()
            if parent is None and what not in ("text", "extra"):
                continue
            match what:
                case "dropped":
                    parent.remove(element)
                case "doubled":
                    parent.insert(parent.index(element), deepcopy(element))
                case "last":
                    parent.append(element)
                case "renamed":
                    element.tag = f"{{{NAMESPACE}}}unheard_of"
                case "text":
                    element.text = "x" * 351
                case "extra":
                    element.set("unheard_of", "1")
            yield f"{element.tag} {what}", copy
    for index, original in enumerate(list(root.iter())):
        for name in original.attrib:
            copy = deepcopy(root)
            element = list(copy.iter())[index]
            del element.attrib[name]
            yield f"{element.tag}/@{name} dropped", copy
            for word in WORDS:
                element.set(name, word)
                yield f"{element.tag}/@{name} = {word!r}", copy


@needs_schemas
@pytest.mark.parametrize("name", NAMES)
def test_grammar_and_official_schema_agree_on_every_change(name: str) -> None:
    root = etree.parse(str(EXAMPLES / "valid" / f"{name}.xml")).getroot()
    schema = schema_of(Path(FOLDER), "request", name[:3])
    assert schema is not None
    disagreed = [
        what
        for what, copy in changed(root)
        if schema.validate(etree.ElementTree(copy)) != (GRAMMARS[name[:3]].check(copy) == [])
    ]
    assert disagreed == []
