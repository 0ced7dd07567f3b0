"""Measures to validate before their first day, and reports of providers to read."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item


def of_measure(line: Line, actor: Actor, us: str) -> Item:
    """A measure or a report, where one acts."""
    address, sentence = {
        "validate": ("measures:show", _("Valider une mesure")),
        "read": ("measures:report", _("Lire le rapport d’un prestataire")),
    }[line.why]
    return Item(
        sentence=sentence,
        who=line.who,
        number=line.number,
        url=reverse(address, args=[line.key]),
        holder=us,
        since=line.since,
        due_on=line.due_on,
        case_id=line.case_id,
    )
