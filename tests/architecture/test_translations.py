"""Every text that people read is in the catalogues, and German is complete."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).parents[2] / "src" / "accord"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"))


def test_german_is_complete():
    german = catalogue("de")
    assert [entry.msgid for entry in german.untranslated_entries()] == []
    assert [entry.msgid for entry in german.fuzzy_entries()] == []


@pytest.mark.parametrize("language", ["de", "it", "en"])
def test_placeholders_survive_translation(language):
    for entry in catalogue(language).translated_entries():
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert set(PLACEHOLDER.findall(text)) <= set(
                    PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)
                ), entry.msgid


@pytest.mark.parametrize("language", ["fr", "de", "it", "en"])
def test_the_catalogues_hold_every_text(language, tmp_path):
    """Extraction finds nothing that the catalogue lacks."""
    copy = tmp_path / "accord"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo"))
    before = {(e.msgctxt, e.msgid) for e in catalogue(language)}
    command = [sys.executable, "-m", "django", "makemessages", "-l", language, "-e", "html,py,txt"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [*command, "--no-obsolete", "--no-wrap"], cwd=copy, check=True, capture_output=True, env=environment
    )
    after = polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert sorted(e.msgid for e in after if (e.msgctxt, e.msgid) not in before) == []
