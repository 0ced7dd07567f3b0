"""The page of purchases, the list of providers, and the page of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record_read
from accord.kernel.clock import today
from accord.kernel.decisions import Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements.selectors import agreements_between
from accord.purchasing.providers import panels, selectors, services
from accord.purchasing.providers.enums import ProviderKind, ProviderState
from accord.purchasing.providers.filters import provider_filters, shelf_from
from accord.purchasing.providers.forms import InvitationForm, ProviderForm, ReasonForm
from accord.purchasing.providers.models import Provider
from accord.purchasing.providers.policies import (
    can_manage,
    can_readmit,
    can_record_certificate,
    can_suspend,
    deals_with_providers,
    manages_contracts,
)
from accord.purchasing.providers.services.providing import EDITABLE
from accord.purchasing.providers.views.answering import answer, demand, provider_or_404

MOST_SHOWN = 200


@screen(deals_with_providers, purpose="buy measures", methods=("GET",))
def home(request: AccordRequest) -> HttpResponse:
    """What waits, and where to go."""
    context = {
        "figures": panels.to_do(request.actor),
        "ways": panels.ways_for(request.actor),
        "own_page": panels.own_page(request.actor),
    }
    return render(request, "providers/home.html", context)


@screen(deals_with_providers, purpose="list of providers", methods=("GET",))
def provider_list(request: AccordRequest) -> HttpResponse:
    """Providers by name, with their labels."""
    rows = list(selectors.providers_page(request.actor, shelf_from(request.GET))[: MOST_SHOWN + 1])
    record_read(by=request.actor, subject_kind="provider list")
    context = {
        "rows": rows[:MOST_SHOWN],
        "is_cut": len(rows) > MOST_SHOWN,
        "filters": provider_filters(),
        "is_filtered": bool(request.GET),
    }
    return render(request, "providers/list.html", context)


@screen(deals_with_providers, purpose="read a provider", methods=("GET",))
def show(request: AccordRequest, provider_id: UUID) -> HttpResponse:
    """One provider: what it offers, its conventions, certificates, visits and quality in numbers."""
    provider = provider_or_404(request, provider_id)
    record_read(
        by=request.actor,
        subject_kind="provider",
        subject_id=provider.pk,
        subject_label=provider.institution.name,
    )
    indicators = selectors.indicators_of([provider.pk])[provider.pk]
    context = {
        "provider": provider,
        "agreements": agreements_between(request.actor, provider.institution_id),
        "visits": selectors.visits_of(provider),
        "picture": panels.quality_picture(indicators),
        "today": today(),
        "may_manage": can_manage(request.actor, provider),
        "may_certify": can_record_certificate(request.actor, provider),
        "may_suspend": can_suspend(request.actor, provider),
        "may_readmit": can_readmit(request.actor, provider),
    }
    return render(request, "providers/show.html", context)


@screen(manages_contracts, purpose="manage a provider")
def edit(request: AccordRequest, provider_id: UUID) -> HttpResponse:
    """Change what is known of a provider; when a colleague was faster both versions are shown."""
    provider = provider_or_404(request, provider_id)
    demand(can_manage(request.actor, provider))
    form = ProviderForm(request.POST or None, initial=_values(provider) | {"version": provider.version})
    try:
        return answer(
            request,
            form,
            lambda typed: services.change_provider(
                by=request.actor,
                provider_id=provider.pk,
                version=typed["version"],
                values={name: typed[name] for name in EDITABLE},
            ),
            template="providers/form.html",
            back=_page(provider),
            done=_("La page du prestataire est enregistrée."),
            title=_("Modifier la page du prestataire"),
            back_label=provider.institution.name,
            button=_("Enregistrer"),
        )
    except Stale as stale:
        return _conflict(request, form, stale.current)


def _values(provider: Provider) -> dict[str, str]:
    return {name: getattr(provider, name) for name in EDITABLE}


def _conflict(request: AccordRequest, form: ProviderForm, current: Provider) -> HttpResponse:
    theirs, fields = _values(current), []
    for name in EDITABLE:
        mine = form.cleaned_data[name]
        choices = [(key, str(word)) for key, word in ProviderKind.choices] if name == "provider_kind" else []
        fields.append(
            {
                "label": form.fields[name].label,
                "name": name,
                "choices": choices,
                "mine": mine,
                "theirs": dict(choices).get(theirs[name], theirs[name]),
                "theirs_value": theirs[name],
                "changed": mine != theirs[name],
            }
        )
    context: dict[str, Any] = {"fields": fields, "version": current.version}
    context |= {"action": request.path, "back": _page(current)}
    return render(request, "web/conflict.html", context, status=409)


@screen(manages_contracts, purpose="manage a provider")
def admission(request: AccordRequest, provider_id: UUID) -> HttpResponse:
    """Suspend a provider, or readmit it, with the reason."""
    provider = provider_or_404(request, provider_id)
    is_suspended = provider.state == ProviderState.SUSPENDED
    demand((can_readmit if is_suspended else can_suspend)(request.actor, provider))
    verb = services.readmit_provider if is_suspended else services.suspend_provider
    return answer(
        request,
        ReasonForm(request.POST or None),
        lambda typed: verb(by=request.actor, provider_id=provider.pk, reason=typed["reason"]),
        template="providers/form.html",
        back=_page(provider),
        done=_("Le prestataire est réadmis.") if is_suspended else _("Le prestataire est suspendu."),
        title=_("Réadmettre le prestataire") if is_suspended else _("Suspendre le prestataire"),
        lead=""
        if is_suspended
        else _("Aucun nouveau mandat ne lui est confié ; ceux qui courent ne s’arrêtent pas d’eux-mêmes."),
        back_label=provider.institution.name,
        button=_("Réadmettre") if is_suspended else _("Suspendre"),
        kind="primary" if is_suspended else "danger",
    )


@screen(manages_contracts, purpose="manage a provider")
def invite(request: AccordRequest, provider_id: UUID) -> HttpResponse:
    """Give somebody access for the provider."""
    provider = provider_or_404(request, provider_id)
    demand(can_manage(request.actor, provider))
    return answer(
        request,
        InvitationForm(request.POST or None),
        lambda typed: services.invite_member(by=request.actor, provider_id=provider.pk, **typed),
        template="providers/form.html",
        back=_page(provider),
        done=_("La personne est invitée ; elle choisit son mot de passe par « mot de passe oublié »."),
        title=_("Inviter quelqu’un du prestataire"),
        back_label=provider.institution.name,
        button=_("Inviter"),
    )


def _page(provider: Provider) -> str:
    return reverse("providers:show", args=[provider.pk])
