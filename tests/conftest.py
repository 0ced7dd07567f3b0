"""What every test may count on: a throw-away PostgreSQL, and a plain word when a browser is missing.

The process that controls the session starts one server and stops it; each of pytest-xdist's processes makes a
database of its own in it, as the owner of the tables.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from accord.config import environment
from accord.config.catalogues import compile_stale_catalogues
from accord.config.embedded import EmbeddedServer

DATABASE = "ACCORD_TEST_DATABASE_URL"
FOLDERS = "accord-tests-"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    "Chromium is not here, so the browser tests were not run"
    " (Debian: apt-get install --no-install-recommends chromium)"
)
started = pytest.StashKey[EmbeddedServer]()


def pytest_configure(config: pytest.Config) -> None:
    handed_over = getattr(config, "workerinput", {}).get(DATABASE)
    if handed_over:
        os.environ[DATABASE] = handed_over
    elif not hasattr(config, "workerinput"):
        compile_stale_catalogues()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In the controlling process, for each process of pytest-xdist."""
    node.workerinput[DATABASE] = database_url(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(started, None)
    if server:
        server.destroy()
        server.state.path.parent.rmdir()


def database_url(config: pytest.Config) -> str:
    """The address of a server where the owner of the tables may make databases; ours, unless one is given."""
    if DATABASE not in os.environ:
        remove_what_killed_sessions_left()
        folder = Path(tempfile.mkdtemp(prefix=FOLDERS))
        folder.chmod(0o711)
        server = EmbeddedServer(folder / "state", fast=True)
        server.start()
        config.stash[started] = server
        os.environ[DATABASE] = server.owner_url()
    return os.environ[DATABASE]


def remove_what_killed_sessions_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        server = EmbeddedServer(folder / "state", tell=lambda _sentence: None)
        with suppress(FileNotFoundError):  # another session clears up, too
            if folder.stat().st_uid == os.geteuid() and server.state.master() and not server.state.is_taken():
                server.destroy()
                folder.rmdir()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """The tests' database is the throw-away one, whatever the environment says."""
    connections["default"].settings_dict.update(environment.database(database_url(request.config)))
    yield
    connections.close_all()


@pytest.fixture(scope="module")
def journal_can_be_emptied(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django empties the tables by TRUNCATE after a test that commits; the journal refuses that."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger no_truncate")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table journal_entry enable trigger no_truncate")


@pytest.fixture
def anne(db: None) -> Any:
    """Works for the AI office and leads the case."""
    from accord.network.institutions.enums import Kind
    from scenarios import colleague

    return colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def state_folder() -> Iterator[Path]:
    """A state folder to be, where the database's own account can go."""
    parent = Path(tempfile.mkdtemp(prefix="accord-state-"))
    parent.chmod(0o711)
    yield parent / "state"
    shutil.rmtree(parent)


def chromium() -> str | None:
    """The browser of this machine: `ACCORD_CHROMIUM`, else the first that is installed."""
    return os.environ.get("ACCORD_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser its tests are left out with a word; in continuous integration they fail."""
    if item.get_closest_marker("browser") and chromium() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    unrun = [
        report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)
    ]
    if unrun:
        terminalreporter.write_line(f"{NO_BROWSER}: {len(unrun)} left out.", yellow=True)
