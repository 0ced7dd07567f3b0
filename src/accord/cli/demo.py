"""`accord demo`: everything, from nothing, on this machine, until Ctrl-C."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from types import FrameType

from accord.cli.children import Child
from accord.cli.terminal import Terminal
from accord.config import environment
from accord.config.embedded import EmbeddedServer, Unavailable, addresses

PORTS_TO_TRY = 50
SECONDS_TO_ANSWER = 90.0
DEATHS_BEFORE_GIVING_UP = 3


def run_demo(terminal: Terminal, *, port: int | None, reset: bool) -> None:
    """Run the demo until it is told to stop; its data stay.

    Raises `Unavailable` with a sentence when it cannot run here.
    """
    if environment.mode() == "production":
        raise Unavailable("ACCORD_MODE is “production” here: the demo does not run beside real data.")
    if os.environ.get("DATABASE_URL"):
        terminal.say("DATABASE_URL is set; the demo leaves that database alone and uses its own.")
    began = time.monotonic()
    server = EmbeddedServer(environment.state_dir(), tell=terminal.say)
    with _stopping_in_order(terminal):
        if reset:
            server.destroy()
            terminal.say("The previous demo has been removed.")
        try:
            server.start()
            terminal.say(f"The database runs, on port {server.port} of this machine.")
            found = _free_port(terminal, port or environment.number("ACCORD_PORT"))
            os.environ.update(_surroundings(server, found))
            _prepare(server, terminal)
            _serve(server, terminal, found, began)
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()
        terminal.say(f"Stopped. The data are kept in {server.state.path}.")


@contextlib.contextmanager
def _stopping_in_order(terminal: Terminal) -> Iterator[None]:
    """Ctrl-C, a stop from outside and a closed window all stop in order, and only once."""
    requests = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {request: signal.getsignal(request) for request in requests}

    def be_patient(_signal: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(RuntimeError):
            terminal.say("A moment, so that nothing is lost…")

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for request in requests:
            signal.signal(request, be_patient)
        with contextlib.suppress(RuntimeError):
            terminal.say("Stopping…")
        raise KeyboardInterrupt

    for request in requests:
        signal.signal(request, stop)
    try:
        yield
    finally:
        for request, handler in before.items():
            signal.signal(request, handler)


def _prepare(server: EmbeddedServer, terminal: Terminal) -> None:
    """Bring tables, translations and the demo world up to date, as the owner of the tables."""
    from accord.cli import commands

    commands.migrate(terminal)
    if commands.world_is_half_built():
        terminal.say("The demo world was interrupted while it was built: it is built again from the start.")
        commands.disconnect()
        server.empty_database()
        commands.migrate(terminal)
    commands.build_demo_world(terminal)
    commands.disconnect()


def _serve(server: EmbeddedServer, terminal: Terminal, port: int, began: float) -> None:
    from accord.cli import commands

    children = _children(server)
    web = children[0]
    try:
        for child in children:
            child.start()
        _wait_until_it_answers(web, port)
        terminal.say("")
        terminal.say(f"Accord is ready after {time.monotonic() - began:.0f} s:  http://localhost:{port}")
        terminal.say("")
        for line in commands.personas():
            terminal.say(f"  {line}")
        terminal.say("")
        terminal.say("Ctrl-C stops it and keeps the data; `make demo-reset` starts over.")
        while True:
            _look_after(server, children, terminal)
            time.sleep(0.5)
    finally:
        for child in children:
            child.stop()


def _surroundings(server: EmbeddedServer, port: int) -> dict[str, str]:
    return addresses(server) | {
        "ACCORD_MODE": "demo",
        "ACCORD_BASE_URL": f"http://localhost:{port}",
        "ACCORD_PORT": str(port),
        "ACCORD_STATE_DIR": str(server.state.path),
        "ACCORD_LOGIN": "owner",
    }


def _children(server: EmbeddedServer) -> list[Child]:
    """The web server and the worker; each knows its own login to the database and no other."""
    known = {
        name: value for name, value in os.environ.items() if name not in {*addresses(server), "ACCORD_LOGIN"}
    }
    commands = {
        "web server": ("serve", server.web_url()),
        "worker": ("worker", server.worker_url()),
    }
    return [
        Child(
            name,
            [sys.executable, "-m", "accord", command, "--follow-parent"],
            {**known, "DATABASE_URL": login},
            server.state.path / f"{command}.log",
        )
        for name, (command, login) in commands.items()
    ]


def _look_after(server: EmbeddedServer, children: list[Child], terminal: Terminal) -> None:
    if not server.is_alive():
        terminal.say(f"The database stopped unexpectedly and is started again (see {server.log}).")
        server.restart()
    for child in children:
        child.revive(terminal.say)


def _wait_until_it_answers(web: Child, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not _answers(port):
        web.revive(lambda _sentence: None)
        if web.deaths >= DEATHS_BEFORE_GIVING_UP or time.monotonic() > deadline:
            raise Unavailable(f"The web server does not start. It wrote last:\n{web.last_lines()}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/alive/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free_port(terminal: Terminal, wanted: int) -> int:
    """The wanted port, or the next free one with a sentence."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        if not _is_busy(port):
            if port != wanted:
                terminal.say(f"Port {wanted} is busy: Accord takes {port}.")
            return port
    raise Unavailable(
        f"The ports from {wanted} to {wanted + PORTS_TO_TRY - 1} are busy: give one with --port."
    )


def _is_busy(port: int) -> bool:
    """Say whether somebody listens there, on either address that the name localhost may mean."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family) as probe:
            probe.settimeout(1)
            if probe.connect_ex((address, port)) == 0:
                return True
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((environment.read("ACCORD_HOST"), port))
    except OSError:
        return True
    return False
