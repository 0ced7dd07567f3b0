"""Documents set by typst: accessible (PDF/UA-1) and lasting (PDF/A-2a), from a template and plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.contrib.staticfiles import finders


@cache
def _fonts() -> list[str]:
    found = finders.find("accord/fonts/AtkinsonHyperlegibleNext-Regular.ttf")
    return [str(Path(str(found)).parent)]


def typeset(template: Path, data: Mapping[str, Any], root: Path | None = None) -> bytes:
    """The template filled with data, none of which is evaluated; pictures are read from `root` alone."""
    pdf: bytes = typst.compile(  # type: ignore[call-overload]
        template,
        root=root or template.parent,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return pdf
