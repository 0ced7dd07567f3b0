"""What is true of a person's particulars, whatever the screen: names, dates, addresses, contact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accord.kernel.identifiers import normalise_avs
from accord.kernel.periods import PartialDate

FIRST_YEAR = 1900
MAJORITY = 18
"""Code civil suisse, art. 14."""

CANTONS = (
    "AG", "AI", "AR", "BE", "BL", "BS", "FR", "GE", "GL", "GR", "JU", "LU", "NE",
    "NW", "OW", "SG", "SH", "SO", "SZ", "TG", "TI", "UR", "VD", "VS", "ZG", "ZH",
)  # fmt: skip

_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)


def name_key(*names: str) -> str:
    """Names as they are compared: lower, without accents, umlauts however they were written.

    "Müller", "Mueller" and "Muller" are one. Made here and not in SQL, so that every server agrees.
    """
    text = " ".join(names).lower().translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"([aou])e", r"\1", text)
    return " ".join(re.findall(r"[^\W_]+", text))
