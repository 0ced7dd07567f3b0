"""What the medical service and those who asked it have to do; asked through the little that the compartment tells.

Not one of the lines of the common question: the tables behind it cannot be selected outside of the compartment.
"""

from __future__ import annotations

from accord.casework.medical.panels import MedicalItem, medical_items
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item


def medical_lines(actor: Actor, us: str) -> list[Item]:
    """Requests that wait; nothing, and no question, for those whom they never concern."""
    return [_of_request(found, us) for found in medical_items(actor)]


def _of_request(found: MedicalItem, us: str) -> Item:
    return Item(
        sentence=found.sentence,
        who=found.who,
        number=found.number,
        url=found.url,
        holder=us if found.is_ours else found.service,
        since=found.since,
        due_on=found.due_on,
        case_id=found.case_id,
        is_awaited=not found.is_ours,
    )
