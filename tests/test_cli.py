"""The program `accord`: what the newcomer sees, and what happens when things go wrong."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from accord.cli import demo, main, parser
from accord.cli.children import Child
from accord.cli.terminal import Terminal
from accord.config.embedded import Unavailable
from accord.config.embedded.server import _runs_on

COMMANDS = ("demo", "serve", "worker", "migrate", "world", "check")
SLEEPER = "import time; print('working', flush=True); time.sleep(600)"
FOLLOWER = """
import signal, sys
from accord.cli.children import follow_parent
signal.signal(signal.SIGTERM, lambda *_: sys.exit("left in order"))
follow_parent()
print("working", flush=True)
signal.pause()
"""


class PretendTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class ClosedWindow(io.StringIO):
    attempts = 0

    def write(self, _text: str) -> int:
        self.attempts += 1
        raise BrokenPipeError


def wait_until(happened: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.05)


class TestHelp:
    def test_explains_each_command_in_a_sentence(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            main(["--help"])
        assert left.value.code == 0
        shown = re.sub(r"\s+", " ", capsys.readouterr().out)
        for command in COMMANDS:
            assert re.search(rf" {command} [A-Z][^.]+\.", shown), command

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_a_command_says_where_the_settings_are(
        self, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert "docs/reference/settings.md" in re.sub(r"\s+", " ", capsys.readouterr().out)

    def test_without_a_command_it_says_what_is_missing(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            parser().parse_args([])
        assert left.value.code == 2
        assert "required: command" in capsys.readouterr().err


class TestTroubleIsASentence:
    @pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
    def test_production_never_falls_back_to_a_database_of_its_own(
        self, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ACCORD_MODE", "production")
        monkeypatch.delenv("DATABASE_URL", raising=False)
        assert main([command]) == 1
        assert capsys.readouterr().out == (
            "DATABASE_URL is not set: production needs a PostgreSQL server of your own.\n"
        )

    def test_the_demo_refuses_to_run_in_production(
        self, state_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ACCORD_MODE", "production")
        monkeypatch.setenv("ACCORD_STATE_DIR", str(state_folder))
        assert main(["demo", "--reset"]) == 1
        assert "does not run beside real data" in capsys.readouterr().out
        assert not state_folder.exists()


class TestTerminal:
    def test_draws_the_bar_in_place(self) -> None:
        stream = PretendTerminal()
        terminal = Terminal(stream)
        terminal.progress(1, 2, "cases")
        terminal.say("Done.")
        assert stream.getvalue().startswith("\r  ███████████████░░░░░░░░░░░░░░░  50 %  cases")
        assert stream.getvalue().endswith("\nDone.\n")

    def test_writes_few_plain_lines_elsewhere(self) -> None:
        stream = io.StringIO()
        terminal = Terminal(stream)
        for done in range(1001):
            terminal.progress(done, 1000, "cases")
        assert stream.getvalue().splitlines()[0] == "    0 %  cases"
        assert stream.getvalue().splitlines()[-1] == "  100 %  cases"
        assert len(stream.getvalue().splitlines()) == 11

    def test_a_closed_window_does_not_disturb(self) -> None:
        closed = ClosedWindow()
        Terminal(closed).say("nobody hears this")
        Terminal(closed).progress(1, 2, "nor sees this")
        assert closed.attempts == 2


class TestPort:
    @pytest.fixture
    def busy(self) -> Iterator[int]:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            yield taken.getsockname()[1]

    def test_a_busy_port_is_told_and_the_next_free_one_taken(self, busy: int) -> None:
        stream = io.StringIO()
        found = demo._free_port(Terminal(stream), busy)
        assert found > busy
        assert stream.getvalue() == f"Port {busy} is busy: Accord takes {found}.\n"

    def test_too_many_busy_ports_are_a_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(demo, "_is_busy", lambda _port: True)
        with pytest.raises(Unavailable, match="give one with --port"):
            demo._free_port(Terminal(io.StringIO()), 8000)


class TestChildren:
    @pytest.fixture
    def child(self, tmp_path: Path) -> Iterator[Child]:
        one = Child("worker", [sys.executable, "-c", SLEEPER], dict(os.environ), tmp_path / "worker.log")
        yield one
        one.stop()

    def test_one_that_dies_is_started_again_with_a_sentence(self, child: Child) -> None:
        told: list[str] = []
        child.start()
        assert child._process is not None
        first = child._process
        child.revive(told.append)
        assert told == []
        first.kill()
        first.wait()
        child.revive(told.append)
        assert child.is_alive()
        assert child._process is not first
        assert told == [f"The worker stopped unexpectedly and is started again now (see {child.log})."]

    def test_one_that_dies_again_and_again_is_given_a_pause(self, child: Child) -> None:
        told: list[str] = []
        child.start()
        for _ in range(2):
            assert child._process is not None
            child._process.kill()
            child._process.wait()
            child.revive(told.append)
        assert not child.is_alive()
        assert "in 2 seconds" in told[-1]

    def test_one_leaves_in_order_when_its_parent_is_killed(self) -> None:
        follower = subprocess.Popen(
            [sys.executable, "-c", FOLLOWER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert follower.stdout
        assert follower.stdout.readline() == "working\n"
        assert follower.poll() is None
        _, said = follower.communicate(timeout=30)
        assert said == "left in order\n"


class TestDemo:
    """The whole of it, from nothing: as a newcomer starts, kills, restarts and stops it."""

    @pytest.fixture
    def start(
        self, state_folder: Path, tmp_path: Path
    ) -> Iterator[Callable[[], tuple[subprocess.Popen[bytes], Path]]]:
        running: list[subprocess.Popen[bytes]] = []
        inherited = {
            name: value for name, value in os.environ.items() if name.startswith(("PATH", "PG_", "LANG"))
        }
        surroundings = inherited | {"ACCORD_STATE_DIR": str(state_folder), "PYTHONPATH": "src"}

        def start_demo() -> tuple[subprocess.Popen[bytes], Path]:
            said = tmp_path / f"said-{len(running)}.txt"
            with said.open("wb") as stream:
                command = [sys.executable, "-m", "accord", "demo"]
                running.append(subprocess.Popen(command, stdout=stream, stderr=stream, env=surroundings))
            process = running[-1]
            wait_until(lambda: "Ctrl-C" in said.read_text() or process.poll() is not None, seconds=240)
            return process, said

        yield start_demo
        for process in running:
            process.terminate()
            process.wait(60)

    def test_is_killed_repaired_and_stopped_without_a_trace(
        self,
        start: Callable[[], tuple[subprocess.Popen[bytes], Path]],
        state_folder: Path,
    ) -> None:
        killed, said = start()
        address = re.search(r"http://localhost:\d+", said.read_text())
        assert address, said.read_text()
        with urlopen(f"{address[0]}/alive/") as answer:
            assert answer.status == 200
        orphan = int((state_folder / "postgresql/postmaster.pid").read_text().split()[0])
        killed.kill()
        killed.wait()
        wait_until(lambda: not _answers(address[0]))

        process, said = start()
        told = said.read_text()
        assert told.startswith(f"The previous run (process {killed.pid}) was killed:"), told
        assert told.count("nothing is lost") == 1
        assert "Building the demo world" not in told
        assert "Traceback" not in told
        assert not _runs_on(orphan, state_folder / "postgresql")

        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert said.read_text().endswith(f"Stopped. The data are kept in {state_folder}.\n")
        assert not (state_folder / "postgresql/postmaster.pid").exists()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/alive/") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
