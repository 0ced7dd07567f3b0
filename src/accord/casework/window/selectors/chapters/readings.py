"""Who read what, when and why; as it is taken away with her data."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.readings import readings_by_day, readings_page
from accord.kernel.actors import Actor

MOST_TAKEN = 5_000
"""Acts that are taken away at once; those before are on the page."""


def readings(actor: Actor, case: Case) -> Chapter:
    """The newest acts, by day."""
    page = readings_page(actor, size=MOST_TAKEN)
    return Chapter(
        "readings",
        _("Qui a lu quoi"),
        (_("Accord note chaque lecture et chaque écriture : qui, quand et pourquoi."),),
        tuple(
            Item(
                reading.who,
                tuple(
                    filter(
                        None,
                        [
                            reading.what,
                            _("But : %(why)s") % {"why": reading.why} if reading.why else "",
                            _("Parce que : %(basis)s") % {"basis": reading.basis} if reading.basis else "",
                            _("Heure : %(times)s") % {"times": reading.times},
                        ],
                    )
                ),
                day.on,
            )
            for day in readings_by_day(page.rows)
            for reading in day.readings
        ),
    )
