"""A database for the length of one command: the configured one, the running demo's, or our own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from accord.config import environment
from accord.config.embedded.binaries import Unavailable
from accord.config.embedded.server import EmbeddedServer


def addresses(server: EmbeddedServer) -> dict[str, str]:
    """The three addresses of the server, under the names that the settings read."""
    return {
        "DATABASE_URL": server.web_url(),
        "DATABASE_WORKER_URL": server.worker_url(),
        "DATABASE_OWNER_URL": server.owner_url(),
    }


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Let the block find a database in the environment.

    `DATABASE_URL` if it is set; else the server of the demo that runs here; else one of our own, started
    for the block. Raises `Unavailable` with a sentence.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    if environment.mode() == "production":
        raise Unavailable("DATABASE_URL is not set: production needs a PostgreSQL server of your own.")
    server = EmbeddedServer(environment.state_dir())
    borrowed = server.state.is_taken()
    if not borrowed:
        server.start()
    try:
        os.environ.update(addresses(server))
        yield
    finally:
        for name in addresses(server):
            os.environ.pop(name, None)
        if not borrowed:
            server.stop()
