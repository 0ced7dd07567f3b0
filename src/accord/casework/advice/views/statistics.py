"""What became of the questions that the actor's referents receive."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.advice.panels import HEIGHT, TOP, WIDTH, column_words, columns_of, lines_of
from accord.casework.advice.policies import gives_advice
from accord.casework.advice.rules import WHOLE, Line, Row, statistics
from accord.casework.advice.selectors import asked_of_us, programmes_to_ask
from accord.foundation.journal.services import record, record_read
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.http import AccordRequest, screen


@screen(gives_advice, purpose="advice statistics", methods=("GET",))
def statistics_page(request: AccordRequest) -> HttpResponse:
    """Questions received and answered, time to the answer, what became announcements."""
    found, least = _statistics(request.actor)
    record_read(by=request.actor, subject_kind="question list")
    context = {
        "is_empty": found[WHOLE].received == 0,
        "least": least,
        "words": column_words(),
        "quarters": lines_of(found, "quarter"),
        "askers": lines_of(found, "asker"),
        "columns": columns_of(found),
        "width": WIDTH,
        "floor": TOP + HEIGHT,
    }
    return render(request, "advice/statistics.html", context)


@screen(gives_advice, purpose="export advice statistics", methods=("GET",))
def statistics_csv(request: AccordRequest) -> HttpResponse:
    """The same tables for a spreadsheet, with semicolons and a byte order mark."""
    found, _least = _statistics(request.actor)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for word, side in ((_("Trimestre"), "quarter"), (_("Institution qui demande"), "asker")):
        writer.writerow([word, *column_words()])
        for head, values in lines_of(found, side):
            writer.writerow([head, *(_plain(value) for value in values)])
        writer.writerow([])
    record(by=request.actor, verb="exported", is_read=True, subject_kind="question list")
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="conseils-{today():%Y%m%d}.csv"'
    return response


def _statistics(actor: Actor) -> tuple[dict[Row, Line], int]:
    """The statistics, with the strictest small number of the programmes concerned."""
    least = max((programme.parameters["least_shown"] for programme in programmes_to_ask(actor)), default=5)
    return statistics(asked_of_us(actor), least=least), least


def _plain(value: float | None) -> str:
    return _("non publié") if value is None else str(value).replace(".", ",")
