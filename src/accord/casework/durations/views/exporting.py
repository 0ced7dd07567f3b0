"""The same figures as files: one table after the other as CSV, one a sheet for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accord.casework.durations import panels
from accord.casework.durations.filters import scope_from
from accord.casework.durations.panels import Hidden, Table, Value
from accord.casework.durations.policies import reads_durations
from accord.casework.durations.selectors import calculations_of, extent_of, figures_of
from accord.casework.durations.views.loading import load_programme, tables_of
from accord.foundation.journal.services import record
from accord.kernel.clock import SWISS_TIME
from accord.kernel.http import AccordRequest, screen

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAME = 31
"""Longest name of a sheet."""


@screen(reads_durations, purpose="export durations", methods=("GET",))
def csv_export(request: AccordRequest, programme_slug: str) -> HttpResponse:
    """Semicolons and a byte order mark, as Swiss offices open it by a double click."""
    tables, name = _tables(request, programme_slug)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for table in tables:
        writer.writerow([table.title])
        writer.writerow(table.columns)
        writer.writerows([[_plain(value) for value in row] for row in table.rows])
        writer.writerow([])
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@screen(reads_durations, purpose="export durations", methods=("GET",))
def excel_export(request: AccordRequest, programme_slug: str) -> HttpResponse:
    """A workbook with a sheet a table; numbers are numbers."""
    tables, name = _tables(request, programme_slug)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    for table in tables:
        _write_sheet(book.add_worksheet(table.key[:SHEET_NAME]), table, bold)
    book.close()
    response = HttpResponse(file.getvalue(), content_type=EXCEL)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _write_sheet(sheet: Any, table: Table, bold: Any) -> None:
    sheet.write_string(0, 0, table.title, bold)
    sheet.write_row(2, 0, [str(column) for column in table.columns], bold)
    sheet.freeze_panes(3, 1)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(table.columns), 16)
    for line, row in enumerate(table.rows, 3):
        for place, value in enumerate(row):
            sheet.write(line, place, str(value) if isinstance(value, Hidden) else value)


def _tables(request: AccordRequest, programme_slug: str) -> tuple[list[Table], str]:
    """The tables of the page in the same scope, and the name of the file; 404 before the first calculation."""
    programme = load_programme(request.actor, programme_slug)
    latest, _running = calculations_of(request.actor, programme_slug)
    if latest is None or latest.finished_at is None:
        raise Http404
    extent = extent_of(request.actor, latest)
    scope = scope_from(request.GET, extent)
    figures = figures_of(request.actor, latest, extent, scope)
    record(
        by=request.actor,
        verb="exported",
        is_read=True,
        subject_kind="durations",
        subject_id=latest.pk,
        subject_label=programme_slug,
    )
    tables = list(tables_of(programme, figures, scope).values())
    about = Table(
        "a-propos",
        _("Ce que disent ces chiffres"),
        [_("Quoi"), _("Valeur")],
        [
            [_("Dispositif"), programme.label.in_(request.actor.language)],
            [_("Calculé le"), f"{latest.finished_at.astimezone(SWISS_TIME):%d.%m.%Y, %H:%M}"],
            [_("Période"), scope.period or _("tout")],
            [_("Institution"), scope.institution.short_name if scope.institution else _("tout le cercle")],
            [_("Région"), scope.region or _("tout")],
            [_("Plus petit nombre publié"), programme.parameters["least_shown"]],
        ],
    )
    further = panels.further_tables(request.actor, programme)
    return [about, *tables, *further], f"durees-{programme_slug}-{latest.finished_at:%Y%m%d}"


def _plain(value: Value) -> str:
    """As a Swiss spreadsheet reads it: a decimal comma, nothing for nothing, no formula from a word."""
    if isinstance(value, float):
        return str(value).replace(".", ",")
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@" and text else text
