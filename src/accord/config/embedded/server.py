"""Start and stop our own PostgreSQL: no trust, no chmod of anybody's folders, our own process only.

The roles are those of a real installation: an owner that migrates, a web login and a jobs login that own
nothing, and the two groups that row-level security names.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql

from accord.config.embedded.binaries import (
    Binaries,
    Unavailable,
    choose_binaries,
    reachable,
    within_reach,
)
from accord.config.embedded.state import StateFolder

DATABASE = "accord"
ELSEWHERE = Path("/var/lib/accord")
UNPRIVILEGED = ("postgres", "nobody")
ATTEMPTS = 3
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 30.0
LOG_KEPT_BELOW = 1_000_000
LOGINS = {"accord_owner": "CREATEDB CREATEROLE", "accord_web": "", "accord_jobs": ""}
GROUPS = {
    "accord_app": ("accord_web", "accord_owner", "accord_hand", "accord_medical"),
    "accord_window": ("accord_web", "accord_owner"),
    "accord_hand": ("accord_web", "accord_owner"),
    "accord_medical": ("accord_web", "accord_owner"),
    "accord_worker": ("accord_jobs", "accord_owner"),
}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def say_on_stderr(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{sentence}\n")


class EmbeddedServer:
    """PostgreSQL on a free port of this machine, its data in the state folder.

    `fast` gives up durability, for data that are thrown away. The log holds neither statements nor values.
    """

    def __init__(
        self, state_dir: Path, *, fast: bool = False, tell: Callable[[str], None] = say_on_stderr
    ) -> None:
        self.state = StateFolder(state_dir)
        self._fast = fast
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._account = _unprivileged_account() if os.geteuid() == 0 else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server, repairing what a killed run left; its databases and logins are then ready.

        Raises `Unavailable` with a sentence: no programs, another run on the folder, data of another version.
        """
        self.state.prepare()
        killed = self.state.take()
        try:
            self._repair(killed)
            self._programs = self._choose_programs()
            self._make_cluster()
            self._launch()
            self._make_roles()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server in order: every finished transaction is on disk."""
        self._end_process()
        self.state.release()

    def is_alive(self) -> bool:
        """Say whether the server that we started still runs."""
        return self._process is not None and self._process.poll() is None

    def restart(self) -> None:
        """Start the server again after it died, on the same port: those who know its address find it."""
        self._clear_leftovers()
        self._launch(self.port)

    def destroy(self) -> None:
        """Remove the data and the folder: the next start begins from nothing.

        Raises `Unavailable` when another run is on the folder, or when Accord did not make it.
        """
        self.stop()
        if not self.state.path.exists():
            return
        self.state.check_ours()
        self._repair(self.state.take())
        home = self._home()
        if home != self.state.path:
            shutil.rmtree(home, ignore_errors=True)
        self.state.remove()

    def empty_database(self) -> None:
        """Make the database anew, without its tables; nobody may be connected to it."""
        with self._superuser() as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(DATABASE)))
            self._make_database(connection)

    def owner_url(self, database: str = DATABASE) -> str:
        """Address for migrations: the role that owns the tables."""
        return self._url("accord_owner", database)

    def web_url(self, database: str = DATABASE) -> str:
        """Address for the web: a role that owns nothing, behind row-level security."""
        return self._url("accord_web", database)

    def worker_url(self, database: str = DATABASE) -> str:
        """Address for the jobs: a role that owns nothing."""
        return self._url("accord_jobs", database)

    @property
    def port(self) -> int:
        """The port of the last start."""
        return int((self.state.path / "port").read_text())

    @property
    def log(self) -> Path:
        """Where the server writes its troubles."""
        return self._home() / "postgresql.log"

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}:{self.state.secret(role)}@127.0.0.1:{self.port}/{database}"

    def _home(self) -> Path:
        """The state folder; elsewhere when root's server, under its own account, cannot reach that one."""
        if self._account is None or reachable(self.state.path, self._account.pw_uid):
            return self.state.path
        return ELSEWHERE / hashlib.sha256(bytes(self.state.path)).hexdigest()[:16]

    @property
    def _data(self) -> Path:
        return self._home() / "postgresql"

    def _choose_programs(self) -> Binaries:
        home = self._home()
        if home != self.state.path and not home.exists():
            for folder in (ELSEWHERE, home):
                folder.mkdir(exist_ok=True)
                folder.chmod(0o711)
            self._tell(f"{self.state.path} is closed to the account {self._name}: the data are in {home}.")
        version = self._data / "PG_VERSION"
        binaries = choose_binaries(int(version.read_text()) if version.exists() else None)
        return within_reach(binaries, self._account.pw_uid, home) if self._account else binaries

    def _make_cluster(self) -> None:
        if self._data.exists():
            return
        draft = self._home() / "postgresql.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        password = self._home() / "initdb.secret"
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(self.state.secret("superuser"))
        if self._account:
            os.chown(draft, self._account.pw_uid, self._account.pw_gid)
            os.chown(password, self._account.pw_uid, self._account.pw_gid)
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if self._programs.major >= 17
            else ["--locale=C.UTF-8"]
        )
        initdb: list[str | Path] = [
            self._programs.folder / "initdb",
            "-D",
            draft,
            "-U",
            "postgres",
            f"--pwfile={password}",
        ]
        options = ["--encoding=UTF8", "--auth=scram-sha-256", "--data-checksums", *locale]
        made = subprocess.run(
            [*initdb, *options, *(["--no-sync"] if self._fast else [])],
            check=False,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self._as_unprivileged(),
        )
        password.unlink()
        if made.returncode:
            raise Unavailable(f"PostgreSQL could not prepare its data: {_last_line(made.stdout)}")
        draft.rename(self._data)

    def _launch(self, port: int | None = None) -> None:
        """Start the server and wait for it; once more if the port or the memory was not yet free."""
        for attempt in range(1, ATTEMPTS + 1):
            self._open_process(port or _free_port())
            if self._becomes_ready():
                return
            self._end_process()
            time.sleep(attempt)
        raise Unavailable(f"PostgreSQL did not start: {_last_line(self.log.read_text(errors='replace'))}")

    def _open_process(self, port: int) -> None:
        settings = {**SETTINGS, **(FAST if self._fast else {}), "port": str(port)}
        (self.state.path / "port").write_text(settings["port"])
        too_long = self.log.exists() and self.log.stat().st_size > LOG_KEPT_BELOW
        with self.log.open("wb" if too_long else "ab") as log:
            self._process = subprocess.Popen(
                [
                    self._programs.folder / "postgres",
                    *("-D", self._data),
                    *(f"--{name}={value}" for name, value in settings.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **self._as_unprivileged(),
            )

    def _becomes_ready(self) -> bool:
        """Wait, and believe our own server's file: on the port, somebody else's could answer."""
        assert self._process is not None
        deadline = time.monotonic() + SECONDS_TO_START
        while self._process.poll() is None and time.monotonic() < deadline:
            lines = _lines(self._data / "postmaster.pid")
            if len(lines) > 7 and lines[0] == str(self._process.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _end_process(self) -> None:
        if self._process is not None:
            _end(self._process.pid, self._process.poll)
            self._process = None

    def _superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        try:
            return psycopg.connect(
                host="127.0.0.1",
                port=self.port,
                user="postgres",
                password=self.state.secret("superuser"),
                dbname="postgres",
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            raise Unavailable(
                f"The passwords in {self.state.path} do not open the data that are there:"
                " bring the files *.secret back, or start over with `make demo-reset`."
            ) from error

    def _make_roles(self) -> None:
        """Create the logins, the groups and the database, whichever are missing."""
        with self._superuser() as connection:
            roles = {name for (name,) in connection.execute("select rolname from pg_roles")}
            for role in sorted({*LOGINS, *GROUPS} - roles):
                connection.execute(sql.SQL("create role {}").format(sql.Identifier(role)))
            for role, rights in LOGINS.items():
                connection.execute(
                    sql.SQL("alter role {} login {} password {}").format(
                        sql.Identifier(role), sql.SQL(rights), sql.Literal(self.state.secret(role))
                    )
                )
            for group, members in GROUPS.items():
                connection.execute(
                    sql.SQL("grant {} to {}").format(
                        sql.Identifier(group), sql.SQL(", ").join(map(sql.Identifier, members))
                    )
                )
            if (
                connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
                is None
            ):
                self._make_database(connection)

    def _make_database(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        connection.execute(sql.SQL("create database {} owner accord_owner").format(sql.Identifier(DATABASE)))

    def _repair(self, killed: int | None) -> None:
        """Clear what a killed run left, and say so in one sentence."""
        found = self._clear_leftovers()
        if killed:
            sentence = ", and ".join(filter(None, [found, "nothing is lost"]))
            self._tell(f"The previous run (process {killed}) was killed: {sentence}.")
        elif found:
            self._tell(f"The database was not stopped in order: {found}, and nothing is lost.")

    def _clear_leftovers(self) -> str | None:
        """Stop a server that outlived its run, or remove the lock of one that did not; say which."""
        lock = self._data / "postmaster.pid"
        lines = _lines(lock)
        orphan = int(lines[0]) if lines and lines[0].isdigit() else None
        if orphan and _runs_on(orphan, self._data):
            _end(orphan, lambda: None if _runs_on(orphan, self._data) else 0)
            return "its database server was still running and has been stopped"
        if lines:
            lock.unlink(missing_ok=True)
            return "the stale lock of its database has been removed"
        return None

    @property
    def _name(self) -> str:
        return self._account.pw_name if self._account else pwd.getpwuid(os.geteuid()).pw_name

    def _as_unprivileged(self) -> dict[str, Any]:
        if self._account is None:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}


def _unprivileged_account() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root: take the first unprivileged account that exists."""
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in accounts:
            return accounts[name]
    raise Unavailable("PostgreSQL does not run as root: start Accord under an ordinary account.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().split("\n")
    except FileNotFoundError:
        return []


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no message")


def _runs_on(pid: int, data: Path) -> bool:
    """Say whether this process is a PostgreSQL on these data, not another that has inherited the number."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        command = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
    return "postgres" in command and str(data) in command


def _end(pid: int, ended: Callable[[], int | None]) -> None:
    """Ask the server to stop in order; if it does not, at once: its log of changes brings all back."""
    for request in (signal.SIGINT, signal.SIGQUIT):
        if ended() is not None:
            return
        os.kill(pid, request)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while ended() is None and time.monotonic() < deadline:
            time.sleep(0.02)
