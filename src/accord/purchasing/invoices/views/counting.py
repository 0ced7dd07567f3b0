"""Totals per measure, person, provider and month, and the same as files."""

from __future__ import annotations

import csv
import io
from datetime import date

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record_read
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.invoices.panels import named_totals, totals_drawing
from accord.purchasing.invoices.policies import keeps_desk
from accord.purchasing.invoices.selectors import Total, totals_of
from accord.purchasing.invoices.selectors.totals import BY
from accord.purchasing.invoices.views.loading import download

USUAL = "prestataire"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: AccordRequest) -> tuple[str, list[Total]]:
    by = request.GET.get("par", USUAL)
    by = by if by in BY else USUAL
    record_read(by=request.actor, subject_kind="invoice totals")
    found = totals_of(request.actor, by, _day(request, "du"), _day(request, "au"))
    return by, named_totals(by, found)


def _day(request: AccordRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _words() -> dict[str, str]:
    return {
        "prestataire": _("par prestataire"),
        "mesure": _("par mesure"),
        "personne": _("par dossier"),
        "mois": _("par mois"),
    }


@screen(keeps_desk, purpose="count invoices", methods=("GET",))
def totals(request: AccordRequest) -> HttpResponse:
    """Sums as picture and table."""
    by, found = _asked(request)
    context = {
        "totals": found,
        "choices": [("" if key == USUAL else key, word) for key, word in _words().items()],
        "word": _words()[by],
        "drawing": totals_drawing(found, _words()[by]),
        "sum": sum((one.amount for one in found), 0),
        "query": request.GET.urlencode(),
    }
    return render(request, "invoices/totals.html", context)


@screen(keeps_desk, purpose="count invoices", methods=("GET",))
def totals_csv(request: AccordRequest) -> HttpResponse:
    """Semicolons and a byte order mark, as Swiss offices open it by a double click."""
    by, found = _asked(request)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_words()[by], _("Factures"), _("Montant (CHF)")])
    writer.writerows([_harmless(one.heading), one.count, one.amount] for one in found)
    return download(f"\ufeff{text.getvalue()}".encode(), "totaux.csv", "text/csv; charset=utf-8")


def _harmless(text: str) -> str:
    """What a spreadsheet would take for a formula is shown as the text that it is."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


@screen(keeps_desk, purpose="count invoices", methods=("GET",))
def totals_excel(request: AccordRequest) -> HttpResponse:
    """A workbook; numbers are numbers."""
    by, found = _asked(request)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [_words()[by], _("Factures"), _("Montant (CHF)")], book.add_format({"bold": True}))
    for row, one in enumerate(found, 1):
        sheet.write_string(row, 0, one.heading)
        sheet.write_number(row, 1, one.count)
        sheet.write_number(row, 2, float(one.amount))
    sheet.set_column(0, 0, 36)
    book.close()
    return download(file.getvalue(), "totaux.xlsx", EXCEL)
