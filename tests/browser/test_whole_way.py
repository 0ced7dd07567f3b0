"""The main path on the real server: a part signed, a meeting called, the plan signed, the window entered by letter."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from accord.casework.window.rules import ALPHABET
from browser.conftest import NARROW, Site

pytestmark = pytest.mark.browser

LED = """
select c.id, u.email, x.birth_date from cases_case c
join persons_person x on x.id = c.person_id and x.institution_id = c.lead_id
join cases_participant p on p.case_id = c.id and p.left_at is null and p.institution_id = c.lead_id
join accounts_user u on u.id = p.referent_id
join plans_plan l on l.case_id = c.id and l.state in ('draft', 'proposed')
where c.state = 'open' and u.persona <> '' and length(x.birth_date) = 10
order by l.state = 'proposed' desc, l.open_findings, c.number limit 1
"""


def looked_at(page: Page) -> None:
    findings = Axe().run(page)
    assert findings.violations_count == 0, f"{page.url}: {findings.generate_report()}"


def test_from_the_diagnosis_to_her_window(site: Site, browser: Browser, sign_in: Callable[..., Page]) -> None:
    case, email, born = site.rows(LED)[0]
    page = sign_in(str(email))
    a_part_is_written_and_signed(page, case)
    a_meeting_is_called(page, case)
    letter = the_letter_is_printed(page, case)
    she_comes_in(site, browser, letter, str(born))


def a_part_is_written_and_signed(page: Page, case: Any) -> None:
    page.goto(f"/dossiers/{case}/?panneau=diagnostic")
    looked_at(page)
    claim = page.get_by_role("button", name="Prendre en charge")
    if claim.count():
        claim.first.click()
    page.goto(f"/dossiers/{case}/?panneau=diagnostic")
    page.locator("main a[href*='/diagnostic/parties/']").filter(
        has_text=re.compile("Écrire|Continuer|Reprendre|Modifier|Rédiger")
    ).first.click()
    page.locator("textarea[name=known]").fill("Douze ans de métier, un dos qui ne porte plus.")
    page.get_by_role("button", name=re.compile("^Signer")).first.click()
    expect(page.get_by_text("La partie est signée")).to_be_visible()


def a_meeting_is_called(page: Page, case: Any) -> None:
    page.goto(f"/rencontres/dossier/{case}/nouvelle/")
    page.locator("input[name=kind][value=follow_up]").check()
    page.locator("input[name=on]").fill("12.01.2027")
    page.locator("input[name=hour]").fill("10:00")
    page.locator("input[name=minutes]").fill("45")
    page.locator("input[name=place]").fill("Rue de Montbrillant 40, Genève")
    page.locator("input[name=seats]").first.check()
    looked_at(page)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/rencontres/[0-9a-f-]+/"))


def the_letter_is_printed(page: Page, case: Any) -> str:
    """The words of the printed letter."""
    page.goto(f"/ma-situation/lettres/{case}/")
    page.locator("input[name=addressee]").first.check()
    with page.expect_download() as download:
        page.locator("main form button[type=submit]").first.click()
    document = pypdfium2.PdfDocument(io.BytesIO(Path(download.value.path()).read_bytes()))
    return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)


def she_comes_in(site: Site, browser: Browser, letter: str, born: str) -> None:
    sign = f"[{ALPHABET}]{{4}}"
    number = re.search(r"\d{4} \d{4}", letter)
    assert number
    code = next(one for one in re.findall(f"{sign} {sign}", letter) if one != number.group())
    year, month, day = born.split("-")
    page = browser.new_context(base_url=site.address, viewport=NARROW).new_page()
    page.goto("/ma-situation/")
    page.locator("input[name=number]").fill(number.group())
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=birth_date]").fill(f"{day}.{month}.{year}")
    looked_at(page)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/aujourdhui/")
    for chapter in ("plan", "rencontres", "lectures"):
        page.goto(f"/ma-situation/{chapter}/")
        looked_at(page)
    page.goto("/ma-situation/rencontres/")
    expect(page.locator("main")).to_contain_text("12")
    page.context.close()
