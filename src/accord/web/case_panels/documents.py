"""The documents of the case."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.selectors import documents_of
from accord.web.case_panels.folder import Folder, hidden_kinds


def documents(folder: Folder) -> dict[str, Any]:
    """Filed documents with the state of their examination."""
    return {
        "documents": [
            {
                "filed": filed,
                "state": _scan_word(filed.document.scan_state),
                "category": folder.category_label(filed.category),
                "why": folder.why(filed.category, filed.owner_id),
                "is_new": folder.is_new(filed.created_at, filed.author_id),
            }
            for filed in documents_of(folder.actor, folder.case)
        ],
        "hidden": hidden_kinds(folder),
    }


def _scan_word(state: str) -> str:
    return {"clean": "clean", "pending": "scanning"}.get(state, "quarantined")
