"""Announcements: to triage, to complete, to finish; or on their way to an answer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors.lines import Line
from accord.casework.referrals.selectors import is_forgotten
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item


def of_referral(line: Line, actor: Actor, us: str) -> Item | None:
    """An announcement; a draft only when nobody touched it for a while."""
    if line.why == "draft" and not is_forgotten(line):
        return None
    titles = {
        "triage": _("Trier l’annonce"),
        "asked_back": _("Répondre à la question du bureau"),
        "draft": _("Terminer ou retirer l’annonce en préparation"),
        "waiting": _("Réponse à l’annonce"),
    }
    institution = line.told["institution"] or ""
    words = {"what": titles[line.why], "institution": institution}
    return Item(
        sentence=_("%(what)s, de %(institution)s") % words if line.why == "triage" else titles[line.why],
        who=line.who,
        number=line.number,
        url=reverse("referrals:form" if line.why == "draft" else "referrals:show", args=[line.key]),
        holder=institution if line.why == "waiting" else us,
        since=line.since,
        due_on=line.due_on,
        case_id=line.case_id,
        is_awaited=line.why == "waiting",
    )
