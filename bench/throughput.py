"""Pages a second: eight clients against the real server on this machine, which they share with it."""

from __future__ import annotations

import http.client
import itertools
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.scenes import Scene

CLIENTS = 8
SECONDS = 5.0
MOST_REQUESTS = 4_000


@contextmanager
def serving(scene: Scene) -> Iterator[int]:
    """Our server (granian) on a free port, with its two workers, under the web login."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = scene.world.surroundings() | {"ACCORD_HOST": "127.0.0.1", "ACCORD_PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "accord", "serve"], env=environment)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/alive/", "") == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def pages_per_second(port: int, scene: Scene, path: str) -> float:
    """What eight clients get answered, for some seconds or some thousand requests."""
    cookie = "; ".join(f"{name}={value}" for name, value in scene.visitor.cookies.items())
    tickets, answered = itertools.count(), [0] * CLIENTS
    _client(port, path, cookie, time.monotonic() + 1, itertools.count(), [0], 0)
    begins = time.monotonic()
    clients = [
        threading.Thread(
            target=_client, args=(port, path, cookie, begins + SECONDS, tickets, answered, number)
        )
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(answered) / (time.monotonic() - begins)


def _client(
    port: int, path: str, cookie: str, until: float, tickets: Iterator[int], answered: list[int], number: int
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until and next(tickets) < MOST_REQUESTS:
        if _ask(connection, path, cookie) != http.client.OK:
            raise RuntimeError(f"{path} was not answered with 200")
        answered[number] += 1
    connection.close()


def _ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie, "Accept-Language": "fr"})
    response = connection.getresponse()
    response.read()
    return response.status
