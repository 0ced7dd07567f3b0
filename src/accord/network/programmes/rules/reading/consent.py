"""Read what a person may authorise."""

from __future__ import annotations

from dataclasses import fields

from accord.network.programmes.rules import shape, vocabulary
from accord.network.programmes.rules.localized import Localized
from accord.network.programmes.rules.reading.each import read_each
from accord.network.programmes.rules.tables import LONGEST_BLOCK, Table

LONGEST_MONTHS = 600


def read_consent(table: Table) -> shape.ConsentRules:
    """What a person may authorise, and in which words."""
    default = table.number("default_months", least=1, most=LONGEST_MONTHS) or 1
    longest = table.number("max_months", least=1, most=LONGEST_MONTHS) or LONGEST_MONTHS
    if default > longest:
        what = f"An authorisation lasts {default} months by default, more than the longest, {longest}."
        table.fault("default_months", what, "Lower default_months or raise max_months.")
    rules = shape.ConsentRules(
        purposes=read_each(table, "purpose", _purpose, required=True),
        recurring_allowed=table.flag("recurring_allowed", required=True),
        default_months=default,
        max_months=longest,
        source=table.text("source"),
        text=_consent_text(table.table("text")),
    )
    table.finish()
    return rules


def _purpose(table: Table) -> shape.Purpose:
    return shape.Purpose(key=table.key(), label=table.localized("label", longest=200))


def _consent_text(table: Table) -> shape.ConsentText:
    blocks: dict[str, Localized] = {}
    for field in fields(shape.ConsentText):
        blocks[field.name] = block = table.localized(field.name, longest=LONGEST_BLOCK)
        for language, name in block.placeholders():
            if name not in vocabulary.CONSENT_PLACEHOLDERS:
                table.page.fault(
                    (*table.path, field.name, language),
                    f"The text “{field.name}” ({language}) uses {{{name}}}, which nothing fills.",
                    f"Use one of {', '.join(vocabulary.CONSENT_PLACEHOLDERS)}.",
                )
    table.finish()
    return shape.ConsentText(**blocks)
