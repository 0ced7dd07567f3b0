"""Contacts with employers: who speaks with whom, about what."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.employers.enums import ContactState
from accord.casework.employers.selectors import contacts_of
from accord.web.case_panels.folder import Folder


def employers(folder: Folder) -> dict[str, Any]:
    """Planned contacts and past ones."""
    contacts = contacts_of(folder.actor, folder.case)
    return {
        "planned": [contact for contact in contacts if contact.state == ContactState.OPEN],
        "past": [contact for contact in contacts if contact.state != ContactState.OPEN],
        "why_contacts": folder.why(Category.WORK),
        "contacts_hidden": why_hidden(folder.sight, Category.WORK, folder.programme),
    }
