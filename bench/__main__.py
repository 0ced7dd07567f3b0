"""Build the worlds, measure, report: `python -m bench [--cases N] [--quick]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from accord.cli.terminal import Terminal
from accord.config import environment
from accord.config.embedded import EmbeddedServer, Unavailable

DEFAULT_CASES = 1_000_000
QUICK_CASES = 20_000
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Measure as asked; trouble that we foresee is a sentence."""
    wishes = _wishes()
    terminal = Terminal()
    os.environ.setdefault("ACCORD_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    os.environ.setdefault("ACCORD_LOG_LEVEL", "WARNING")
    os.environ["ACCORD_LOGIN"] = "web"
    try:
        with EmbeddedServer(environment.state_dir(), tell=terminal.say) as server:
            return _measure(server, terminal, wishes)
    except Unavailable as trouble:
        terminal.say(str(trouble))
        return 1


def _wishes() -> argparse.Namespace:
    program = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    program.add_argument(
        "--cases",
        type=int,
        default=int(os.environ.get("BENCH_CASES", "0")) or None,
        metavar="N",
        help="cases of the large world (1,000,000; also BENCH_CASES); the small one has a tenth",
    )
    program.add_argument(
        "--quick", action="store_true", help="20,000 cases and few rounds: to try the bench itself"
    )
    program.add_argument("--rounds", type=int, default=0, metavar="N", help="rounds (7; 3 when quick)")
    program.add_argument("--anew", action="store_true", help="build the worlds anew even if they stand")
    program.add_argument("--only-build", action="store_true", help="build the worlds and stop")
    return program.parse_args()


def _measure(server: EmbeddedServer, terminal: Terminal, wishes: argparse.Namespace) -> int:
    from bench.worlds import World

    cases = wishes.cases or (QUICK_CASES if wishes.quick else DEFAULT_CASES)
    worlds = [World(cases // 10, server), World(cases, server)]
    for world in worlds:
        terminal.say(f"The world of {world.cases:,} cases…")
        world.ensure(anew=wishes.anew)
    if wishes.only_build:
        return 0
    os.environ.update(
        {name: value for name, value in worlds[-1].surroundings().items() if name.startswith("DATABASE")}
    )
    import django

    (environment.state_dir() / "static").mkdir(exist_ok=True)
    django.setup()

    from accord.config.wsgi import application
    from bench.invoices import measure_invoices
    from bench.measuring import Measuring
    from bench.report import Report
    from bench.scenes import institutions_in_both, scenes_of
    from bench.throughput import pages_per_second, serving
    from bench.walls import measure_walls
    from bench.workloads import THROUGHPUT, WORKLOADS

    chosen = institutions_in_both(*worlds)
    small, large = (scenes_of(world, application, chosen) for world in worlds)
    measuring = Measuring(wishes.rounds or (3 if wishes.quick else 7), 3 if wishes.quick else 5, terminal.say)
    measuring.run([*small, *large], WORKLOADS)
    terminal.say("Row-level security on and off…")
    walls = measure_walls(large)
    terminal.say("Eight clients…")
    with serving(large[0]) as port:
        rates = {name: pages_per_second(port, large[0], path) for name, path in THROUGHPUT.items()}
    terminal.say("Invoices…")
    invoices = str(measure_invoices(environment.schema_dir()))
    report = Report.of(worlds, large, measuring.series, walls, rates, invoices)
    terminal.say(report.text())
    terminal.say(f"Written: {report.write(RESULTS)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
