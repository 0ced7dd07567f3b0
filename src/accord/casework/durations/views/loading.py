"""What every screen of the durations begins with."""

from __future__ import annotations

from django.http import Http404

from accord.casework.durations import panels
from accord.casework.durations.panels import Table
from accord.casework.durations.selectors import Figures, Scope, programmes_to_read
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme


def load_programme(actor: Actor, slug: str) -> Programme:
    """A programme in whose circle the actor's institution is; 404 for any other."""
    found = next((programme for programme in programmes_to_read(actor) if programme.slug == slug), None)
    if found is None:
        raise Http404
    return found


def tables_of(programme: Programme, figures: Figures, scope: Scope) -> dict[str, Table]:
    """All tables by their key, in the order of the page and of the sheets."""
    tables = [
        panels.stages_table(programme, figures, scope),
        panels.running_table(programme, figures, scope),
        panels.periods_table(programme, figures, scope),
        panels.houses_table(programme, figures, scope),
        panels.distribution_table(programme, figures),
        panels.waiting_table(figures, scope),
        panels.outcomes_table(programme, figures, scope),
        panels.outcomes_by_period(figures, scope),
    ]
    return {table.key: table for table in tables}
