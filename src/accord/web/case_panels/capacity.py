"""The capacity for work: all sources over time, and what the person can do."""

from __future__ import annotations

from typing import Any

from accord.casework.capacity.panels import capacity_panel
from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.web.case_panels.folder import Folder


def capacity(folder: Folder) -> dict[str, Any]:
    """Incapacity by source, and the functional summary."""
    panel = capacity_panel(folder.actor, folder.case, may_write=folder.may_write)
    panel |= {
        "why": folder.why(Category.CAPACITY),
        "hidden": why_hidden(folder.sight, Category.CAPACITY, folder.programme),
    }
    return {"capacity": panel}
