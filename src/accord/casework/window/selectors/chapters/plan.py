"""Her plan: what she wants to reach, who does what until when, who signed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.plans.enums import MeasureState
from accord.casework.plans.models import Measure
from accord.casework.plans.selectors import GoalNode, PlanTree, plan_of
from accord.casework.window.selectors.chapters.shape import Chapter, Door, Item
from accord.kernel.actors import Actor


def plan(actor: Actor, case: Case) -> Chapter:
    """Goals in her words, each with its measures; then the signatures."""
    return plan_chapter(case, plan_of(actor, case))


def plan_chapter(case: Case, tree: PlanTree | None) -> Chapter:
    """A plan that was read already."""
    if tree is None:
        sentence = _("Votre plan n’est pas encore écrit. Vous le lirez ici dès qu’il vous est proposé.")
        return Chapter("plan", _("Mon plan"), (sentence,))
    return Chapter(
        "plan",
        _("Mon plan"),
        tuple(_sentences(tree)),
        (*(_goal(node) for node in tree.goals), _signatures(tree)),
        tuple(_doors(case, tree)),
    )


def waits_for_her(case: Case, tree: PlanTree | None) -> bool:
    """A plan that she has not signed yet, in a situation on which one works."""
    return tree is not None and tree.person_signed_at is None and case.state == CaseState.OPEN


def _sentences(tree: PlanTree) -> Iterable[str]:
    if tree.is_in_force and tree.plan.agreed_at:
        day = {"day": f"{tree.plan.agreed_at:%d.%m.%Y}"}
        yield _("Toutes les institutions ont signé ce plan. Il est valable depuis le %(day)s.") % day
    else:
        yield _("Ce plan est proposé. Les institutions et vous le lisez avant qu’il soit valable.")
    yield _("Ce sont vos objectifs. Vous pouvez dire ce que vous en pensez.")


def _goal(node: GoalNode) -> Item:
    lines = [line for measure in node.measures for line in _measure(measure)]
    if not lines:
        lines.append(_("Rien n’est encore prévu pour cet objectif."))
    if node.goal is None:
        return Item(_("Aussi prévu"), tuple(lines))
    if node.goal.target_on:
        day = {"day": f"{node.goal.target_on:%d.%m.%Y}"}
        lines.insert(0, _("À atteindre jusqu’au %(day)s.") % day)
    return Item(_("Objectif : %(text)s") % {"text": node.goal.text}, tuple(lines))


def _measure(measure: Measure) -> Iterable[str]:
    words = {
        "institution": measure.owner.name,
        "title": measure.title,
        "name": measure.colleague.name if measure.colleague else "",
        "since": f"{measure.since:%d.%m.%Y}" if measure.since else "",
        "until": f"{measure.until:%d.%m.%Y}" if measure.until else "",
    }
    who = _("%(name)s (%(institution)s) : %(title)s") if words["name"] else _("%(institution)s : %(title)s")
    yield " ".join([f"{who % words}.", _period(words), _state(measure), _cost(measure)]).replace("  ", " ")


def _period(words: dict[str, str]) -> str:
    if words["since"] and words["until"]:
        return _("Du %(since)s au %(until)s.") % words
    if words["since"]:
        return _("Dès le %(since)s.") % words
    return _("Jusqu’au %(until)s.") % words if words["until"] else _("La date n’est pas encore fixée.")


def _state(measure: Measure) -> str:
    return {
        MeasureState.PLANNED: _("C’est prévu."),
        MeasureState.RUNNING: _("C’est en cours."),
        MeasureState.DONE: _("C’est terminé."),
        MeasureState.STOPPED: _("C’est arrêté."),
    }[MeasureState(measure.state)]


def _cost(measure: Measure) -> str:
    if measure.cost_bearer is None:
        return _("Les institutions décident encore qui paie.")
    return _("%(institution)s paie.") % {"institution": measure.cost_bearer.name}


def _signatures(tree: PlanTree) -> Item:
    lines = []
    for one in tree.awaited:
        words = {"institution": one.institution.name}
        if one.signed_at:
            words["day"] = f"{one.signed_at:%d.%m.%Y}"
            lines.append(_("%(institution)s a signé le %(day)s.") % words)
        elif one.is_gone:
            lines.append(_("%(institution)s ne participe plus.") % words)
        else:
            lines.append(_("%(institution)s n’a pas encore signé.") % words)
    if tree.person_signed_at:
        day = {"day": f"{tree.person_signed_at:%d.%m.%Y}"}
        lines.append(_("Vous avez signé le %(day)s.") % day)
    else:
        lines.append(_("Vous n’avez pas signé. Vous êtes libre de le faire ou non."))
    return Item(_("Qui a signé"), tuple(lines))


def _doors(case: Case, tree: PlanTree) -> Iterable[Door]:
    if waits_for_her(case, tree):
        yield Door(_("Lire et signer mon plan"), reverse("window:plan-sign"), "signature")
    yield Door(
        _("Je ne suis pas d’accord avec ce plan"),
        f"{reverse('window:ask', args=['question'])}?sur=plan",
        "message-square",
    )
