"""Cases that want something: a stage over its day, an authorisation that lacks or ends; or that changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.selectors import CaseToDo
from accord.kernel.clock import SWISS_TIME
from accord.web.worklist.items import Item, panel_of, stage_label

PANELS = {"overdue": "etapes", "unauthorised": "autorisation", "expiring": "autorisation", "changed": "fil"}


def of_case(found: CaseToDo) -> Item:
    """A case, and why it is here."""
    sentences = {
        "overdue": _("L’étape « %(stage)s » a dépassé son échéance"),
        "unauthorised": _("Demander l’autorisation à la personne"),
        "expiring": _("Faire renouveler l’autorisation"),
        "changed": _("Du nouveau à l’étape « %(stage)s »"),
    }
    due_on = {
        "overdue": found.due_on,
        "expiring": found.until.astimezone(SWISS_TIME).date(),
    }.get(found.why)
    stage = stage_label(found.programme, found.programme_version, found.stage)
    return Item(
        sentence=sentences[found.why] % {"stage": stage},
        who=found.who,
        number=found.number,
        url=panel_of(found.case_id, PANELS[found.why]),
        holder=found.lead,
        since=found.since,
        due_on=due_on,
        case_id=found.case_id,
    )
