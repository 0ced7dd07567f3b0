"""What the AI office answered to the communication about her, and what it intends to decide."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.detection.enums import Affected, Outcome, Position
from accord.casework.detection.models import Detection, Notice
from accord.casework.detection.rules import is_over
from accord.casework.detection.selectors import notices_of
from accord.casework.window.selectors.chapters.shape import Chapter, Door, Item
from accord.casework.window.selectors.written import own_detection
from accord.kernel.actors import Actor
from accord.kernel.clock import today


def detection(actor: Actor, case: Case) -> Chapter:
    """The answer in plain words, then each préavis with its thirty days."""
    answered, notices = own_detection(actor, case), notices_of(actor, case)
    items = (*([_answer(answered)] if answered else []), *(_notice(one) for one in notices))
    sentence = (
        _("Voici ce que l’assurance-invalidité (AI) vous a répondu.")
        if items
        else _("L’assurance-invalidité (AI) n’a pas de réponse pour vous ici.")
    )
    doors = (Door(_("Poser une question"), reverse("window:ask", args=["question"]), "message-square"),)
    return Chapter("detection", _("Détection précoce"), (sentence,), items, doors if items else ())


def may_still_speak(notice: Notice) -> bool:
    """The thirty days of a préavis still run, and she has not answered."""
    return (
        notice.decided_on is None and not is_over(notice.objections_until, today()) and not _position(notice)
    )


def _position(notice: Notice) -> str:
    return next((str(one.position) for one in notice.parties.all() if one.kind == Affected.INSURED), "")


def _answer(found: Detection) -> Item:
    return Item(
        _("Notre réponse à la communication qui vous concerne"),
        (
            _("De : %(institution)s") % {"institution": found.owner.name},
            _outcome(found),
            *(line.strip() for line in found.reasons.splitlines() if line.strip()),
        ),
        found.answered_on,
    )


def _outcome(found: Detection) -> str:
    return {
        Outcome.INDICATED: _("Nous vous conseillons de déposer une demande à l’assurance-invalidité."),
        Outcome.NOT_INDICATED: _(
            "Pour le moment, une demande à l’assurance-invalidité n’est pas nécessaire."
        ),
        Outcome.ALREADY_APPLIED: _("Vous avez déjà déposé une demande. Nous la traitons."),
    }[Outcome(found.outcome)]


def _notice(notice: Notice) -> Item:
    return Item(
        _("Ce que l’office AI veut décider : %(subject)s") % {"subject": notice.get_subject_display()},
        tuple(_notice_lines(notice)),
        notice.sent_on,
        is_urgent=may_still_speak(notice),
    )


def _notice_lines(notice: Notice) -> Iterable[str]:
    yield notice.summary
    until = {"day": f"{notice.objections_until:%d.%m.%Y}"}
    position = _position(notice)
    if notice.decided_on:
        yield _("La décision a été prise le %(day)s.") % {"day": f"{notice.decided_on:%d.%m.%Y}"}
    elif position == Position.TAKEN:
        yield _("Vous avez dit ce que vous en pensez.")
    elif position == Position.RENOUNCED:
        yield _("Vous avez renoncé à dire ce que vous en pensez.")
    elif may_still_speak(notice):
        yield _("Ce n’est pas encore décidé. Vous avez 30 jours pour dire ce que vous en pensez.")
        yield _("Écrivez à l’office AI ou appelez-le jusqu’au %(day)s.") % until
    else:
        yield _("Le délai pour répondre a pris fin le %(day)s.") % until
