"""Questions to referents: they name no person, so their subject stands in her place."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item


def of_question(line: Line, actor: Actor, us: str) -> Item:
    """A question to answer, or one of ours that waits."""
    institution = line.told["institution"]
    if line.why == "waiting":
        sentence, holder = _("Réponse à votre question"), institution or _("les référents du cercle")
    else:
        words = (
            _("Escalade : donner conseil à %(institution)s")
            if line.told["escalated_at"]
            else _("Donner conseil à %(institution)s")
        )
        sentence, holder = words % {"institution": institution}, us
    return Item(
        sentence=sentence,
        who=line.told["subject"],
        number=line.number,
        url=reverse("advice:show", args=[line.key]),
        holder=holder,
        since=line.since,
        due_on=line.due_on,
        is_awaited=line.why == "waiting",
    )
