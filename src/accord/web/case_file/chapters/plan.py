"""The plan: goals, measures, who signed, and competing strategies that are meant so."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.plans.models import Goal, Measure
from accord.casework.plans.panels import Words, sentence_of
from accord.casework.plans.selectors import Awaited, Judged, PlanTree, Sheet, findings_of, sheet_of, tree_of
from accord.web.case_file.chapters.shape import Chapter, Row, between_dots, days, told, who
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day


def plan(folder: Folder) -> Chapter:
    """The newest version as far as the reader may see it."""
    title, sheet = _("Le plan"), sheet_of(folder.actor, folder.case)
    hidden = why_hidden(folder.sight, Category.PLAN, folder.programme)
    if sheet.current is None:
        return Chapter("plan", title, hidden=hidden)
    tree = tree_of(sheet, sheet.current)
    words = Words(sheet, folder.programme, folder.language)
    return Chapter(
        "plan",
        title,
        facts=told(*_standing(tree), *_signatures(tree)),
        paragraphs=(
            *(_goal(words, node.goal) for node in tree.goals if node.goal),
            *(_finding(found) for found in _findings(folder, sheet)),
        ),
        columns=(
            _("Mesure"), _("Pour l’objectif"), _("Qui"), _("Dès le"), _("Jusqu’au"), _("Qui paie"), _("État"),
        ),
        rows=tuple(_measure(one, node.goal) for node in tree.goals for one in node.measures),
        hidden=hidden,
    )  # fmt: skip


def _standing(tree: PlanTree) -> Iterable[tuple[str, str]]:
    yield _("Version"), str(tree.plan.number)
    yield _("État"), str(tree.plan.get_state_display())
    yield _("Convenu le"), day(tree.plan.agreed_at) if tree.plan.agreed_at else ""


def _signatures(tree: PlanTree) -> Iterable[tuple[str, str]]:
    for one in tree.awaited:
        yield _("Signature : %(who)s") % {"who": one.institution.name}, _signed(one)
    person = day(tree.person_signed_at) if tree.person_signed_at else _("n’a pas signé")
    yield _("Signature : %(who)s") % {"who": _("la personne")}, person


def _signed(one: Awaited) -> str:
    if one.signed_at:
        return f"{day(one.signed_at)}, {one.signer}"
    return _("ne participe plus") if one.is_gone else _("n’a pas signé")


def _goal(words: Words, goal: Goal) -> tuple[str, str]:
    target = _("à atteindre jusqu’au %(day)s") % {"day": day(goal.target_on)} if goal.target_on else ""
    kind = words.goal_kind(goal.key) if goal.key else ""
    return between_dots(_("Objectif"), kind, goal.owner.short_name, target), goal.text


def _measure(measure: Measure, goal: Goal | None) -> Row:
    return (
        measure.title,
        goal.text if goal else "",
        who(measure.colleague.name if measure.colleague else "", measure.owner.short_name),
        *days(measure.since, measure.until),
        measure.cost_bearer.short_name if measure.cost_bearer else _("à régler plus tard"),
        str(measure.get_state_display()),
    )


def _findings(folder: Folder, sheet: Sheet) -> list[Judged]:
    return findings_of(folder.actor, folder.case, sheet)


def _finding(found: Judged) -> tuple[str, str]:
    written = found.justification
    if written is None:
        return _("Stratégies concurrentes, à résoudre"), sentence_of(found)
    head = between_dots(
        _("Stratégies côte à côte, voulues"), written.owner.short_name, day(written.created_at)
    )
    return head, f"{sentence_of(found)}\n{written.sentence}"
