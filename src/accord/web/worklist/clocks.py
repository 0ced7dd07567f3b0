"""Clocks that have run out: where we must act, and what was escalated to the managers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.casework.durations.selectors import is_held
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item, panel_of, stage_label


def of_clock(line: Line, actor: Actor, us: str) -> Item | None:
    """A clock; a stage that others must move is not here."""
    if line.why == "held" and not is_held(actor, line):
        return None
    sentences = {
        "held": _("L’étape « %(stage)s » attend votre institution et a dépassé son échéance"),
        "stage": _("Escalade : l’étape « %(stage)s » a dépassé son échéance"),
        "step": _("Escalade : une démarche de votre institution a dépassé son échéance"),
    }
    stage = stage_label(line.told["programme"], line.told["version"], line.told["stage"])
    return Item(
        sentence=sentences[line.why] % {"stage": stage},
        who=line.who,
        number=line.number,
        url=panel_of(line.case_id, "etapes"),
        holder=us,
        since=line.since,
        due_on=line.due_on,
        case_id=line.case_id,
    )
