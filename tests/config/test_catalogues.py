"""Translations are compiled when their texts are newer."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from accord.config.catalogues import compile_stale_catalogues

CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"

msgid "Annoncer un cas"
msgstr "{word}"

#, fuzzy
msgid "Autorisation"
msgstr "vielleicht"
"""


def write(folder: Path, word: str) -> Path:
    texts = folder / "de" / "LC_MESSAGES" / "django.po"
    texts.parent.mkdir(parents=True, exist_ok=True)
    texts.write_text(CATALOGUE.format(word=word))
    return texts


def translated(folder: Path, text: str) -> str:
    return gettext.GNUTranslations((folder / "de/LC_MESSAGES/django.mo").open("rb")).gettext(text)


def test_a_new_catalogue_is_compiled_once(tmp_path: Path) -> None:
    write(tmp_path, "Einen Fall melden")
    assert compile_stale_catalogues(tmp_path) == ["de"]
    assert translated(tmp_path, "Annoncer un cas") == "Einen Fall melden"
    assert compile_stale_catalogues(tmp_path) == []


def test_a_changed_catalogue_is_compiled_again(tmp_path: Path) -> None:
    write(tmp_path, "alt")
    compile_stale_catalogues(tmp_path)
    texts = write(tmp_path, "neu")
    later = texts.stat().st_mtime + 10
    os.utime(texts, (later, later))
    assert compile_stale_catalogues(tmp_path) == ["de"]
    assert translated(tmp_path, "Annoncer un cas") == "neu"


def test_a_doubtful_translation_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, "Einen Fall melden")
    compile_stale_catalogues(tmp_path)
    assert translated(tmp_path, "Autorisation") == "Autorisation"
