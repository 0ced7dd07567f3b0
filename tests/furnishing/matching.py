"""Rapprochements: pairs, merges and questions in the worlds and scenes of the tests."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.models import Case
from accord.people.matching.models import Merge, Pair, Question
from accord.people.matching.policies import visible_to
from accord.people.matching.services import compare_with_the_house, merge_persons
from accord.people.persons.models import Person
from scenarios import colleague, person

WALLS = {Pair: visible_to, Merge: visible_to, Question: visible_to}
OWNED = {"other_id", "merge_id"}
PICTURES = {"pairs": "/rapprochements/"}


def furnish_world(world: Any, case: Case) -> None:
    """A pair, a merge and a question of the institution that registered the person."""
    her = case.person
    first, second = sorted((her, person(her.institution)), key=lambda one: one.pk)
    Pair.objects.create(institution=her.institution, first=first, second=second, score=80)
    Merge.objects.create(institution=her.institution, kept=first, gone=second, before={}, after={})
    somebody = colleague(her.institution).user
    Question.objects.create(user=somebody, institution=her.institution, person=her, verdict="nobody")


def furnish_scene(scene: Any) -> dict[str, object]:
    """A twin of the scene's person, and a merge of two others."""
    house, about = scene.ours.institution, Person.objects.get(pk=scene.arguments["person_id"])
    twin = person(house, about.family_name, about.given_names, birth_date=about.birth_date)
    compare_with_the_house(twin.pk)
    kept, gone = person(house, "Rey", "Luc"), person(house, "Rey", "Luc")
    merge = merge_persons(by=scene.ours.actor, kept_id=kept.pk, gone_id=gone.pk, decided={}, reason="Vu")
    return {"other_id": twin.pk, "merge_id": merge.pk}


def things(site: Any, house: Any, case: Any) -> dict[str, object]:
    """A pair of the demo, and a merge."""
    pairs = (
        "select first_id, second_id from matching_pair where institution_id = %s order by score desc limit 1"
    )
    merges = "select id from matching_merge where institution_id = %s limit 1"
    found: dict[str, object] = {}
    for first, second in site.rows(pairs, house):
        found |= {"person_id": first, "other_id": second}
    for (merge,) in site.rows(merges, house):
        found["merge_id"] = merge
    return found
