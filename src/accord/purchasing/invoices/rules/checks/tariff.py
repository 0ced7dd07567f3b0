"""Positions of the tariff: their code, and whether quantity and period fit their unit."""

from __future__ import annotations

from collections.abc import Iterator

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Invoice, Line
from accord.purchasing.providers.rules.tariffs import Judgement, Misfit, judge, unit_of

TARIFFS = frozenset(f"90{digit}" for digit in range(10))
"""The payer speaks of tariff 904 and prints codes 905.xxx.u: the whole family is taken."""


def check_tariff(invoice: Invoice) -> Iterator[Finding]:
    """Each line by the rules of its unit; the same service billed twice in one invoice is looked at."""
    seen: dict[tuple[str, ...], int] = {}
    for line in invoice.lines:
        yield from _check_line(line)
        key = (line.code, line.begin.text, line.end.text if line.end else "", line.quantity.text)
        if key in seen:
            yield finding("line.repeated", line.line, line.path, line.record_id, other=seen[key])
        seen.setdefault(key, line.record_id)


def _check_line(line: Line) -> Iterator[Finding]:
    unit = unit_of(line.code)
    where = (line.line, f"{line.path}/@code", line.record_id)
    if line.tariff_type not in TARIFFS:
        yield finding("tariff.other", *where, value=line.tariff_type)
        return
    if unit is None:
        yield finding("tariff.code", *where, value=line.code)
        return
    if line.quantity.value is None or line.quantity.value < 0 or line.begin.value is None:
        return
    end = line.end.value if line.end else None
    if end is not None and end < line.begin.value:
        return
    judgement = judge(unit, line.quantity.value, line.begin.value, end)
    if judgement is not None:
        yield _finding_of(line, judgement)


def _finding_of(line: Line, judgement: Judgement) -> Finding:
    code = f"tariff.{judgement.misfit}"
    path = f"{line.path}/@date_end" if judgement.misfit is Misfit.NO_END else f"{line.path}/@quantity"
    return finding(
        code,
        line.line,
        path,
        line.record_id,
        value=line.quantity.text,
        most=judgement.most or "",
        code=line.code,
    )
