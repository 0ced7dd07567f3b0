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
        found = _found_on(line)
        if found is not None:
            yield found
        end = line.end
        key = (line.code, line.begin.text, end.text if end else "", line.quantity.text)
        if key in seen:
            yield finding("line.repeated", line.line, line.path, line.record_id, other=seen[key])
        else:
            seen[key] = line.record_id


def _found_on(line: Line) -> Finding | None:
    """What stands against a line by its tariff, its code, or its quantity and period."""
    if line.tariff_type not in TARIFFS:
        return _at_code("tariff.other", line, line.tariff_type)
    unit = unit_of(line.code)
    if unit is None:
        return _at_code("tariff.code", line, line.code)
    quantity, begin = line.quantity.value, line.begin.value
    if quantity is None or quantity < 0 or begin is None:
        return None
    end = line.end.value if line.end else None
    if end is not None and end < begin:
        return None
    judgement = judge(unit, quantity, begin, end)
    return _finding_of(line, judgement) if judgement else None


def _at_code(code: str, line: Line, value: str) -> Finding:
    return finding(code, line.line, f"{line.path}/@code", line.record_id, value=value)


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
