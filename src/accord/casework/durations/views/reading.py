"""How long things took in a programme, and the order to calculate anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.durations import panels
from accord.casework.durations.filters import filters_for, scope_from
from accord.casework.durations.models import Calculation
from accord.casework.durations.panels import Drawing, Table
from accord.casework.durations.policies import reads_durations
from accord.casework.durations.selectors import (
    calculations_of,
    extent_of,
    figures_of,
    programmes_to_read,
)
from accord.casework.durations.services import ask_for_calculation
from accord.casework.durations.views.loading import load_programme, tables_of
from accord.foundation.journal.services import record_read
from accord.kernel.http import AccordRequest, screen
from accord.network.programmes.rules import Programme


@screen(reads_durations, purpose="read durations", methods=("GET",))
def programme_list(request: AccordRequest) -> HttpResponse:
    """The programmes of which one may read the durations; a single one is opened at once."""
    found = programmes_to_read(request.actor)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("durations:show", args=[found[0].slug]))
    return render(request, "durations/list.html", {"programmes": found, "language": get_language() or "fr"})


@screen(reads_durations, purpose="read durations", methods=("GET",))
def durations(request: AccordRequest, programme_slug: str) -> HttpResponse:
    """How long each stage took, where time was lost, how cases ended: pictures with their tables."""
    actor = request.actor
    programme = load_programme(actor, programme_slug)
    latest, running = calculations_of(actor, programme_slug)
    context = {
        "programme": programme,
        "label": programme.label.in_(get_language() or "fr"),
        "calculation": latest,
        "running": running,
        "least": programme.parameters["least_shown"],
        "further": [
            (table, panels.bars(table, value=2)) for table in panels.further_tables(actor, programme)
        ],
    }
    if latest is not None:
        record_read(by=actor, subject_kind="durations", subject_id=latest.pk, subject_label=programme_slug)
        context |= _figures(request, programme, latest)
    return render(request, "durations/durations.html", context)


def _figures(request: AccordRequest, programme: Programme, latest: Calculation) -> dict[str, Any]:
    extent = extent_of(request.actor, latest)
    scope = scope_from(request.GET, extent)
    figures = figures_of(request.actor, latest, extent, scope)
    tables = tables_of(programme, figures, scope)
    return {
        "scope": scope,
        "names_others": extent.names_others,
        "filters": filters_for(programme, extent, scope),
        "is_empty": not figures.cells,
        "tables": {key.replace("-", "_"): table for key, table in tables.items()},
        "stages_picture": panels.bars(tables["etapes"], value=2, further=3),
        "waiting_picture": panels.bars(tables["attente"], value=2),
        "outcomes_picture": panels.stacks(tables["resultats-trimestres"]),
        "distributions": _distributions(tables["distribution"]),
    }


def _distributions(table: Table) -> list[Drawing]:
    """A picture for each stage that has published classes."""
    ends = [*(f"≤ {word.split()[-1]}" for word in table.columns[1:-1]), f"> {table.columns[-1].split()[-1]}"]
    return [
        panels.columns(str(label), f"distribution-{place}", ends, values)
        for place, (label, *values) in enumerate(table.rows)
        if any(isinstance(value, int) for value in values)
    ]


@screen(reads_durations, purpose="calculate durations", methods=("POST",))
def calculation(request: AccordRequest, programme_slug: str) -> HttpResponse:
    """Ask for the figures anew; while they are being calculated, asking again changes nothing."""
    load_programme(request.actor, programme_slug)
    ask_for_calculation(by=request.actor, programme_slug=programme_slug)
    messages.success(request, _("Le calcul est demandé. La page en montre l’avancement."))
    return HttpResponseRedirect(reverse("durations:show", args=[programme_slug]))
