"""The authorisation in a real browser: the sentence follows the grid, and a hand signs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.conftest import Site

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("ACCORD_SHOTS", "")
LEADS = """
select c.id, u.email from cases_case c
join cases_participant p on p.case_id = c.id and p.left_at is null and p.institution_id = c.lead_id
join accounts_user u on u.id = p.referent_id
where c.state = 'open' and c.programme = 'cii-geneve' and u.persona <> ''
and exists (select 1 from persons_person x where x.id = c.person_id and x.institution_id = c.lead_id)
order by c.number limit 1
"""


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def check(page: Page) -> None:
    """Nothing keeps somebody out, and the page complains of nothing but of the fault that we made (422)."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert [one for one in page.complaints if "422" not in one] == []


def test_from_the_grid_to_the_signature(site: Site, sign_in: Callable[..., Page]) -> None:
    case_id, email = site.rows(LEADS)[0]
    page = sign_in(email)
    page.goto(f"/autorisations/dossier/{case_id}/nouvelle/")
    check(page)
    boxes = page.locator(".consent-grid input[type=checkbox]")
    for box in boxes.all():
        box.uncheck()
    reading = page.locator("#reading")
    expect(reading).to_contain_text("cochez d’abord le tableau")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    expect(reading).to_contain_text("peut voir : identité et contact.")
    page.get_by_label("établir une vue commune").check()
    expect(reading).to_contain_text("Le but : établir une vue commune")
    page.get_by_text("Que contient chaque sorte de données").click()
    check(page)
    shoot(page, "compose")

    page.get_by_role("button", name="Préparer le formulaire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Autorisation de la personne")
    check(page)
    shoot(page, "prepared")
    page.get_by_role("link", name="Signer à l’écran").click()
    page.get_by_role("button", name="J’autorise et je signe").click()
    expect(page.locator(".error-summary")).to_contain_text("Signez dans le cadre")
    page.locator("canvas").scroll_into_view_if_needed()
    pad = page.locator("canvas").bounding_box()
    assert pad
    page.mouse.move(pad["x"] + 40, pad["y"] + 90)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(pad["x"] + 40 + step * 8, pad["y"] + 90 + (step % 5) * 9)
    page.mouse.up()
    expect(page.get_by_text("Une signature est dessinée.")).to_be_visible()
    check(page)
    shoot(page, "sign")
    page.get_by_role("button", name="J’autorise et je signe").click()
    expect(page.locator(".chip-active")).to_contain_text("en vigueur")
    check(page)
    shoot(page, "show")
    page.get_by_role("link", name="Restreindre").click()
    check(page)
    shoot(page, "narrow")
    page.go_back()
    page.get_by_role("link", name="Révoquer").click()
    check(page)
    shoot(page, "revoke")
    page.get_by_role("button", name="Révoquer maintenant").click()
    expect(page.locator(".chip-stopped").first).to_contain_text("révoquée")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_a_phone_nothing_runs_out_of_the_page(
    site: Site, sign_in: Callable[..., Page], dark: bool
) -> None:
    case_id, email = site.rows(LEADS)[0]
    page = sign_in(email, narrow=True, dark=dark)
    for name, address in {
        "phone-compose": f"/autorisations/dossier/{case_id}/nouvelle/",
        "phone-law": f"/autorisations/dossier/{case_id}/par-la-loi/",
        "phone-panel": f"/dossiers/{case_id}/?panneau=autorisation",
    }.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        check(page)
        shoot(page, f"{name}-{'dark' if dark else 'light'}")
