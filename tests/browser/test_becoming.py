"""Becoming a provider as an outsider does it: wrong address, old link, missing papers, impatient clicks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signing import Signer
from playwright.sync_api import Browser, Page, expect

from accord.purchasing.providers.services.links import SEND_LINK
from browser.conftest import NARROW, Site
from furnishing.agreements import PNG

pytestmark = pytest.mark.browser

ADDRESS = "entree@prestataire.example"
LATEST = (
    "select l.id from providers_magiclink l join providers_offer o on o.id = l.offer_id"
    " where o.email = %s order by l.created_at desc limit 1"
)
ENDED = "update providers_magiclink set expires_at = now() where id = %s returning id"
SENT = "select count(*), max(number), max(state) from providers_offer where email = %s"
COMPLETE = {
    "name": "Jardins du Bout", "contact": "La direction", "address": "Rue du Lac 3, 1207 Genève",
    "languages": "français", "places": "Genève", "offers": "Jardinage, trois mois.",
    "quality": "Deux maîtres d’atelier.", "prices": "170 francs par jour.",
}  # fmt: skip
PAPERS = ("concept", "staff", "insurance", "legal")


@pytest.fixture
def outsider(site: Site, browser: Browser) -> Iterator[Page]:
    """A phone of somebody whom Accord does not know."""
    context = browser.new_context(base_url=site.address, viewport=NARROW, locale="fr-CH")
    yield context.new_page()
    context.close()


def looked_at(page: Page) -> None:
    findings = Axe().run(page)
    assert findings.violations_count == 0, f"{page.url}: {findings.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def mailed(site: Site) -> tuple[Any, str]:
    """The newest link that the worker would mail, and its address."""
    link = site.value(LATEST, ADDRESS)
    return link, f"/prestataires/devenir/oai-ge/lien/{Signer(salt=SEND_LINK).sign(str(link))}/"


def test_from_the_public_page_to_the_receipt(site: Site, outsider: Page) -> None:
    an_address_is_asked_for(outsider)
    old, path = mailed(site)
    site.value(ENDED, old)
    an_old_link_leads_back(outsider, path)
    _new, path = mailed(site)
    the_link_opens_once(outsider, path)
    nothing_is_sent_half(outsider)
    all_is_written_and_joined(outsider)
    two_clicks_send_once(site, outsider)


def an_address_is_asked_for(page: Page) -> None:
    page.goto("/prestataires/devenir/")
    page.get_by_role("link", name="Office AI du bout du lac").click()
    page.get_by_role("link", name="Offrir un service").click()
    page.locator("input[name=email]").fill("entree@")
    page.get_by_role("button", name="Recevoir un lien").click()
    expect(page.locator("input[name=email]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=email]")).to_have_value("entree@")
    looked_at(page)
    ask(page)


def ask(page: Page) -> None:
    page.locator("input[name=email]").fill(ADDRESS)
    page.get_by_role("button", name="Recevoir un lien").click()
    expect(page.get_by_text("un message avec un lien y arrive")).to_be_visible()


def an_old_link_leads_back(page: Page, path: str) -> None:
    page.goto(path)
    looked_at(page)
    page.get_by_role("button", name="Ouvrir mon offre").click()
    expect(page.get_by_text("Ce lien n’est plus valable")).to_be_visible()
    ask(page)


def the_link_opens_once(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Ouvrir mon offre").click()
    expect(page).to_have_url(re.compile("/mon-offre/$"))
    page.goto(path)
    page.get_by_role("button", name="Ouvrir mon offre").click()
    expect(page.get_by_text("Ce lien n’est plus valable")).to_be_visible()


def nothing_is_sent_half(page: Page) -> None:
    page.goto("/prestataires/mon-offre/")
    expect(page.get_by_text("Il manque encore")).to_be_visible()
    expect(page.locator("summary", has_text="Envoyer l’offre")).to_have_count(0)
    page.locator("input[name=gln]").fill("7601000000010")
    page.locator("input[name=name]").fill("Jardins du Bout")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator("input[name=gln]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=name]")).to_have_value("Jardins du Bout")
    looked_at(page)
    join(page, "concept", b"a picture, it says", "plan.png")
    expect(page.locator("input[name=file]")).to_have_attribute("aria-invalid", "true")


def join(page: Page, piece: str, data: bytes, name: str) -> None:
    page.locator("select[name=piece]").select_option(piece)
    page.locator("input[name=file]").set_input_files({"name": name, "mimeType": "image/png", "buffer": data})
    page.get_by_role("button", name="Joindre le document").click()


def all_is_written_and_joined(page: Page) -> None:
    page.goto("/prestataires/mon-offre/")
    page.locator("select[name=provider_kind]").select_option("association")
    for name, value in COMPLETE.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Le brouillon est enregistré")).to_be_visible()
    for piece in PAPERS:
        join(page, piece, PNG, f"{piece}.png")
        expect(page.get_by_text("Le document est joint")).to_be_visible()
    expect(page.get_by_text("L’offre est complète")).to_be_visible()
    looked_at(page)


def two_clicks_send_once(site: Site, page: Page) -> None:
    page.locator("summary", has_text="Envoyer l’offre").click()
    page.locator(".confirm-body button.sure").dblclick()
    expect(page.get_by_text("Votre offre est arrivée")).to_be_visible()
    looked_at(page)
    page.goto("/prestataires/mon-offre/")
    count, number, state = site.rows(SENT, ADDRESS)[0]
    assert (count, state) == (1, "submitted")
    expect(page.get_by_text(str(number))).to_be_visible()
