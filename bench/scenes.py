"""Whose eyes we look through: a colleague of a small, a middle and the largest institution, and what she looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from wsgiref.types import WSGIApplication

import psycopg
from django.db import connections
from psycopg.rows import namedtuple_row

from accord.kernel.actors import Actor
from accord.kernel.pages import _mark
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
where m.institution_id = %s and m.role = 'caseworker' order by u.email limit 1
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
    marks: dict[str, str]
    to_revoke: list[UUID] = field(default_factory=list)
    to_accept: list[UUID] = field(default_factory=list)
    to_announce: list[UUID] = field(default_factory=list)


def enter(world: World) -> None:
    """From now on this process works in this world."""
    default = connections["default"]
    default.close()
    default.settings_dict["NAME"] = world.database


def scenes_of(world: World, application: WSGIApplication, slugs: list[str] | None) -> list[Scene]:
    """The largest institution, one with about a hundredth of all cases, and a small one; or those named."""
    enter(world)
    with psycopg.connect(
        world.server.owner_url(world.database), autocommit=True, row_factory=namedtuple_row
    ) as owner:
        known = owner.execute(CHOSEN).fetchall()
        by_slug = {house.slug: house for house in known}
        middle = min(known, key=lambda house: abs(house.cases - world.cases / 100))
        chosen = [by_slug[slug] for slug in slugs] if slugs else [known[0], middle, known[-20]]
        return [
            _scene(owner, world, application, size, house) for size, house in zip(SIZES, chosen, strict=True)
        ]


def _scene(
    owner: psycopg.Connection[Any], world: World, application: WSGIApplication, size: str, house: Any
) -> Scene:
    [(user_id,)] = owner.execute(COLLEAGUE, [house.id]).fetchall()
    actor = Actor(
        user_id=user_id,
        institution_id=house.id,
        institution_kind=house.kind,
        roles=frozenset({"caseworker"}),
        purpose="bench",
    )
    visitor = Visitor(application)
    visitor.sign_in(user_id)
    return Scene(
        world,
        size,
        house.slug,
        house.cases,
        actor,
        visitor,
        owner.execute(CASES, [house.id]).fetchall(),
        dict(_marks(owner, house.id)),
        [row.id for row in owner.execute(TO_REVOKE, [house.id, SPENT]).fetchall()],
        [row.id for row in owner.execute(TO_ACCEPT, [house.id, SPENT]).fetchall()],
        [row.id for row in owner.execute(TO_ANNOUNCE, [house.id, SPENT]).fetchall()],
    )


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
