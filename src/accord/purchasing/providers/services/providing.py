"""A provider's page, its first members, and whether new mandates may be given to it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.accounts.services import enrol
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.purchasing.providers.enums import ProviderState
from accord.purchasing.providers.models import Provider
from accord.purchasing.providers.policies import can_manage, can_readmit, can_suspend, visible_to
from accord.purchasing.providers.services.telling import note, tell_in_charge

EDITABLE = ("provider_kind", "gln", "nif", "iban", "offers", "languages", "places", "website")
PROVIDER_ROLES = (Role.ADMINISTRATOR, Role.MANAGER, Role.CASEWORKER, Role.SECRETARY)


def lock_provider(by: Actor, provider_id: UUID) -> Provider:
    """The provider, locked; Provider.DoesNotExist for what the actor's institution may not change."""
    query = Provider.objects.select_for_update(of=("self",)).filter(visible_to(by))
    return query.select_related("institution", "office").get(pk=provider_id)


@transaction.atomic
def change_provider(*, by: Actor, provider_id: UUID, version: int, values: Mapping[str, str]) -> Provider:
    """Change what is known of a provider; `Stale` with what stands there when a colleague was faster."""
    provider = lock_provider(by, provider_id)
    can_manage(by, provider).require()
    if provider.version != version:
        raise Stale(provider)
    others = Provider.objects.exclude(pk=provider.pk)
    for field in ("gln", "nif"):
        if values.get(field) and others.filter(**{field: values[field]}).exists():
            raise Refused(_("Un autre prestataire a déjà ce numéro."), field=field)
    changed = [name for name in EDITABLE if name in values and getattr(provider, name) != values[name]]
    if not changed:
        return provider
    before = {name: [getattr(provider, name), values[name]] for name in changed}
    for name in changed:
        setattr(provider, name, values[name])
    provider.version += 1
    provider.save(update_fields=[*changed, "version"])
    note(by, "changed", "provider", provider.pk, provider.institution.name, **before)
    return provider


@transaction.atomic
def suspend_provider(*, by: Actor, provider_id: UUID, reason: str) -> Provider:
    """No new mandate goes to this provider from now on; those that run are not ended by it."""
    provider = lock_provider(by, provider_id)
    can_suspend(by, provider).require()
    if not reason.strip():
        raise Refused(_("Dites pourquoi : le prestataire lira cette raison."), field="reason")
    return _turn(by, provider, ProviderState.SUSPENDED, reason, "suspended")


@transaction.atomic
def readmit_provider(*, by: Actor, provider_id: UUID, reason: str) -> Provider:
    """New mandates may be given again."""
    provider = lock_provider(by, provider_id)
    can_readmit(by, provider).require()
    if not reason.strip():
        raise Refused(_("Dites ce qui a changé."), field="reason")
    return _turn(by, provider, ProviderState.ACTIVE, reason, "readmitted")


def _turn(by: Actor, provider: Provider, state: ProviderState, reason: str, verb: str) -> Provider:
    provider.state, provider.state_reason, provider.state_since = state, reason.strip(), now()
    provider.version += 1
    provider.save(update_fields=["state", "state_reason", "state_since", "version"])
    note(by, verb, "provider", provider.pk, provider.institution.name)
    path = reverse("providers:show", args=[provider.pk])
    tell_in_charge(f"provider.{verb}", provider.institution_id, path)
    return provider


@transaction.atomic
def invite_member(
    *, by: Actor, provider_id: UUID, email: str, first_name: str, last_name: str, role: str
) -> Membership:
    """Give somebody a role at the provider; its administrators appoint the others themselves."""
    provider = lock_provider(by, provider_id)
    can_manage(by, provider).require()
    if role not in PROVIDER_ROLES:
        raise Refused(_("Ce rôle n’existe pas chez un prestataire."), field="role")
    user = enrol(
        by=by,
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=provider.institution.language,
    )
    held = Membership.objects.filter(Membership.current(now()), user=user, institution=provider.institution)
    if held.filter(role=role).exists():
        raise Refused(_("Cette personne a déjà ce rôle chez ce prestataire."), field="role")
    membership = Membership.objects.create(
        user=user, institution=provider.institution, role=role, since=now()
    )
    note(by, "invited", "membership", membership.pk, user.name, role=role)
    notify(
        users=[user],
        institution_id=provider.institution_id,
        kind="provider.invited",
        params={},
        path=reverse("providers:home"),
    )
    return membership
