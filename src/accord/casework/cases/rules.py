"""When a case may stand under two programmes at once. Pure rules; the words are the service's."""

from __future__ import annotations

from accord.network.programmes.rules import Category, LawRule, Programme


def check_second_circle(first: Programme, second: Programme, lead_kind: str) -> str:
    """ "same", "seat" or "clash" when the case cannot join this programme, "" when it can.

    Who leads at the crossroads must have a seat in both circles (seed: the AI office works in CII and in
    CII-plus), and a kind of data must mean the same in both, because disclosures add up.
    """
    if first.slug == second.slug:
        return "same"
    if not second.roles_of(lead_kind):
        return "seat"
    known = {category.bit: category.key for category in first.categories}
    clashes = any(known.get(category.bit, category.key) != category.key for category in second.categories)
    return "clash" if clashes else ""


def categories_of_circles(circles: tuple[Programme, ...]) -> tuple[Category, ...]:
    """Every kind of data of the circles once, in the order of the first."""
    found: dict[int, Category] = {}
    for programme in circles:
        for category in programme.categories:
            found.setdefault(category.bit, category)
    return tuple(found.values())


def laws_in_second_circle(programme: Programme, from_kind: str, to_kind: str) -> tuple[LawRule, ...]:
    """Articles that hold in a second circle: those that end with a stage do not, for its stages are not run."""
    return tuple(law for law in programme.laws_between(from_kind, to_kind) if law.until_stage is None)
