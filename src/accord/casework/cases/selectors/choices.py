"""Whom one may choose in the forms of a case."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.cases.policies import disclosures_visible_to, participants_visible_to
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.network.institutions.enums import CASE_ROLES
from accord.network.institutions.models import Institution, Membership


def present_in(actor: Actor, case: Case) -> list[Institution]:
    """Institutions that take part now, by name."""
    present = Participant.objects.filter(participants_visible_to(actor), case=case, left_at__isnull=True)
    return list(Institution.objects.filter(pk__in=present.values("institution")).order_by("name"))


def may_be_invited(actor: Actor, case: Case) -> list[Institution]:
    """Institutions that something is disclosed to, and that do not take part yet."""
    disclosed = Disclosure.objects.filter(
        disclosures_visible_to(actor),
        ~Q(basis=Basis.PARTY),
        case=case,
        recipient=OuterRef("pk"),
        valid_from__lte=now(),
        valid_until__gt=now(),
    )
    present = Participant.objects.filter(case=case, institution=OuterRef("pk"), left_at__isnull=True)
    return list(Institution.objects.filter(Exists(disclosed), ~Exists(present)).order_by("name"))


def colleagues_of(actor: Actor) -> list[tuple[UUID, str]]:
    """Colleagues of one's own institution who work on cases, by name."""
    employed = Membership.objects.filter(
        institution_id=actor.institution_key, until__isnull=True, role__in=CASE_ROLES
    )
    found = User.objects.filter(pk__in=employed.values("user"), is_active=True)
    return [(user.pk, user.name) for user in found.order_by("last_name", "first_name")]
