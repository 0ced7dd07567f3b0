"""Rounds over all workloads, worlds and colleagues, woven into each other, so that noise strikes all alike."""

from __future__ import annotations

import gc
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.scenes import Scene, enter
from bench.visitor import Answer
from bench.workloads import SHELL, NothingLeft, Workload, page

Key = tuple[int, str, str]
"""World, size of the institution, workload."""
SHELL_EVERY = 4


@dataclass(slots=True)
class Series:
    """What one workload took: milliseconds round by round, queries and bytes of one more time."""

    rounds: list[list[float]] = field(default_factory=list)
    queries: int = 0
    bytes: int = 0
    trouble: str = ""

    @property
    def p50(self) -> float:
        """The median of the rounds' medians."""
        return statistics.median(statistics.median(times) for times in self.rounds)

    @property
    def p95(self) -> float:
        """Of all single times."""
        times = sorted(time for one in self.rounds for time in one)
        return times[min(len(times) - 1, round(0.95 * len(times)))]

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest of the rounds' medians."""
        medians = [statistics.median(times) for times in self.rounds]
        return min(medians), max(medians)


class Measuring:
    """Collects the series; a workload that cannot be done says why and is left out."""

    def __init__(self, rounds: int, repeats: int, tell: Callable[[str], None]) -> None:
        self.rounds, self.repeats, self.tell = rounds, repeats, tell
        self.series: dict[Key, Series] = defaultdict(Series)

    def run(self, scenes: Sequence[Scene], workloads: Sequence[Workload]) -> None:
        """Warm up and count once, then time round by round."""
        for scene in scenes:
            enter(scene.world)
            self._count(scene, SHELL, page("/bench/shell/"), (200,))
            for workload in workloads:
                self._count(scene, workload.name, workload.act, workload.status)
        for number in range(self.rounds):
            for scene in scenes:
                enter(scene.world)
                page("/bench/shell/")(scene)
                gc.collect()
                self._round(scene, workloads)
            self.tell(f"Round {number + 1} of {self.rounds} is done.")

    def _count(
        self, scene: Scene, name: str, act: Callable[[Scene], Answer], status: tuple[int, ...]
    ) -> None:
        series = self.series[scene.world.cases, scene.size, name]
        try:
            act(scene)
            answer = act(scene)
        except NothingLeft:
            series.trouble = "not there"
            return
        series.queries, series.bytes = answer.queries, len(answer.body)
        if answer.status not in status:
            series.trouble = f"answered {answer.status}"
            self.tell(f"{name} ({scene.size}, {scene.world.cases}): answered {answer.status}")

    def _round(self, scene: Scene, workloads: Sequence[Workload]) -> None:
        shell: list[float] = []
        for position, workload in enumerate(workloads):
            if position % SHELL_EVERY == 0:
                shell += [page("/bench/shell/")(scene).milliseconds for _ in range(2)]
            series = self.series[scene.world.cases, scene.size, workload.name]
            if series.trouble:
                continue
            repeats = 2 if workload.is_spent else self.repeats
            try:
                series.rounds.append([workload.act(scene).milliseconds for _ in range(repeats)])
            except NothingLeft:
                continue
        self.series[scene.world.cases, scene.size, SHELL].rounds.append(shell)
