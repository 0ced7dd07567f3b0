"""The processes of a demo: the web server and the worker, watched, restarted, and stopped in order."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

LOG_KEPT_BELOW = 1_000_000
SECONDS_TO_STOP = 20.0
CALM_SECONDS = 10.0
LONGEST_PAUSE = 30.0


class Child:
    """One command as a process of its own, writing to its log.

    Its standard input is a pipe of ours: it sees the end of it when we are killed, and can leave by itself.
    """

    def __init__(self, name: str, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._born = 0.0
        self._deaths = 0
        self._not_before = 0.0

    def start(self) -> None:
        """Start the process."""
        too_long = self.log.exists() and self.log.stat().st_size > LOG_KEPT_BELOW
        with self.log.open("wb" if too_long else "ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._born = time.monotonic()

    def stop(self) -> None:
        """Let it finish what it has begun, then end it with all that it started."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.terminate()
            self._process.wait(SECONDS_TO_STOP)
        self._clear()

    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def deaths(self) -> int:
        """How often it died in a row, without a calm time between."""
        return self._deaths

    def revive(self, tell: Callable[[str], None]) -> None:
        """Start a dead process again with a sentence; longer pauses when it dies again and again."""
        if self.is_alive():
            if self._deaths and time.monotonic() - self._born > CALM_SECONDS:
                self._deaths = 0
            return
        if self._process is not None:
            self._clear()
            self._deaths += 1
            pause = 0 if self._deaths == 1 else min(LONGEST_PAUSE, 2.0 ** (self._deaths - 1))
            self._not_before = time.monotonic() + pause
            when = f"in {pause:.0f} seconds" if pause else "now"
            tell(f"The {self.name} stopped unexpectedly and is started again {when} (see {self.log}).")
        if time.monotonic() >= self._not_before:
            self.start()

    def last_lines(self, number: int = 15) -> str:
        """What it wrote last."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-number:])

    def _clear(self) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self._process = None


def follow_parent() -> None:
    """End this process in order when its parent has gone: its standard input is then closed."""

    def wait_for_the_end() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_for_the_end, daemon=True).start()
