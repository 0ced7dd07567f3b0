"""Compile the translations: their texts are in the repository, the compiled form is made when it is stale."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parents[1] / "locale"


def compile_stale_catalogues(locales: Path = LOCALES) -> list[str]:
    """Compile each catalogue that is newer than its compiled form; give the languages that were compiled."""
    compiled = []
    for source in sorted(locales.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        language = source.parts[-3]
        draft = target.with_suffix(".mo.new")
        with source.open("rb") as texts, draft.open("wb") as file:
            write_mo(file, read_po(texts, locale=language))
        draft.replace(target)
        compiled.append(language)
    return compiled
