"""Individual measures of the person, and the reports about them that wait to be read."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.purchasing.measures.policies import counsels
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.measures.selectors import measures_of, reports_to_read
from accord.web.case_panels.folder import Folder


def measures(folder: Folder) -> dict[str, Any]:
    """Every measure with its mandates, as far as the plan is disclosed to the reader."""
    catalogue = read_catalogue()
    may_read = bool(counsels(folder.actor))
    rows = [
        {
            "measure": measure,
            "kind": catalogue.kinds[measure.kind].label(folder.language),
            "mandates": measure.mandates.all(),
            "is_new": folder.is_new(measure.updated_at, measure.author_id),
        }
        for measure in measures_of(folder.actor, folder.case)
    ]
    panel = {
        "rows": rows,
        "reports": reports_to_read(folder.actor, folder.case) if may_read else [],
        "counsels": may_read,
        "may_propose": may_read and folder.may_write and folder.sight.covers(Category.PLAN),
        "why": folder.why(Category.PLAN),
        "hidden": why_hidden(folder.sight, Category.PLAN, folder.programme),
    }
    return {"measures": panel}
