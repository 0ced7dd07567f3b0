"""A real site for the browser: granian over a small demo world, under the role that owns nothing."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import chromium, database_url

CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
BUILD = """
import django; django.setup()
from django.core.management import call_command
from accord.config.catalogues import compile_stale_catalogues
compile_stale_catalogues()
call_command("migrate", verbosity=0, interactive=False)
from accord.cli.world.demo import build_demo
build_demo(progress=lambda *_: None, open_cases=60, closed_cases=40)
"""
PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests share one site, so they run in one process."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Site:
    """Where the pages are, and the database behind them."""

    address: str
    database: str
    folder: Path

    def rows(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        """Ask the database as its owner, to find something to open."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(query, parameters).fetchall()

    def value(self, query: str, *parameters: object) -> object:
        """The one value that a query gives."""
        return self.rows(query, *parameters)[0][0]


def _database(owner: str, name: str) -> str:
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')
        connection.execute(f'create database "{name}" template template0')
    return urlunsplit(urlsplit(owner)._replace(path=f"/{name}"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    url = _database(database_url(request.config), f"accord_browser_{os.getpid()}")
    folder = Path(tempfile.mkdtemp(prefix="accord-browser-"))
    port = _free_port()
    address = f"http://localhost:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "accord.config.settings",
        "ACCORD_MODE": "test",
        "ACCORD_STATE_DIR": str(folder),
        "ACCORD_BASE_URL": address,
        "ACCORD_HOST": "127.0.0.1",
        "ACCORD_PORT": str(port),
        "ACCORD_WORKERS": "1",
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": url,
        "DATABASE_WORKER_URL": url,
        "ACCORD_LOG_LEVEL": "WARNING",
    }
    subprocess.run([sys.executable, "-c", BUILD], env=environment, check=True)
    log = (folder / "serve.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "accord", "serve"], env=environment, stdout=log, stderr=log
    )
    try:
        _wait_for(f"{address}/alive/", server)
        yield Site(address, url, folder)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def sign_in(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Enter as somebody of the demo, by the demo's own door, and remember what the page complained of."""
    contexts = []

    def enter(email: str, *, narrow: bool = False, dark: bool = False, language: str = "fr") -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport=NARROW if narrow else WIDE,
            color_scheme="dark" if dark else "light",
            locale=f"{language}-CH",
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto("/entree/")
        page.locator(f'button[name="user"][value="{_user_id(site, email)}"]').click()
        page.wait_for_url("**/")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def signed_in(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of somebody of the demo, who signs in once for all the screens that she only looks at.

    Nobody (an empty address) looks at what is open to the public.
    """
    pages: dict[tuple[str, bool, bool], Page] = {}

    def look_as(email: str, *, narrow: bool, dark: bool = False) -> Page:
        if (email, narrow, dark) not in pages:
            pages[email, narrow, dark] = _enter(site, browser, email, narrow=narrow, dark=dark)
        page = pages[email, narrow, dark]
        page.complaints.clear()  # type: ignore[attr-defined]
        return page

    yield look_as
    for page in pages.values():
        page.context.close()


def _enter(site: Site, browser: Browser, email: str, *, narrow: bool, dark: bool) -> Page:
    context = browser.new_context(
        base_url=site.address,
        viewport=NARROW if narrow else WIDE,
        color_scheme="dark" if dark else "light",
        locale="fr-CH",
    )
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type == "error" else None,  # type: ignore[attr-defined]
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    if email:
        page.goto("/entree/")
        page.locator(f'button[name="user"][value="{_user_id(site, email)}"]').click()
        page.wait_for_url("**/")
    return page


def pictured_as(page: Page, name: str, *, whole: bool) -> None:
    """Kept for the documentation when `ACCORD_PICTURES` asks for it, in few colours."""
    if os.environ.get("ACCORD_PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        seen = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
        seen.quantize(64, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def _user_id(site: Site, email: str) -> object:
    return site.value("select id from accounts_user where email = %s", email)
