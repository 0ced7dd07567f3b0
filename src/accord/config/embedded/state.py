"""The folder in which a demo keeps itself: its lock, its passwords, and whose it is."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from pathlib import Path

from accord.config.embedded.binaries import Unavailable

MARK = "made-by-accord"
MADE_BY_SETTINGS = {"secret.key"}
EXPLANATION = "Accord keeps its demo in this folder. `make demo-reset` removes it whole.\n"


class StateFolder:
    """A folder of which one run at a time is the master, by a lock that dies with it."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: int | None = None

    def prepare(self) -> None:
        """Make the folder; one that we made is marked as ours, so that it may be removed whole.

        Others may pass through it (the server runs under another account), but read nothing.
        """
        new = not self.path.exists()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if new:
                self.path.chmod(0o711)
            if {entry.name for entry in self.path.iterdir()} <= MADE_BY_SETTINGS:
                (self.path / MARK).write_text(EXPLANATION)
        except OSError as error:
            raise Unavailable(f"The folder {self.path} cannot be used: {error.strerror}.") from error

    def take(self) -> int | None:
        """Become the master of the folder; give the process number of a killed one, if there was.

        Raises `Unavailable` when another run is the master.
        """
        lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise Unavailable(
                f"Accord already runs on {self.path} (process {self.master() or 'unknown'}):"
                " stop that one first, or choose another folder with ACCORD_STATE_DIR."
            ) from None
        killed = self.master()
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        self._lock = lock
        return killed

    def release(self) -> None:
        """Give the folder back, leaving no trace of this run."""
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None

    def master(self) -> int | None:
        """The process number that the lock names: of a running master, or of a killed one."""
        written = self._lock_file.read_text().strip() if self._lock_file.exists() else ""
        return int(written) if written.isdigit() else None

    def is_taken(self) -> bool:
        """Say whether a run is the master now."""
        if not self._lock_file.exists():
            return False
        lock = os.open(self._lock_file, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def secret(self, name: str) -> str:
        """Give a password of this folder, drawn at random the first time and read by its owner only."""
        path = self.path / f"{name}.secret"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text()

    def check_ours(self) -> None:
        """Raise `Unavailable` unless Accord made the folder: only then may it be removed whole."""
        if not (self.path / MARK).exists():
            raise Unavailable(
                f"{self.path} was not made by Accord, so it is not removed: remove it yourself."
            )

    def remove(self) -> None:
        """Remove the folder, of which this run is the master, with all that it holds."""
        self.check_ours()
        shutil.rmtree(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def _lock_file(self) -> Path:
        return self.path / "run.lock"
