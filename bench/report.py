"""The table of the targets, what was measured, and whether it was met; printed, written, and drawn over time."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.bulk import Bulk, figures_of
from bench.history import draw_history
from bench.measuring import Key, Series
from bench.scenes import SIZES, Scene
from bench.walls import Wall
from bench.workloads import SHELL, WORKLOADS, Target, Workload
from bench.worlds import World

WALL_P50, WALL_P95 = 1.2, 1.3
RATE_OVER_SHELL = 0.6
ALIKE = 0.1
"""Growth compares pages that hold as much in both worlds: a small institution's lists are shorter in the small."""
HEAD = (
    "| work | queries | kB | p50 ms (spread) | p95 ms | × shell: {sizes} | p95 / p50 | growth | target | met |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---|---|"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One workload in the large world: the figures of the largest institution, the ratios of all three."""

    name: str
    queries: int
    kilobytes: float
    p50: float
    low: float
    high: float
    p95: float
    over_shell: dict[str, float]
    spread: dict[str, float]
    growth: dict[str, float]
    over_other: dict[str, float]
    target: str
    missed: list[str]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One run."""

    at: str
    machine: str
    load: float
    worlds: list[int]
    institutions: dict[str, dict[str, Any]]
    shell: dict[str, float]
    rows: list[Row]
    walls: list[Wall]
    rates: dict[str, float]
    bulk: list[Bulk]
    invoices: str = ""

    @classmethod
    def of(
        cls,
        worlds: Sequence[World],
        scenes: Sequence[Scene],
        series: Mapping[Key, Series],
        walls: list[Wall],
        rates: dict[str, float],
        invoices: str,
    ) -> Report:
        """Compare what was measured with what is to be reached."""
        small, large = (world.cases for world in worlds)
        return cls(
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            machine=f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
            load=os.getloadavg()[0],
            worlds=[small, large],
            institutions={scene.size: {"slug": scene.slug, "cases": scene.cases} for scene in scenes},
            shell={size: series[large, size, SHELL].p50 for size in SIZES},
            rows=[_row(workload, series, small, large) for workload in WORKLOADS],
            walls=walls,
            rates=rates,
            bulk=[figures_of(world) for world in worlds],
            invoices=invoices,
        )

    def text(self) -> str:
        """The report as Markdown."""
        return "\n".join(self._lines()) + "\n"

    def write(self, folder: Path) -> Path:
        """Keep it as JSON and as Markdown, and draw the history anew."""
        folder.mkdir(exist_ok=True)
        name = self.at.replace(":", "").replace("+0000", "").replace("T", "-")
        (folder / f"{name}.json").write_text(json.dumps(asdict(self), indent=1) + "\n")
        written = folder / f"{name}.md"
        written.write_text(self.text())
        runs = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
        (folder / "history.svg").write_text(draw_history(runs))
        return written

    def _lines(self) -> Iterator[str]:
        small, large = self.worlds
        yield f"# Measured on {self.at[:10]}"
        yield ""
        yield f"{self.machine}; load {self.load:.1f} at the end. Worlds of {small:,} and {large:,} cases."
        for size, house in self.institutions.items():
            yield f"- {size}: {house['slug']}, {house['cases']:,} cases; shell {self.shell[size]:.1f} ms"
        yield ""
        yield HEAD.format(sizes=" / ".join(SIZES))
        for row in self.rows:
            yield _line(row)
        met = sum(not row.missed and not row.trouble for row in self.rows)
        yield ""
        yield f"{met} of {len(self.rows)} targets met. p50 and p95 are those of the largest institution."
        yield "Growth is the p50 of the large world over that of the small one, for the same institution, where"
        yield "the page holds as much in both. Queries are Django's statements without BEGIN, COMMIT, savepoints and"
        yield "the actor's settings; a search is two requests: what is typed is sent, then what is found is read."
        yield ""
        yield "| row-level security | plan | institution | off p50 / p95 ms | on p50 / p95 ms | p50 × | p95 × | met |"
        yield "|---|---|---|---:|---:|---:|---:|---|"
        for wall in self.walls:
            half, most = wall.on_p50 / wall.off_p50, wall.on_p95 / wall.off_p95
            met_wall = "yes" if half <= WALL_P50 and most <= WALL_P95 else "**no**"
            plan = "prepared" if wall.is_prepared else "anew"
            yield (
                f"| {wall.name} | {plan} | {wall.size} | {wall.off_p50:.2f} / {wall.off_p95:.2f}"
                f" | {wall.on_p50:.2f} / {wall.on_p95:.2f} | {half:.2f} | {most:.2f} | {met_wall} |"
            )
        yield ""
        yield "| figures of the durations, when the world was built | cells | s |"
        yield "|---|---:|---:|"
        for one in self.bulk:
            yield f"| {one.cases:,} cases, three programmes | {one.cells:,} | {one.seconds:.1f} |"
        yield ""
        yield f"| 8 clients, real server, largest institution | pages/s | of the shell's (≥ {RATE_OVER_SHELL}) |"
        yield "|---|---:|---:|"
        for name, rate in self.rates.items():
            yield f"| {name} | {rate:.0f} | {rate / self.rates[SHELL]:.2f} |"
        yield ""
        yield self.invoices


def _row(workload: Workload, series: Mapping[Key, Series], small: int, large: int) -> Row:
    found = {size: series[large, size, workload.name] for size in SIZES}
    there = {size: one for size, one in found.items() if one.rounds}
    first = next(iter(there.values()), None)
    if first is None:
        return Row(
            workload.name, 0, 0, 0, 0, 0, 0, {}, {}, {}, {}, _in_words(workload.target), [],
            trouble=next(iter(found.values())).trouble or "not there",
        )  # fmt: skip
    before = {size: series[small, size, workload.name] for size in there}
    over_shell = {size: one.p50 / series[large, size, SHELL].p50 for size, one in there.items()}
    spread = {size: one.p95 / one.p50 for size, one in there.items()}
    growth = {
        size: there[size].p50 / one.p50
        for size, one in before.items()
        if one.rounds and abs(there[size].bytes - one.bytes) <= ALIKE * one.bytes
    }
    other = workload.target.over_other
    over_other = (
        {size: one.p50 / series[large, size, other[0]].p50 for size, one in there.items()} if other else {}
    )
    queries = max(one.queries for one in there.values())
    low, high = first.spread
    return Row(
        name=workload.name,
        queries=queries,
        kilobytes=max(one.bytes for one in there.values()) / 1000,
        p50=first.p50,
        low=low,
        high=high,
        p95=first.p95,
        over_shell=over_shell,
        spread=spread,
        growth=growth,
        over_other=over_other,
        target=_in_words(workload.target),
        missed=[
            *_over("queries", {"": float(queries)}, workload.target.queries),
            *_over("× shell", over_shell, workload.target.over_shell),
            *_over("p95 / p50", spread, workload.target.spread),
            *_over("growth", growth, workload.target.growth),
            *_over("p50", {size: one.p50 for size, one in there.items()}, workload.target.milliseconds),
            *_over(f"× {other[0]}" if other else "", over_other, other[1] if other else None),
        ],
    )


def _over(what: str, found: Mapping[str, float], most: float | None) -> list[str]:
    if most is None:
        return []
    return [f"{what} {size}".strip() for size, value in found.items() if value > most]


def _in_words(target: Target) -> str:
    words = {
        "≤ {:g} queries": target.queries,
        "≤ {:g} × shell": target.over_shell,
        "p95 ≤ {:g} × p50": target.spread,
        "growth ≤ {:g}": target.growth,
        "p50 ≤ {:g} ms": target.milliseconds,
    }
    told = [word.format(value) for word, value in words.items() if value is not None]
    if target.over_other:
        told.append(f"≤ {target.over_other[1]:g} × “{target.over_other[0]}”")
    return ", ".join(told)


def _line(row: Row) -> str:
    if row.trouble:
        return f"| {row.name} | | | | | | | | {row.target} | **{row.trouble}** |"
    return (
        f"| {row.name} | {row.queries} | {row.kilobytes:.0f} | {row.p50:.1f} ({row.low:.1f}–{row.high:.1f})"
        f" | {row.p95:.1f} | {_ratios(row.over_shell)} | {_ratios(row.spread)} | {_ratios(row.growth)}"
        f" | {row.target} | {'yes' if not row.missed else '**no**: ' + ', '.join(row.missed)} |"
    )


def _ratios(by_size: Mapping[str, float]) -> str:
    return " / ".join(f"{by_size[size]:.2f}" if size in by_size else "–" for size in SIZES)
