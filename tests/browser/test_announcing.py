"""Announcing a case in a real browser: kept by itself, sent when complete and allowed, answered by the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Site

pytestmark = pytest.mark.browser
SENDER, DESK = "demo01@accord.example", "demo02@accord.example"


def test_an_announcement_is_kept_completed_and_refused_without_an_authorisation(
    site: Site, sign_in: Callable[..., Page]
) -> None:
    page = sign_in(SENDER)
    page.get_by_role("link", name="Annoncer un cas").first.click()
    page.get_by_label("CII Genève").check()
    page.locator("input[name=person]").first.check()
    page.get_by_role("button", name="Préparer l’annonce").click()
    if page.get_by_text("Un dossier court déjà").count():
        page.get_by_label("Annoncer tout de même").check()
        page.get_by_label("CII Genève").check()
        page.get_by_role("button", name="Préparer l’annonce").click()

    page.get_by_label("De quoi s’agit-il").fill("Retour au travail après un accident")
    page.get_by_label("De quoi s’agit-il").blur()
    expect(page.get_by_text("Brouillon enregistré")).to_be_visible(timeout=10_000)
    page.reload()
    expect(page.get_by_label("De quoi s’agit-il")).to_have_value("Retour au travail après un accident")

    page.get_by_role("button", name="Envoyer").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    expect(page.get_by_label("De quoi s’agit-il")).to_have_value("Retour au travail après un accident")

    page.locator("input[name=reasons]").first.check()
    for name in ("potential", "followed", "agrees"):
        page.locator(f"input[name=criterion_{name}]").check()
    for name in ("situation", "person_wish", "expectations"):
        page.locator(f"textarea[name=answer_{name}]").fill("Une phrase qui explique.")
    page.locator("select[name=answer_benefit]").select_option(index=1)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".error-summary")).to_contain_text("autorisation")


def test_the_desk_answers_what_waits(site: Site, sign_in: Callable[..., Page]) -> None:
    page = sign_in(DESK)
    page.get_by_role("link", name="Annonces").first.click()
    page.locator("main tbody th a").first.click()
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading
    page.get_by_label("Votre question").fill("Depuis quand est-elle en incapacité ?")
    page.get_by_role("button", name="Poser la question").click()
    expect(page.get_by_text("Depuis quand est-elle en incapacité ?")).to_be_visible()
    expect(page.locator("main")).to_contain_text("complément demandé")
    expect(page.get_by_role("button", name="Accepter l’annonce")).to_have_count(0)
