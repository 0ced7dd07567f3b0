"""The programmes under which a case stands: its own, and perhaps a second one."""

from __future__ import annotations

from collections.abc import Iterable

from accord.casework.cases.models import Case, CaseCircle, Disclosure
from accord.casework.cases.policies import in_visible_case
from accord.casework.cases.rules import check_second_circle, laws_in_second_circle
from accord.kernel.actors import Actor
from accord.network.programmes.rules import LawRule, Programme
from accord.network.programmes.selectors import current_programmes, programme_for


def circles_of(actor: Actor, case: Case) -> tuple[Programme, ...]:
    """The case's own programme first, then the second one, if it stands under two."""
    second = CaseCircle.objects.filter(in_visible_case(actor), case=case, left_at__isnull=True)
    return (
        programme_for(case.programme, case.programme_version),
        *(programme_for(*key) for key in second.values_list("programme", "programme_version")),
    )


def circle_named(circles: tuple[Programme, ...], slug: str) -> Programme | None:
    """The circle of this name; the case's own for an empty name, None for one in which it does not stand."""
    return next((programme for programme in circles if programme.slug == slug), None if slug else circles[0])


def disclosures_in(case: Case, programme_slug: str, disclosures: Iterable[Disclosure]) -> list[Disclosure]:
    """Those that one of the case's circles opened."""
    circle = "" if programme_slug == case.programme else programme_slug
    return [disclosure for disclosure in disclosures if disclosure.circle == circle]


def circles_to_join(actor: Actor, case: Case) -> list[Programme]:
    """The programmes under which the actor, who leads, could let the case stand, too; none while it has two."""
    circles = circles_of(actor, case)
    if len(circles) > 1:
        return []
    return [
        programme
        for programme in current_programmes()
        if not check_second_circle(circles[0], programme, actor.institution_kind)
    ]


def laws_for(case: Case, programme: Programme, from_kind: str, to_kind: str) -> tuple[LawRule, ...]:
    """The articles of one of the case's circles that let the one kind inform the other now."""
    if programme.slug == case.programme:
        return programme.laws_between(from_kind, to_kind, case.stage)
    return laws_in_second_circle(programme, from_kind, to_kind)
