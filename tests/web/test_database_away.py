"""The database goes away for a while: a clear page, then recovery without restart. A killed server loses nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import psycopg
import pytest

from accord.config.embedded import EmbeddedServer

MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
"""


@dataclass
class Running:
    """A web server of its own over a database of its own."""

    database: EmbeddedServer
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def ask(self, path: str = "/alive/") -> tuple[int, str]:
        """Status and text of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except (URLError, ConnectionError):
            return 0, ""

    def becomes(self, status: int, path: str = "/alive/") -> bool:
        """Wait a while until a page answers so."""
        for _ in range(150):
            if self.ask(path)[0] == status:
                return True
            time.sleep(0.2)
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def running(state_folder: Path) -> Iterator[Running]:
    database = EmbeddedServer(state_folder, fast=True)
    database.start()
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "accord.config.settings",
        "ACCORD_MODE": "test",
        "ACCORD_STATE_DIR": str(state_folder.parent / "web"),
        "ACCORD_HOST": "127.0.0.1",
        "ACCORD_PORT": str(port),
        "ACCORD_WORKERS": "1",
        "ACCORD_BASE_URL": f"http://localhost:{port}",
        "DATABASE_URL": database.web_url(),
        "DATABASE_OWNER_URL": database.owner_url(),
        "DATABASE_WORKER_URL": database.worker_url(),
        "ACCORD_LOG_LEVEL": "ERROR",
    }
    owner = environment | {"ACCORD_LOGIN": "owner"}
    subprocess.run([sys.executable, "-c", MIGRATE], env=owner, check=True)
    process = serve(environment)
    try:
        yield Running(database, port, environment, process)
    finally:
        process.terminate()
        process.wait(20)
        database.destroy()


def serve(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "accord", "serve"],
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_the_database_goes_away_and_comes_back(running: Running) -> None:
    assert running.becomes(200)
    assert running.becomes(200, "/entree/")
    running.database.stop()
    status, page = running.ask("/entree/")
    assert status == 503
    assert "base de données" in page
    running.database.restart()
    assert running.becomes(200, "/entree/"), "the server recovers without being restarted"
    assert running.process.poll() is None


def test_a_killed_server_leaves_nothing_half_written(running: Running) -> None:
    """A request that was under way when the server and its processes were killed is rolled back whole."""
    assert running.becomes(200)
    with psycopg.connect(running.database.owner_url()) as holding:
        holding.execute("lock table journal_submission in access exclusive mode")
        client = subprocess.Popen([sys.executable, "-c", SUBMIT, str(running.port)])
        with psycopg.connect(running.database.owner_url(), autocommit=True) as watching:
            assert waits_for_lock(watching), "the request is in the middle of its transaction"
        os.killpg(running.process.pid, signal.SIGKILL)
        client.wait(30)
        holding.rollback()
    with psycopg.connect(running.database.owner_url()) as reading:
        assert reading.execute("select count(*) from journal_submission").fetchone() == (0,)


SUBMIT = """
import sys, re, uuid, urllib.request, urllib.parse, http.cookiejar
jar = http.cookiejar.CookieJar()
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
base = "http://localhost:" + sys.argv[1]
page = opener.open(base + "/entree/").read().decode()
token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "language": "de", "submission": uuid.uuid4().hex})
try:
    opener.open(base + "/langue/", data.encode())
except Exception:
    pass
"""


def waits_for_lock(watching: psycopg.Connection[Any]) -> bool:
    for _ in range(100):
        row = watching.execute("select count(*) from pg_locks where not granted").fetchone()
        if row and row[0]:
            return True
        time.sleep(0.1)
    return False
