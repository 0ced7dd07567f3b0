"""The person's window on a phone: by her finger, in large type, in the dark, and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.conftest import pictured_as

pytestmark = pytest.mark.browser

CASEWORKER = "demo01@accord.example"
PAGES = (
    "aujourdhui", "plan", "plan/signer", "rencontres", "diagnostic", "capacite", "urgences", "detection",
    "participants", "moi", "accords", "documents", "lectures", "demandes",
    "demandes/correction", "demandes/objection", "plus", "donnees",
)  # fmt: skip

PICTURED = {0: ("aujourdhui", "plan", "accords", "lectures"), 2: ("accords",)}


def at_her_window(sign_in: Callable[..., Page], **look: Any) -> Page:
    """Enter by the demo's door, which ends the colleague's session."""
    page = sign_in(CASEWORKER, narrow=True, **look)
    page.goto("/entree/")
    page.get_by_role("button", name="Entrer comme la personne").click()
    page.wait_for_url("**/aujourdhui/")
    return page


def look_at(page: Page) -> None:
    findings = Axe().run(page)
    assert findings.violations_count == 0, f"{page.url}: {findings.generate_report()}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url}: {overflow} px wider than the phone"
    assert page.complaints == [], page.complaints  # type: ignore[attr-defined]


@pytest.mark.parametrize(("dark", "steps"), [(False, 0), (True, 2)])
def test_every_page_in_every_size(sign_in: Callable[..., Page], dark: bool, steps: int) -> None:
    page = at_her_window(sign_in, dark=dark)
    for _step in range(steps):
        page.get_by_role("button", name="A plus grand").click()
    for name in PAGES:
        response = page.goto(f"/ma-situation/{name}/")
        assert response is not None and response.status == 200, name
        look_at(page)
        if name in PICTURED[steps]:
            pictured_as(page, f"window-{name}{'-large' if steps else ''}", whole=False)


def test_she_signs_with_her_finger(sign_in: Callable[..., Page]) -> None:
    page = at_her_window(sign_in)
    page.get_by_role("link", name="La lire et décider").click()
    look_at(page)
    page.locator("input[name=signatory]").first.check()
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    frame = pad.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 20, frame["y"] + 30)
    page.mouse.down()
    for place in range(12):
        page.mouse.move(frame["x"] + 20 + place * 20, frame["y"] + 30 + place % 3 * 20)
    page.mouse.up()
    page.get_by_role("button", name="J’autorise et je signe").click()
    assert "valable dès maintenant" in page.locator("#messages").inner_text()


def test_she_leaves(sign_in: Callable[..., Page]) -> None:
    page = at_her_window(sign_in)
    page.goto("/ma-situation/plus/")
    page.get_by_role("button", name="Sortir").click()
    page.goto("/ma-situation/accords/")
    assert "next=" in page.url
