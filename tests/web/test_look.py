"""The rules of the look hold: contrast, shapes, strict policy, everything shown in the gallery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import translation

import accord.web
from accord.kernel.actors import NOBODY
from accord.web.gallery import gallery, specimens
from accord.web.templatetags.interface.marks import KIND_OF_STATE, SHAPES

WEB = Path(accord.web.__file__).parent
STATIC = WEB / "static" / "accord"
CSS = (STATIC / "accord.css").read_text()
TEMPLATES = sorted(WEB.parent.glob("**/templates/**/*.html"))
TOKENS = {name: sides for name, *sides in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", CSS)}
GROUNDS = ("ground", "surface", "sunk")
WORDS = ("ink", "quiet", "accent", "late", "soon", "done", "law")


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAIRS = [(word, ground) for word in WORDS for ground in GROUNDS] + [
    (word, soft)
    for soft in TOKENS
    if soft.endswith("-soft")
    for word in ("ink", "quiet", soft.removesuffix("-soft"))
]


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_text_has_a_contrast_of_seven(word, ground, side):
    assert contrast(TOKENS[word][side], TOKENS[ground][side]) >= 7


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_edges_of_fields_have_a_contrast_of_three(side):
    for ground in GROUNDS:
        assert contrast(TOKENS["edge"][side], TOKENS[ground][side]) >= 3


def test_there_are_four_sizes():
    assert len(set(re.findall(r"--t-[\w]+(?=:)", CSS))) == 4
    beyond = set(re.findall(r"font-size: ([^;]+);", CSS)) - {
        f"var(--t-{n})" for n in ("small", "text", "part", "page")
    }
    assert beyond == {"15px", "14px", "10.5pt"}, "only pictures and print have sizes of their own"


def test_every_icon_is_in_the_sprite():
    sprite = set(re.findall(r'symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    used = set(SHAPES.values())
    for path in TEMPLATES:
        text = path.read_text()
        used |= set(re.findall(r'{% icon "([\w-]+)"', text)) | set(re.findall(r'\bicon="([\w-]+)"', text))
    assert used <= sprite


def test_every_kind_of_chip_is_drawn():
    assert set(KIND_OF_STATE.values()) <= set(SHAPES)
    for kind in SHAPES:
        assert f".chip-{kind}" in CSS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB.parent)))
def test_no_template_breaks_the_strict_policy(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", text)


def test_what_is_borrowed_comes_with_its_licence():
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "LICENSE.txt").read_text()
    assert "ISC License" in (STATIC / "icons.LICENSE.txt").read_text()


def shown() -> str:
    request = RequestFactory().get("/galerie/")
    request.actor = NOBODY
    request._messages = []
    with translation.override("fr"):
        return gallery(request).content.decode()


def test_the_gallery_shows_every_specimen_in_light_and_in_dark():
    fragments = {path.stem for path in (WEB / "templates" / "web" / "gallery").glob("*.html")}
    with translation.override("fr"):
        assert {specimen.slug for specimen in specimens()} == fragments
    html = shown()
    assert html.count('data-theme="light"') == html.count('data-theme="dark"') == len(fragments)


def test_no_id_is_there_twice_in_the_gallery():
    ids = re.findall(r'\sid="([^"]+)"', shown())
    assert sorted(ids) == sorted(set(ids))


def test_the_page_of_a_database_that_is_away_needs_nothing():
    from django.template.loader import render_to_string

    for page in ("500.html", "503.html"):
        with translation.override("fr"):
            html = render_to_string(page)
        for word in ("Ce qui s’est passé", "Ce qui est sûr", "Que faire"):
            assert word in html
