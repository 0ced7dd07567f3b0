"""Every screen in the real browser: nothing complains, axe finds nothing, nothing overflows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from accord.kernel.http.screens import screen_of
from accord.web.case_panels import PANELS
from browser.conftest import pictured_as
from furnishing import Picture, collected, furnished, gathered, named, pictured

pytestmark = pytest.mark.browser

CASEWORKER, GUARDIAN, ADMINISTRATOR = (
    "demo01@accord.example",
    "demo09@accord.example",
    "demo10@accord.example",
)
OF_CASE = """
select c.id from cases_case c join cases_disclosure d on d.case_id = c.id and d.basis = 'consent'
where c.state = 'open' and d.recipient_id = %s and d.valid_until > now() and c.lead_id = %s
order by (select count(*) from cases_step s where s.case_id = c.id) desc, c.number limit 1
"""
NOT_A_PAGE = {
    "journal:export", "cases:document", "cases:document_preview", "consents:form_pdf", "consents:evidence",
    "web:alive", "notifications:open", *collected("NOT_A_PAGE"),
}  # fmt: skip
"""Addresses that give a file, or lead on."""
BY = {"journal:list": GUARDIAN, "institutions:edit": ADMINISTRATOR, **gathered("BY")}


def screens_that_show(patterns: Any = None, names: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    """(name, arguments) of our screens that answer a GET with a page."""
    found: list[tuple[str, list[str]]] = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            found += screens_that_show(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern) and (door := screen_of(pattern.callback)):
            name = ":".join((*names, pattern.name or ""))
            if "GET" in door.methods and name not in NOT_A_PAGE:
                found.append((name, list(pattern.pattern.converters)))
    return found


MAY_REFUSE = {"cases:note", "cases:reopening", "institutions:add-member", *collected("MAY_REFUSE")}
"""Screens that may refuse whoever looks at them: she may not, or the day or the state of the thing is not the one."""
SCREENS = screens_that_show()


@pytest.fixture(scope="session")
def things(site: Any) -> dict[str, object]:
    """Something to open for each argument, that the caseworker of the demo may see."""
    house = site.value(
        "select m.institution_id from institutions_membership m join accounts_user u on u.id = m.user_id"
        " where u.email = %s order by m.since limit 1",
        CASEWORKER,
    )
    case = site.value(OF_CASE, house, house)
    person = site.value("select id from persons_person where institution_id = %s order by id limit 1", house)
    draft = "select id from referrals_referral where sender_id = %s and state = 'draft' limit 1"
    return furnished("things", site, house, case) | {
        "case_id": case,
        "step_id": site.value("select id from cases_step where case_id = %s limit 1", case),
        "note_id": site.value("select id from cases_note where owner_id = %s limit 1", house),
        "consent_id": site.value("select id from consents_consent where case_id = %s limit 1", case),
        "referral_id": site.value(draft, house),
        "person_id": person,
        "file_id": site.value(
            "select f.id from persons_institutionfile f join persons_person p on p.id = f.person_id"
            " where f.institution_id = %s and p.institution_id = f.institution_id and f.closed_on is null limit 1",
            house,
        ),
        "slug": "cii-geneve",
        "version": "2026.2",
        "membership_id": site.value("select id from institutions_membership limit 1"),
    }


def address(name: str, arguments: list[str], things: dict[str, object], site: Any) -> str:
    values = dict(things)
    if name.startswith("institutions:"):
        values["slug"] = "oai-ge" if name != "institutions:show" else "oce-ge"
    if name == "persons:file-closing":
        values["person_id"] = site.value(
            "select person_id from persons_institutionfile where id = %s", values["file_id"]
        )
    return reverse(name, kwargs=named(values, name, arguments))


def look(page: Page, name: str) -> None:
    """No complaint of the browser, no finding of axe, no sideways scrolling."""
    findings = Axe().run(page)
    assert findings.violations_count == 0, f"{name}: {findings.generate_report()}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{name}: {overflow} px wider than the window"
    assert page.complaints == [], f"{name}: {page.complaints}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "arguments"), SCREENS, ids=[name for name, _arguments in SCREENS])
def test_screen(
    site: Any, things: dict[str, object], signed_in: Callable[..., Page], name: str, arguments: list[str]
) -> None:
    url = address(name, arguments, things, site)
    may_refuse = name in MAY_REFUSE
    for narrow in (True,) if may_refuse else (False, True):
        page = signed_in(BY.get(name, CASEWORKER), narrow=narrow, dark=narrow)
        response = page.goto(url)
        assert response is not None
        assert response.status in ((200, 403) if may_refuse else (200,)), f"{name}: {response.status}"
        if response.status == 403:
            page.complaints.clear()  # type: ignore[attr-defined]
        look(page, name)


@pytest.mark.parametrize("panel", PANELS)
def test_panels_of_the_case_page(
    things: dict[str, object], signed_in: Callable[..., Page], panel: str
) -> None:
    for narrow in (False, True):
        page = signed_in(CASEWORKER, narrow=narrow)
        page.goto(f"/dossiers/{things['case_id']}/?panneau={panel}")
        look(page, f"panel {panel}")


MAIN = {
    "entrance": Picture("/entree/"),
    "home": Picture("/"),
    "cases": Picture("/dossiers/"),
    "case": Picture("/dossiers/{case_id}/"),
    "case-authorisation": Picture("/dossiers/{case_id}/?panneau=autorisation"),
    "authorise": Picture("/autorisations/dossier/{case_id}/nouvelle/"),
    "announce": Picture("/annonces/{referral_id}/formulaire/"),
    "announcements": Picture("/annonces/"),
    "programme": Picture("/programmes/cii-geneve/"),
    "gallery": Picture("/galerie/"),
    **pictured(),
}


@pytest.mark.parametrize("name", MAIN)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_pictures(
    things: dict[str, object], signed_in: Callable[..., Page], name: str, language: str
) -> None:
    """The main screens, wide and narrow, in French and in German; kept in the documentation when asked."""
    picture = MAIN[name]
    for narrow in (False, True):
        page = signed_in(picture.email or CASEWORKER, narrow=narrow)
        page.locator(f'footer button[value="{language}"]').first.click()
        page.goto(picture.address(things))
        assert page.locator("html").get_attribute("lang") == language
        if not (narrow and language == "de"):
            suffix = "" if language == "fr" else f"-{language}"
            pictured_as(page, f"{name}-{'narrow' if narrow else 'wide'}{suffix}", whole=not narrow)
        page.locator('footer button[value="fr"]').first.click()
