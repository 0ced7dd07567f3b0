"""Read what an announcement asks."""

from __future__ import annotations

from accord.network.programmes.rules import shape, vocabulary
from accord.network.programmes.rules.reading.each import read_each
from accord.network.programmes.rules.tables import Table


def read_reason(table: Table) -> shape.Reason:
    """Why somebody announces."""
    return shape.Reason(key=table.key(), label=table.localized("label"))


def read_criterion(table: Table) -> shape.Criterion:
    """A line of the admission checklist."""
    return shape.Criterion(
        key=table.key(),
        label=table.localized("label"),
        required=table.flag("required", required=True),
        warning=table.localized("warning"),
        source=table.text("source"),
        confidence=table.word("confidence", vocabulary.CONFIDENCE),
    )


def read_question(table: Table) -> shape.Question:
    """A usual question to the doctor."""
    return shape.Question(
        key=table.key(),
        label=table.localized("label"),
        kind=table.word("kind", vocabulary.QUESTION_KINDS),
    )


def read_form_field(table: Table, categories: list[str]) -> shape.FormField:
    """A field of the announcement; a choice has its choices."""
    kind = table.word("kind", vocabulary.FIELD_KINDS)
    choices = read_each(table, "choices", _choice)
    if kind == "choice" and len(choices) < 2:
        table.fault(
            "choices", f"{table.name} offers fewer than two choices.", "Add them, or take another kind."
        )
    if kind != "choice" and choices:
        table.fault("choices", f"{table.name} has choices but is a “{kind}”.", "Write kind = “choice”.")
    longest = table.number("max_length", least=1, most=20_000, required=False)
    if longest is not None and kind not in ("text", "long_text"):
        table.fault("max_length", f"A “{kind}” has no max_length.", "Remove the line.")
    return shape.FormField(
        key=table.key(),
        kind=kind,
        label=table.localized("label"),
        help=table.localized_if_any("help"),
        required=table.flag("required"),
        category=table.word("category", categories),
        choices=choices,
        max_length=longest,
    )


def _choice(table: Table) -> shape.Choice:
    return shape.Choice(key=table.key(), label=table.localized("label"))


def read_document(table: Table, categories: list[str]) -> shape.ExpectedDocument:
    """A document that usually comes along."""
    return shape.ExpectedDocument(
        key=table.key(),
        label=table.localized("label"),
        category=table.word("category", categories),
        required=table.flag("required"),
    )


def read_announcer_kind(table: Table) -> shape.AnnouncerKind:
    """Who may announce under the law."""
    return shape.AnnouncerKind(
        key=table.key(),
        label=table.localized("label"),
        must_inform_insured=table.flag("must_inform_insured", required=True),
        kinds=table.words("kinds", vocabulary.INSTITUTION_KINDS),
        source=table.text("source"),
    )
