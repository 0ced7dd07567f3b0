"""What the person at the terminal sees: sentences, and a bar while she waits."""

from __future__ import annotations

import contextlib
import sys
from typing import TextIO

BAR_WIDTH = 30
STEP_OF_PLAIN_LINES = 10


class Terminal:
    """Sentences on one stream; the bar is drawn in place on a terminal, in plain lines elsewhere.

    A terminal that was closed is no reason to stop in disorder: what it cannot take is left unsaid.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._in_bar = False
        self._last_step = -1

    def say(self, sentence: str) -> None:
        """Write one line."""
        self._write(f"\n{sentence}\n" if self._in_bar else f"{sentence}\n")
        self._in_bar = False

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Show how far a long work is: this many of so many, and what is being done."""
        percent = 100 * done // total if total else 100
        step = percent // STEP_OF_PLAIN_LINES
        if self._stream.isatty():
            filled = BAR_WIDTH * percent // 100
            bar = "█" * filled + "░" * (BAR_WIDTH - filled)
            self._write(f"\r  {bar} {percent:3d} %  {what:<40.40}")
            self._in_bar = True
        elif step != self._last_step:
            self._write(f"  {percent:3d} %  {what}\n")
        self._last_step = step

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._stream.write(text)
            self._stream.flush()
