"""Whose eyes we look through: a colleague of a small, a middle and the largest institution, and what she looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from wsgiref.types import WSGIApplication

import psycopg
from django.db import connections, transaction
from psycopg.rows import namedtuple_row

from accord.casework.window.enums import Addressee
from accord.casework.window.services import issue_letter
from accord.config.embedded import Unavailable
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.kernel.pages import _mark
from accord.people.matching.services import keep_fingerprints
from accord.people.persons.models import Person
from bench.visitor import Visitor
from bench.worlds import World

CHOSEN = """
select i.id, i.slug, i.kind, count(*) as cases
from cases_disclosure d join institutions_institution i on i.id = d.recipient_id
where d.basis = 'party' and i.kind in ('ai_office', 'cii_office', 'employment_office', 'social_aid')
group by i.id order by cases desc
"""
COLLEAGUE = """
select m.user_id from institutions_membership m join accounts_user u on u.id = m.user_id
where m.institution_id = %s and m.role = %s order by u.email limit 1
"""
CASES = """
select c.id, c.number, p.family_name, p.given_names, p.avs_number
from cases_disclosure d join cases_case c on c.id = d.case_id join persons_person p on p.id = d.person_id
where d.recipient_id = %s and d.basis = 'party' and d.case_state = 'open' and length(p.family_name) > 5
  and exists (select 1 from cases_disclosure s where s.case_id = d.case_id and s.recipient_id = d.recipient_id
    and s.categories & 1 > 0 and s.valid_from <= now() and s.valid_until > now())
order by (right(c.number, 2) = '01') desc, md5(c.number) limit 8
"""
TO_REVOKE = """
select k.id from consents_consent k join cases_case c on c.id = k.case_id
where c.lead_id = %s and c.state = 'open' and k.state = 'active' and right(c.number, 2) <> '01'
order by md5(c.number) limit %s
"""
TO_ACCEPT = """
select r.id from referrals_referral r where r.desk_id = %s and r.state = 'sent' order by md5(r.id::text) limit %s
"""
TO_ANNOUNCE = """
select p.id from persons_person p join cases_case c on c.person_id = p.id
where p.institution_id = %s and c.state = 'closed' order by md5(p.id::text) limit %s
"""
REGISTERED = """
select p.id from persons_person p join cases_case c on c.person_id = p.id
where p.institution_id = %s and c.state = 'open' order by md5(p.id::text) limit 1
"""
LAST_PAGE = """
select id, case_updated_at from cases_disclosure
where recipient_id = %s and basis = 'party' {condition} order by case_updated_at, id limit 1 offset 25
"""
SIZES = ("largest", "middle", "small")
SPENT = 60


@dataclass(slots=True)
class Scene:
    """One colleague in one world, and things that she may look at."""

    world: World
    size: str
    slug: str
    cases: int
    actor: Actor
    visitor: Visitor
    shown: list[Any]
    manager: Visitor
    window: Visitor | None
    registered: Person | None
    marks: dict[str, str]
    to_revoke: list[UUID] = field(default_factory=list)
    to_accept: list[UUID] = field(default_factory=list)
    to_announce: list[UUID] = field(default_factory=list)


def enter(world: World) -> None:
    """From now on this process works in this world."""
    default = connections["default"]
    default.close()
    default.settings_dict["NAME"] = world.database


def institutions_in_both(small: World, large: World) -> list[str]:
    """The largest institution, one with about a hundredth of all cases, and a small one, by their slugs.

    Raises `Unavailable` when the small world is too small to know three of them.
    """
    there = {house.slug for house in _houses(small)}
    known = [house for house in _houses(large) if house.slug in there]
    if len(known) < len(SIZES):
        raise Unavailable(
            f"A world of {small.cases:,} cases has too few institutions to compare: ask for more cases."
        )
    middle = min(known, key=lambda house: abs(house.cases - large.cases / 100))
    return [house.slug for house in (known[0], middle, known[-min(20, len(known))])]


def scenes_of(world: World, application: WSGIApplication, slugs: list[str]) -> list[Scene]:
    """A colleague of each of these institutions: of the largest, of a middle one, of a small one."""
    enter(world)
    by_slug = {house.slug: house for house in _houses(world)}
    with _reading(world) as owner:
        return [
            _scene(owner, world, application, size, by_slug[slug])
            for size, slug in zip(SIZES, slugs, strict=True)
        ]


def _reading(world: World) -> psycopg.Connection[Any]:
    return psycopg.connect(
        world.server.owner_url(world.database), autocommit=True, row_factory=namedtuple_row
    )


def _houses(world: World) -> list[Any]:
    with _reading(world) as owner:
        return owner.execute(CHOSEN).fetchall()


def _scene(
    owner: psycopg.Connection[Any], world: World, application: WSGIApplication, size: str, house: Any
) -> Scene:
    [(user_id,)] = owner.execute(COLLEAGUE, [house.id, "caseworker"]).fetchall()
    [(manager_id,)] = owner.execute(COLLEAGUE, [house.id, "manager"]).fetchall()
    actor = Actor(
        user_id=user_id,
        institution_id=house.id,
        institution_kind=house.kind,
        roles=frozenset({"caseworker"}),
        purpose="bench",
    )
    visitor, manager = Visitor(application), Visitor(application)
    visitor.sign_in(user_id)
    manager.sign_in(manager_id)
    shown = owner.execute(CASES, [house.id]).fetchall()
    return Scene(
        world,
        size,
        house.slug,
        house.cases,
        actor,
        visitor,
        shown,
        manager,
        _window(application, actor, shown[0].id) if shown else None,
        _fingerprinted(actor, owner.execute(REGISTERED, [house.id]).fetchone()),
        dict(_marks(owner, house.id)),
        [row.id for row in owner.execute(TO_REVOKE, [house.id, SPENT]).fetchall()],
        [row.id for row in owner.execute(TO_ACCEPT, [house.id, SPENT]).fetchall()],
        [row.id for row in owner.execute(TO_ANNOUNCE, [house.id, SPENT]).fetchall()],
    )


def _window(application: WSGIApplication, actor: Actor, case_id: UUID) -> Visitor:
    """The insured person of this case, who came in by a letter that the colleague has just issued."""
    with acting_as(actor):
        letter, _pdf = issue_letter(by=actor, case_id=case_id, addressee=Addressee.PERSON)
    visitor = Visitor(application)
    visitor.enter_window(letter)
    return visitor


def _fingerprinted(actor: Actor, found: Any) -> Person | None:
    """Somebody whom the institution registered and follows, with her true fingerprints."""
    if found is None:
        return None
    with acting_as(actor), transaction.atomic():
        person = Person.objects.get(pk=found.id)
        keep_fingerprints([person])
    return person


def _marks(owner: psycopg.Connection[Any], institution_id: UUID) -> Iterator[tuple[str, str]]:
    """The marks behind which the last twenty-five rows of a list lie."""
    running = "and case_state in ('open', 'announced', 'draft')"
    for name, condition in (("running", running), ("all", "")):
        row = owner.execute(LAST_PAGE.format(condition=condition), [institution_id]).fetchone()
        if row:
            yield (
                name,
                _mark(SimpleNamespace(pk=row.id, case_updated_at=row.case_updated_at), "case_updated_at"),
            )
