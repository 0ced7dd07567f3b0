"""Today: what is next, who is responsible, what waits for her."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import ENDED, CaseState
from accord.casework.cases.models import Case
from accord.casework.detection.selectors import notices_of
from accord.casework.meetings.enums import Answer
from accord.casework.meetings.selectors import agendas_of_case
from accord.casework.plans.selectors import plan_of
from accord.casework.window.selectors.chapters.detection import may_still_speak
from accord.casework.window.selectors.chapters.meetings import coming
from accord.casework.window.selectors.chapters.plan import waits_for_her
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.own import name_of, own_drafts, own_participants, own_steps
from accord.casework.window.selectors.requests import own_requests
from accord.casework.window.selectors.written import is_ahead, own_accesses, own_meetings
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.network.programmes.selectors import programme_for

NEW_FOR = timedelta(days=30)
"""How long an answer or an access in an emergency stands among what is new."""


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
    yield from _looked_at(actor, case)
    yield from _to_speak(actor, case)
    yield from _to_sign(actor, case)
    yield from _to_answer(actor, case)
    yield from _answered(actor, case)


def _looked_at(actor: Actor, case: Case) -> Iterable[Item]:
    for access in own_accesses(actor, case):
        if access.opened_at > now() - NEW_FOR:
            yield Item(
                _("Votre situation a été lue en urgence"),
                (
                    _("%(institution)s l’a lue sans vous demander. Vous avez le droit de savoir pourquoi.")
                    % {"institution": access.institution.name},
                ),
                access.opened_at,
                reverse("window:emergencies"),
                _("Voir qui et pourquoi"),
                is_urgent=True,
            )


def _to_speak(actor: Actor, case: Case) -> Iterable[Item]:
    for notice in notices_of(actor, case):
        if may_still_speak(notice):
            yield Item(
                _("L’office AI veut prendre une décision"),
                (
                    _("Vous pouvez dire ce que vous en pensez jusqu’au %(day)s.")
                    % {"day": f"{notice.objections_until:%d.%m.%Y}"},
                ),
                address=reverse("window:detection"),
                action=_("Lire ce qui est prévu"),
                is_urgent=True,
            )


def _to_sign(actor: Actor, case: Case) -> Iterable[Item]:
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
    if waits_for_her(case, plan_of(actor, case)):
        yield Item(
            _("Votre plan attend votre avis"),
            (_("Il dit qui fait quoi avec vous, et jusqu’à quand. Vous êtes libre de signer ou non."),),
            address=reverse("window:plan-sign"),
            action=_("Lire mon plan"),
        )


def _to_answer(actor: Actor, case: Case) -> Iterable[Item]:
    ahead = [one for one in own_meetings(actor, case) if is_ahead(one)]
    pending = [one for one in ahead if one.person_answer == Answer.PENDING]
    agendas = agendas_of_case(actor, case) if pending else {}
    for one in pending:
        yield coming(one, agendas.get(one.pk, []))


def _answered(actor: Actor, case: Case) -> Iterable[Item]:
    for one in own_requests(actor, case):
        if one.answered_at and one.answered_by and one.answered_at > now() - NEW_FOR:
            yield Item(
                _("Vous avez une réponse"),
                (
                    _("%(institution)s a répondu à votre demande : %(what)s.")
                    % {"institution": one.answered_by.name, "what": one.get_kind_display()},
                ),
                one.answered_at,
                reverse("window:requests"),
                _("Lire la réponse"),
            )


def _next(actor: Actor, case: Case) -> Iterable[Item]:
    for step in own_steps(actor, case):
        yield Item(
            step.title,
            (_("%(institution)s s’en charge.") % {"institution": step.assignee.name},),
            step.due_on,
        )
