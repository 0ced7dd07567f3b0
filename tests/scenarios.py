"""Whole situations in few words; every test begins from here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client

from accord.casework.cases.enums import Basis, Category, ParticipantRole
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.cases.services import disclose, open_draft, set_state
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import FOREVER, today
from accord.kernel.database import acting_as
from accord.kernel.identifiers import avs_check_digit
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.services import load_definitions
from accord.people.persons.models import Person

_serial = itertools.count(1)


@dataclass(frozen=True)
class Colleague:
    """A user with the institution for which she acts."""

    user: User
    institution: Institution
    roles: tuple[str, ...]

    @property
    def actor(self) -> Actor:
        """As the services know her."""
        return Actor(
            user_id=self.user.pk,
            institution_id=self.institution.pk,
            institution_kind=self.institution.kind,
            roles=frozenset(self.roles),
            language=self.user.language,
            purpose="test",
        )

    def browser(self) -> Client:
        """A signed-in test client."""
        client = Client()
        client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def programmes() -> None:
    """Load the three programmes."""
    load_definitions(folders=[])


def institution(kind: str = Kind.AI_OFFICE, slug: str = "", **fields: object) -> Institution:
    """An institution of a kind, with a name of its own."""
    number = next(_serial)
    slug = slug or f"{kind.replace('_', '-')}-{number}"
    fields.setdefault("name", f"Institution {slug}")
    fields.setdefault("short_name", slug.upper()[:40])
    fields.setdefault("may_hold_avs", True)
    fields.setdefault("grants_reciprocity", True)
    return Institution.objects.create(slug=slug, kind=kind, **fields)


def colleague(
    at: Institution | None = None,
    *roles: str,
    kind: str = Kind.AI_OFFICE,
    language: str = "fr",
    last_name: str = "",
) -> Colleague:
    """Somebody who works there, a caseworker unless told otherwise."""
    at = at or institution(kind)
    roles = roles or (Role.CASEWORKER,)
    number = next(_serial)
    user = User.objects.create_user(
        f"colleague{number}@example.org",
        first_name="Anne",
        last_name=last_name or f"Collègue {number}",
        language=language,
    )
    for role in roles:
        Membership.objects.create(user=user, institution=at, role=role)
    return Colleague(user, at, roles)


def avs_number(serial: int | None = None) -> str:
    """A valid number that nobody has."""
    first = f"756{(serial or next(_serial)):09d}"
    return first + avs_check_digit(first)


def person(
    at: Institution, family_name: str = "Favre", given_names: str = "Claire", **fields: object
) -> Person:
    """A person registered by an institution."""
    from accord.people.persons.rules import name_key

    fields.setdefault("birth_date", "1980-05-17")
    fields.setdefault("language", "fr")
    fields.setdefault("street", "Rue de Montbrillant 40")
    fields.setdefault("postal_code", "1201")
    fields.setdefault("city", "Genève")
    return Person.objects.create(
        institution=at,
        family_name=family_name,
        given_names=given_names,
        name_key=name_key(family_name, given_names, str(fields.get("birth_name", ""))),
        **fields,
    )


def draft(by: Colleague, programme: str = "cii-geneve", about: Person | None = None, **fields: str) -> Case:
    """A case in preparation."""
    about = about or person(by.institution)
    with acting_as(by.actor):
        return open_draft(by=by.actor, programme_slug=programme, person=about, **fields)


def open_case(
    by: Colleague, programme: str = "cii-geneve", about: Person | None = None, **fields: str
) -> Case:
    """A case that is running, led by the colleague's institution."""
    case = draft(by, programme, about, **fields)
    set_state(case, "open")
    return case


def opened_to(
    case: Case,
    recipient: Institution,
    *categories: Category,
    basis: str = Basis.LAW,
    until: object = FOREVER,
    takes_part: bool = True,
) -> Disclosure:
    """Let an institution see categories of a case, and take part in it."""
    mask = 0
    for category in categories or (Category.IDENTITY,):
        mask |= category
    if takes_part:
        Participant.objects.get_or_create(
            case=case, institution=recipient, left_at=None, defaults={"role": ParticipantRole.MEMBER}
        )
    return disclose(
        by=Actor(institution_id=case.lead_id),
        case=case,
        recipient_id=recipient.pk,
        categories=mask,
        basis=Basis(basis),
        purpose="test",
        legal_article="LACI art. 85f al. 3" if basis == Basis.LAW else "",
        valid_until=until,
    )


def in_days(days: int) -> date:
    """A day from today."""
    return today() + timedelta(days=days)


def names(rows: Iterable[object]) -> list[str]:
    """What the rows are called, for readable assertions."""
    return [str(row) for row in rows]
