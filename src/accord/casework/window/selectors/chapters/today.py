"""Today: what is next, who is responsible, what waits for her."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import ENDED, CaseState
from accord.casework.cases.models import Case
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.own import name_of, own_drafts, own_participants, own_steps
from accord.kernel.actors import Actor
from accord.network.programmes.selectors import programme_for


def today_chapter(actor: Actor, case: Case) -> Chapter:
    """Where her situation stands, in two sentences, then what waits for her and what others do."""
    return Chapter(
        "today",
        _("Aujourd’hui"),
        tuple(_sentences(actor, case)),
        (*_waiting(actor, case), *_next(actor, case)),
    )


def _sentences(actor: Actor, case: Case) -> Iterable[str]:
    lead = next((one for one in own_participants(actor, case) if one.institution_id == case.lead_id), None)
    words = {"institution": case.lead.name, "name": name_of(lead) if lead else "", "phone": case.lead.phone}
    if case.state == CaseState.CLOSED:
        yield _("Le travail commun des institutions est terminé. Vous pouvez toujours lire ces pages.")
    elif case.state in ENDED:
        yield _("Les institutions ne travaillent pas ensemble sur votre situation pour le moment.")
    else:
        yield _("Votre situation est à cette étape : %(stage)s.") % {"stage": _stage(case)}
    yield (
        _("%(name)s (%(institution)s) répond de votre situation.")
        if words["name"]
        else _("%(institution)s répond de votre situation.")
    ) % words
    if words["phone"]:
        yield _("Téléphone : %(phone)s.") % words


def _stage(case: Case) -> str:
    stages = programme_for(case.programme, case.programme_version).stages
    return next(
        (one.label.in_(get_language() or "fr") for one in stages if one.key == case.stage), case.stage
    )


def _waiting(actor: Actor, case: Case) -> Iterable[Item]:
    for draft in own_drafts(actor, case):
        yield Item(
            _("Une autorisation attend votre décision"),
            (
                _("%(institution)s vous la propose. Vous êtes libre de signer ou non.")
                % {"institution": draft.recorded_by.name},
            ),
            address=reverse("window:sign", args=[draft.pk]),
            action=_("La lire et décider"),
        )


def _next(actor: Actor, case: Case) -> Iterable[Item]:
    for step in own_steps(actor, case):
        yield Item(
            step.title,
            (_("%(institution)s s’en charge.") % {"institution": step.assignee.name},),
            step.due_on,
        )
