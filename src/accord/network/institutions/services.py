"""Appoint, end, and change what an institution says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.accounts.services import enrol
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution, Membership, Site
from accord.network.institutions.policies import can_appoint_at, can_change, can_end
from accord.network.institutions.rules import leaves_nobody_in_charge

EDITABLE = ("name", "short_name", "language", "phone", "grants_reciprocity", "may_hold_avs")


@transaction.atomic
def appoint(
    *,
    by: Actor,
    institution_id: UUID,
    email: str,
    role: str,
    first_name: str = "",
    last_name: str = "",
    site_id: UUID | None = None,
) -> Membership:
    """Give somebody a role in one's institution; whoever has no account yet gets one.

    Raises `Refused` when she already holds the role, when the site is another institution's, or when the
    actor does not administer the institution.
    """
    can_appoint_at(by, Institution.objects.get(pk=institution_id)).require()
    institution = Institution.objects.select_for_update().get(pk=institution_id)
    if role not in Role.values:
        raise Refused(_("Ce rôle n’existe pas."), field="role")
    if site_id and not Site.objects.filter(pk=site_id, institution=institution).exists():
        raise Refused(_("Ce site n’est pas le vôtre."), field="site")
    user = enrol(
        by=by, email=email, first_name=first_name, last_name=last_name, language=institution.language
    )
    current = Membership.objects.filter(Membership.current(now()), user=user, institution=institution)
    if current.filter(role=role).exists():
        raise Refused(_("Cette personne a déjà ce rôle dans votre institution."), field="role")
    membership = Membership.objects.create(
        user=user, institution=institution, role=role, site_id=site_id, since=now()
    )
    record(
        by=by,
        verb="appointed",
        subject_kind="membership",
        subject_id=membership.pk,
        subject_label=user.name,
        data={"role": role},
    )
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership_id: UUID) -> Membership:
    """Somebody no longer holds a role: from this moment she sees nothing by it.

    Membership.DoesNotExist for another institution's; `Refused` when nobody would administer any more.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("institution", "user")
        .get(pk=membership_id, institution_id=by.institution_key)
    )
    held = Membership.objects.filter(Membership.current(now()), institution_id=membership.institution_id)
    roles = [(str(user), role) for user, role in held.values_list("user_id", "role")]
    is_last = leaves_nobody_in_charge(roles, (str(membership.user_id), membership.role))
    can_end(by, membership, is_last_administrator=is_last).require()
    if membership.until is None or membership.until > now():
        membership.until = now()
        membership.save(update_fields=["until"])
        record(
            by=by,
            verb="ended",
            subject_kind="membership",
            subject_id=membership.pk,
            subject_label=membership.user.name,
            data={"role": membership.role},
        )
    return membership


@transaction.atomic
def change_institution(
    *, by: Actor, institution_id: UUID, version: int, values: Mapping[str, Any]
) -> Institution:
    """Change the page of one's institution and its legal switches.

    The switches decide what others disclose to it by law (LACI art. 85f al. 2 let. b) and whether it may hold
    AVS numbers (LAVS art. 153b ss.). Raises `Stale` with the present state when somebody saved in between.
    """
    can_change(by, Institution.objects.get(pk=institution_id)).require()
    institution = Institution.objects.select_for_update().get(pk=institution_id)
    if institution.version != version:
        raise Stale(institution)
    changes = {
        name: [getattr(institution, name), values[name]]
        for name in EDITABLE
        if name in values and getattr(institution, name) != values[name]
    }
    if not changes:
        return institution
    for name, (_before, after) in changes.items():
        setattr(institution, name, after)
    institution.version += 1
    institution.save(update_fields=[*changes, "version"])
    record(
        by=by,
        verb="switched",
        subject_kind="institution",
        subject_id=institution.pk,
        subject_label=institution.name,
        data=changes,
    )
    return institution
