"""Plans to sign, and plans in which strategies compete."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item, panel_of


def of_plan(line: Line, actor: Actor, us: str) -> Item:
    """A plan, at the place where one acts."""
    place, sentence = {
        "sign": ("signatures", _("Signer le plan")),
        "resolve": ("constats", _("Résoudre les stratégies concurrentes")),
    }[line.why]
    return Item(
        sentence=sentence,
        who=line.who,
        number=line.number,
        url=f"{panel_of(line.case_id, 'plan')}#{place}",
        holder=us,
        since=line.since,
        due_on=line.due_on,
        case_id=line.case_id,
    )
