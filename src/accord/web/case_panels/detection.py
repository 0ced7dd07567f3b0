"""Early detection and préavis: to each institution exactly what concerns it."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.detection.panels import detection_panel, knows_detection
from accord.web.case_panels.folder import Folder


def detection(folder: Folder) -> dict[str, Any]:
    """The communication and its answer, the préavis and one's own part in them."""
    panel = detection_panel(folder.actor, folder.case, folder.circles)
    owner_id = panel.detection.owner_id if panel.detection else None
    return {
        "detection": panel,
        "why_detection": folder.why(Category.BENEFITS, owner_id),
        "why_benefits": folder.why(Category.BENEFITS),
        "benefits_hidden": why_hidden(folder.sight, Category.BENEFITS, folder.programme),
    }


def has_detection(folder: Folder) -> bool:
    """The tab stands where a circle of the case knows early detection."""
    return knows_detection(folder.circles)
