"""Who looked at her situation without her authorisation, and what the review found."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.emergencies.enums import Outcome
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.selectors import labels_of
from accord.casework.window.selectors.chapters.shape import Chapter, Door, Item
from accord.casework.window.selectors.written import own_accesses
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for


def emergencies(actor: Actor, case: Case) -> Chapter:
    """Each access with who, why, what, until when, and whether it was right."""
    programme = programme_for(case.programme, case.programme_version)
    found = own_accesses(actor, case)
    title = _("Accès en urgence")
    if not found:
        return Chapter("emergencies", title, (_("Personne n’a lu votre situation en urgence."),))
    return Chapter(
        "emergencies",
        title,
        (
            _("Ces institutions ont lu votre situation sans vous demander, parce que c’était urgent."),
            _("Elles ont seulement lu. Elles n’ont rien écrit."),
        ),
        tuple(Item(one.institution.name, tuple(_lines(one, programme)), one.opened_at) for one in found),
        (
            Door(_("Demander des explications"), reverse("window:ask", args=["question"]) + "?sur=urgence"),
            Door(_("M’opposer"), reverse("window:ask", args=["objection"]), "ban"),
        ),
    )


def _lines(access: EmergencyAccess, programme: Programme) -> Iterable[str]:
    words = {
        "name": access.user.name,
        "reason": access.get_reason_display(),
        "sentence": access.explanation,
        "data": ", ".join(labels_of(access.categories, programme)),
        "until": f"{access.ends_at.astimezone(SWISS_TIME):%d.%m.%Y, %H:%M}",
    }
    yield _("Qui a lu : %(name)s") % words
    yield _("Pourquoi : %(reason)s. %(sentence)s") % words
    if access.medical_explanation:
        yield _("Pourquoi aussi les données médicales : %(text)s") % {"text": access.medical_explanation}
    yield _("Ce qui était ouvert : %(data)s") % words
    yield (_("Ouvert jusqu’au %(until)s") if access.runs else _("Fermé depuis le %(until)s")) % words
    yield from _review(access)


def _review(access: EmergencyAccess) -> Iterable[str]:
    if access.reviewed_at is None:
        due = {"day": f"{access.review_due_on:%d.%m.%Y}"}
        yield _("Une personne chargée de la protection des données vérifie cet accès jusqu’au %(day)s.") % due
        return
    yield (
        _("Vérifié : cet accès était justifié. %(text)s")
        if access.outcome == Outcome.JUSTIFIED
        else _("Vérifié : cet accès n’était pas justifié. %(text)s")
    ) % {"text": access.review}
    if access.follow_up:
        yield _("Ce qui a été fait ensuite : %(text)s") % {"text": access.follow_up}
