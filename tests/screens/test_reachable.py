"""Every page is linked from somewhere, and no link of the navigation leads to a closed door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import accord
from accord.kernel.http.screens import screen_of
from accord.network.institutions.enums import Kind, Role
from scenarios import colleague, institution, programmes

TYPED_BY_HAND = {"web:gallery", "web:alive"}
"""The gallery of components is for those who build; a monitor asks whether the house is alive."""
WITHOUT_A_LINK_YET = {"measures:office-code", "measures:report-terms"}
"""Settings of purchasing to which no page leads so far."""
NAMED = re.compile(r"""["']([a-z_]+:[a-z_-]+)["']""")


def pages(patterns=None, names=()):
    """Names of the addresses that one may look at."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from pages(pattern.url_patterns, inside)
        elif (
            isinstance(pattern, URLPattern)
            and (door := screen_of(pattern.callback))
            and "GET" in door.methods
        ):
            yield ":".join((*names, pattern.name))


def test_every_page_is_named_by_another():
    house = Path(accord.__file__).parent
    sources = (path for kind in ("*.html", "*.py") for path in house.rglob(kind))
    named = {name for path in sources for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert set(pages()) - named <= TYPED_BY_HAND | WITHOUT_A_LINK_YET


PEOPLE = [
    (Kind.AI_OFFICE, Role.CASEWORKER),
    (Kind.AI_OFFICE, Role.ADMINISTRATOR),
    (Kind.AI_OFFICE, Role.DATA_PROTECTION),
    (Kind.SOCIAL_AID, Role.MANAGER),
    (Kind.CII_OFFICE, Role.DESK),
    (Kind.EMPLOYMENT_OFFICE, Role.REFERENT),
    (Kind.MEDICAL_SERVICE, Role.DOCTOR),
    (Kind.MEDICAL_SERVICE, Role.SECRETARY),
    (Kind.PENSION_FUND, Role.CASEWORKER),
    (Kind.PROVIDER, Role.MANAGER),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "role"), PEOPLE)
def test_the_navigation_opens_what_it_offers(kind, role):
    programmes()
    browser = colleague(institution(kind), role).browser()
    page = browser.get("/").content.decode()
    top = page[page.index('<header class="top">') : page.index("</header>")]
    links = set(re.findall(r'<a [^>]*href="(/[^"]*)"', top))
    closed = {link: status for link in links if (status := browser.get(link).status_code) not in (200, 302)}
    assert len(links) > 5 and not closed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "role", "link"),
    [
        (Kind.AI_OFFICE, Role.CASEWORKER, "/detection/"),
        (Kind.SOCIAL_AID, Role.CASEWORKER, "/ma-situation/reponses/"),
        (Kind.SOCIAL_AID, Role.DATA_PROTECTION, "/ma-situation/oppositions/"),
        (Kind.SOCIAL_AID, Role.ADMINISTRATOR, "/rencontres/salles/"),
    ],
)
def test_the_navigation_leads_each_to_her_lists(kind, role, link):
    page = colleague(institution(kind), role).browser().get("/").content.decode()
    assert f'href="{link}"' in page
