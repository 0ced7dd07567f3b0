"""Ten thousand invoices at once in the watched folder, and the worker killed in the middle.

    python -m bench.bulk_invoices [--files 10000]

A world of its own stands on the bench's server. The real worker takes the files in; when half of them are checked
it is killed without a word (SIGKILL), and another is started. At the end each invoice is there once, answered once,
and one bad file in a hundred stopped nothing.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from accord.cli.terminal import Terminal
from accord.config import environment
from accord.config.embedded import EmbeddedServer, Unavailable

CASES = 1_000
"""Cases of the world around; what is measured does not depend on it."""
OFFICE = "ocai-bench-achats"
BAD_ONE_IN = 100
LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 3600
COUNT = """
select count(*), count(*) filter (where state <> 'received'), count(*) filter (where state = 'accepted'),
  (select count(*) from invoices_response), (select count(distinct invoice_id) from invoices_response),
  (select count(*) from invoices_billedmonth)
from invoices_invoice
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How far the database is."""

    invoices: int
    checked: int
    accepted: int
    responses: int
    answered: int
    months: int


@dataclass
class Result:
    """What was dropped, what came of it, and how long it took."""

    good: int
    bad: int
    seconds: float = 0.0
    resting: float = 0.0
    at_the_kill: int = 0
    end: Count = field(default_factory=lambda: Count(0, 0, 0, 0, 0, 0))
    left: int = 0
    refused: int = 0

    @property
    def faults(self) -> list[str]:
        """What is not as it must be: each once, nothing lost, the bad ones aside."""
        must = {
            "invoices": (self.end.invoices, self.good),
            "checked": (self.end.checked, self.good),
            "accepted": (self.end.accepted, self.good),
            "responses": (self.end.responses, self.good),
            "invoices answered": (self.end.answered, self.good),
            "months billed": (self.end.months, self.good),
            "files put aside": (self.refused, self.bad),
            "files left lying": (self.left, 0),
        }
        return [
            f"{what}: {found:,} and not {wanted:,}"
            for what, (found, wanted) in must.items()
            if found != wanted
        ]

    def __str__(self) -> str:
        working = self.seconds - self.resting
        return (
            f"{self.good:,} invoices and {self.bad:,} bad files in {self.seconds:,.0f} s; killed at "
            f"{self.at_the_kill:,}, after which {self.resting:,.0f} s passed until the dead worker's job was taken up;"
            f" {self.good / working:,.0f} a second while working. "
            + ("Each exactly once." if not self.faults else "WRONG: " + "; ".join(self.faults))
        )


def main() -> int:
    """Measure, say so, and fail when one invoice is missing or there twice."""
    program = argparse.ArgumentParser(prog="python -m bench.bulk_invoices", description=__doc__)
    program.add_argument(
        "--files", type=int, default=10_000, metavar="N", help="how many files are dropped at once"
    )
    wishes = program.parse_args()
    terminal = Terminal()
    os.environ.setdefault("ACCORD_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    os.environ["ACCORD_LOGIN"] = "owner"
    try:
        with EmbeddedServer(environment.state_dir(), tell=terminal.say) as server:
            result = _measure(server, terminal, wishes.files)
    except Unavailable as trouble:
        terminal.say(str(trouble))
        return 1
    terminal.say(str(result))
    return 1 if result.faults else 0


def _measure(server: EmbeddedServer, terminal: Terminal, files: int) -> Result:
    from bench.worlds import World

    world = World(CASES, server)
    terminal.say("A world of its own…")
    world.ensure(anew=True)
    os.environ.update(
        {name: value for name, value in world.surroundings().items() if name.startswith("DATABASE")}
    )
    with tempfile.TemporaryDirectory() as folder:
        watched = Path(folder)
        terminal.say("The files…")
        result = Result(*_drop(watched / OFFICE, files))
        surroundings = world.surroundings() | {"ACCORD_INVOICES_DIR": folder}
        with psycopg.connect(server.owner_url(world.database), autocommit=True) as owner:
            _run(owner, surroundings, result, terminal)
        result.left = len(list((watched / OFFICE).glob("*.xml")))
        result.refused = len(list((watched / OFFICE / "refused").glob("*.xml")))
    return result


def _drop(folder: Path, files: int) -> tuple[int, int]:
    import django

    django.setup()
    from bench.billing import write_files

    return write_files(folder, OFFICE, files, bad_one_in=BAD_ONE_IN)


def _run(
    owner: psycopg.Connection[tuple[int, ...]],
    surroundings: dict[str, str],
    result: Result,
    terminal: Terminal,
) -> None:
    begun = time.monotonic()
    with _worker(surroundings) as first:
        _wait(owner, result.good // 2, result.good, terminal)
        first.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    result.at_the_kill = _count(owner).checked
    terminal.say(f"Killed at {result.at_the_kill:,}.")
    with _worker(surroundings):
        _wait(owner, result.at_the_kill + 1, result.good, terminal)
        result.resting = time.monotonic() - killed
        _wait(owner, result.good, result.good, terminal)
        result.seconds = time.monotonic() - begun
    result.end = _count(owner)


@contextmanager
def _worker(surroundings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The real one, in a process of its own; told to stop at the end if it still runs."""
    worker = subprocess.Popen([sys.executable, "-m", "accord", "worker"], env=surroundings)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(60)


def _wait(owner: psycopg.Connection[tuple[int, ...]], until: int, total: int, terminal: Terminal) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (count := _count(owner)).checked < until:
        terminal.progress(count.checked, total, f"{count.invoices:,} taken, {count.checked:,} checked")
        if time.monotonic() > deadline:
            raise Unavailable(f"After an hour {count.checked:,} of {total:,} are checked.")
        time.sleep(LOOK_SECONDS)


def _count(owner: psycopg.Connection[tuple[int, ...]]) -> Count:
    row = owner.execute(COUNT).fetchone()
    assert row is not None
    return Count(*row)


if __name__ == "__main__":
    sys.exit(main())
