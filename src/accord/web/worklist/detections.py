"""Early detection and préavis: to answer, to take position, to decide."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item, panel_of


def of_detection(line: Line, actor: Actor, us: str) -> Item:
    """A communication or a préavis, with its clock."""
    sentences = {
        "answer": _("Répondre à la communication : une demande est-elle indiquée ?"),
        "position": _("Prendre position sur le préavis, ou y renoncer"),
        "decide": _("Le délai du préavis est passé : enregistrer la décision"),
    }
    return Item(
        sentence=sentences[line.why],
        who=line.who,
        number=line.number,
        url=panel_of(line.case_id, "detection"),
        holder=us,
        since=line.since,
        due_on=line.due_on,
        case_id=line.case_id,
    )
