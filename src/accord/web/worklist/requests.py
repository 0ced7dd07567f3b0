"""What persons ask at their window, and nobody has answered yet."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.casework.window.enums import RequestKind
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item


def of_request(line: Line, actor: Actor, us: str) -> Item:
    """A request of the person, to the institution that leads."""
    return Item(
        sentence=_("Répondre à la personne : %(what)s") % {"what": RequestKind(line.why).label},
        who=line.who,
        number=line.number,
        url=reverse("window:answer", args=[line.key]),
        holder=us,
        since=line.since,
        due_on=line.due_on,
        case_id=line.case_id,
    )
