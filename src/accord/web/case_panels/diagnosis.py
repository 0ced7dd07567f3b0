"""The joint diagnosis: one page that all read as far as it is disclosed."""

from __future__ import annotations

from typing import Any

from accord.casework.diagnosis.panels import diagnosis_panel
from accord.web.case_panels.folder import Folder


def diagnosis(folder: Folder) -> dict[str, Any]:
    """The seven parts with their owners, signatures and differences."""
    return {
        "diagnosis": diagnosis_panel(
            folder.actor, folder.case, folder.sight, folder.programme, may_write=folder.may_write
        )
    }
