"""The journal, for data-protection officers; that one reads it is journalled too."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.foundation.journal import selectors
from accord.foundation.journal.enums import purpose_word, subject_word, verb_word
from accord.foundation.journal.filters import search_from
from accord.foundation.journal.models import Entry
from accord.foundation.journal.policies import protects_data
from accord.foundation.journal.services import record, record_read
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.http import AccordRequest, screen


@screen(protects_data, purpose="supervise data protection", methods=("GET",))
def entry_list(request: AccordRequest) -> HttpResponse:
    """Who did what, when, for whom and why, in the actor's institution."""
    search, errors = search_from(request.GET)
    page = selectors.entries_page(
        request.actor,
        search,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    record_read(by=request.actor, subject_kind="journal")
    context = {
        "page": page,
        "lines": [
            (entry, verb_word(entry.verb), subject_word(entry.subject_kind), purpose_word(entry.purpose))
            for entry in page.rows
        ],
        "errors": errors,
        "kinds": [("", _("Tout")), ("reads", _("Consultations")), ("writes", _("Écritures"))],
        "query": request.GET.urlencode(),
    }
    return render(request, "journal/list.html", context)


@screen(protects_data, purpose="export the journal", methods=("GET",))
def export(request: AccordRequest) -> HttpResponse:
    """The same entries as a table for a spreadsheet (CSV, UTF-8 with mark, semicolons)."""
    search, _errors = search_from(request.GET)
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow(_columns())
    for entry in selectors.entries_to_export(request.actor, search):
        writer.writerow([_harmless(cell) for cell in _row(entry)])
    record(by=request.actor, verb="exported", is_read=True, subject_kind="journal")
    response = HttpResponse(f"\ufeff{table.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="journal-{now():%Y%m%d-%H%M}.csv"'
    return response


def _columns() -> list[str]:
    return [
        _("Quand"),
        _("Qui"),
        _("Pour quelle institution"),
        _("Acte"),
        _("Objet"),
        _("Désignation"),
        _("Dossiers"),
        _("But"),
        _("Base légale"),
    ]


def _row(entry: Entry) -> list[str]:
    return [
        entry.at.astimezone(SWISS_TIME).isoformat(timespec="seconds"),
        entry.user_name,
        entry.institution_name,
        verb_word(entry.verb),
        subject_word(entry.subject_kind),
        entry.subject_label,
        " ".join(map(str, entry.cases)),
        purpose_word(entry.purpose),
        entry.legal_basis,
    ]


def _harmless(cell: str) -> str:
    """A spreadsheet must not take what somebody typed for a formula (CSV injection, OWASP)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
