"""What pages show of invoices: findings in the reader's language, figures as tables and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.durations.panels import Drawing, Table, columns
from accord.purchasing.invoices.models import InvoiceFinding
from accord.purchasing.invoices.selectors import Clock, Total
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.providers.panels import Way, keep_way

KINDS = {"error": "stopped", "warning": "late", "info": "neutral"}
ORDER = {"error": 0, "warning": 1, "info": 2}
MOST_COLUMNS, ROOM = 6, 66
"""Sums in the picture, and letters that fit under all of them."""


def own_ways() -> None:
    """Where the page of purchases leads into this app."""
    for name, word, sentence in (
        (
            "invoices:list",
            gettext_lazy("Factures"),
            gettext_lazy("Éclaircir, approuver, et l’horloge des trente jours."),
        ),
        (
            "invoices:payments",
            gettext_lazy("Paiements"),
            gettext_lazy("Ordres à la banque et avis de débit."),
        ),
        (
            "invoices:totals",
            gettext_lazy("Totaux des factures"),
            gettext_lazy("Par mesure, personne, prestataire ou mois."),
        ),
        (
            "invoices:sent",
            gettext_lazy("Mes factures"),
            gettext_lazy("Envoyer, suivre, lire les réponses."),
        ),
        (
            "invoices:keys",
            gettext_lazy("Clés des programmes"),
            gettext_lazy("Pour qu’un programme de facturation envoie lui-même."),
        ),
    ):
        keep_way(Way(name, word, sentence))


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: how grave, where, what, and what to do."""

    word: str
    tone: str
    line: int
    field: str
    record_id: int | None
    message: str
    what_to_do: str


def told(findings: Iterable[InvoiceFinding], language: str) -> list[Told]:
    """Findings in the reader's language, the gravest first."""
    ordered = sorted(findings, key=lambda one: (ORDER[one.weight], one.line))
    return [
        Told(
            str(one.get_weight_display()),
            KINDS[one.weight],
            one.line,
            one.field,
            one.record_id,
            one.finding.message(language),
            one.finding.what_to_do(language),
        )
        for one in ordered
    ]


def clock_table(clock: Clock) -> Table:
    """Open invoices by the days since they came."""
    return Table(
        "horloge",
        _("Factures ouvertes, par jours depuis la réception"),
        [_("Jours"), _("Factures")],
        clock.open_by_age,
    )


def clock_drawing(clock: Clock) -> Drawing:
    """The same as a picture."""
    words = [word for word, _count in clock.open_by_age]
    values = [count for _word, count in clock.open_by_age]
    return columns(_("Factures ouvertes, par jours depuis la réception"), "horloge", words, values)


def named_totals(by: str, totals: Sequence[Total]) -> list[Total]:
    """Kinds of measures by their words of the catalogue, in the reader's language."""
    if by != "mesure":
        return list(totals)
    kinds, language = read_catalogue().kinds, (get_language() or "fr")[:2]
    return [
        replace(one, heading=kinds[one.heading].label(language)) if one.heading in kinds else one
        for one in totals
    ]


def totals_drawing(totals: Sequence[Total], word: str) -> Drawing | None:
    """The largest sums, as columns in whole francs."""
    shown = totals[:MOST_COLUMNS]
    if not shown:
        return None
    title = _("Montants facturés, %(by)s (CHF)") % {"by": word}
    words = [_cut(one.heading, ROOM // len(shown)) for one in shown]
    return columns(title, "totaux", words, [int(one.amount) for one in shown])


def _cut(heading: str, room: int) -> str:
    return heading if len(heading) <= room else f"{heading[: room - 1].rstrip()}…"
