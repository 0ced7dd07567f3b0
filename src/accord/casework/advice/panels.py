"""The statistics of the referents as a table and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accord.casework.advice.rules import WHOLE, Line, Row

WIDTH, TOP, HEIGHT, FOOT, MOST_COLUMNS = 360, 22, 120, 24, 8


def column_words() -> list[str]:
    """The words over the columns of the statistics."""
    return [
        _("Reçues"),
        _("Avec réponse"),
        _("Jours jusqu’à la réponse (médiane)"),
        _("Jugées utiles"),
        _("Devenues une annonce"),
    ]


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter in the picture: what was received, and of it what was answered."""

    word: str
    x: float
    width: float
    received: float
    answered: float
    said: str

    @property
    def top_of_received(self) -> float:
        """Where the column of what was received begins."""
        return TOP + HEIGHT - self.received

    @property
    def top_of_answered(self) -> float:
        """Where the part that was answered begins."""
        return TOP + HEIGHT - self.answered

    @property
    def label_y(self) -> float:
        """Where the number above it stands."""
        return self.top_of_received - 6

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return self.x + self.width / 2


def lines_of(found: Mapping[Row, Line], side: str) -> list[tuple[str, Sequence[int | float | None]]]:
    """The lines of one side (quarters or askers), and all of them together at the end."""
    chosen = [(row[1], line) for row, line in found.items() if row[0] == side]
    return [
        (word, (line.received, line.answered, line.median_days, line.helpful, line.announcements))
        for word, line in [*chosen, (_("ensemble"), found[WHOLE])]
    ]


def columns_of(found: Mapping[Row, Line]) -> list[Column]:
    """The last eight quarters as columns; a number that is not published has none."""
    quarters = [(row[1], line) for row, line in found.items() if row[0] == "quarter"][-MOST_COLUMNS:]
    most = max((line.received or 0 for _word, line in quarters), default=0) or 1
    step = WIDTH / max(len(quarters), 1)
    return [
        Column(
            word=word[2:],
            x=round(place * step + 6, 1),
            width=round(step - 12, 1),
            received=round((line.received or 0) / most * HEIGHT, 1),
            answered=round((line.answered or 0) / most * HEIGHT, 1),
            said=_("n. p.") if line.received is None else str(line.received),
        )
        for place, (word, line) in enumerate(quarters)
    ]
