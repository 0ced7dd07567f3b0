"""Certificates, visits, and what became of what they found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.documents.services import store_document
from accord.foundation.documents.views import serve_download
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.providers import services
from accord.purchasing.providers.forms import CertificateForm, FindingForms, SettleForm, VisitForm
from accord.purchasing.providers.models import Certificate, Finding, Provider
from accord.purchasing.providers.policies import (
    can_manage,
    can_record_certificate,
    can_settle,
    deals_with_providers,
    manages_contracts,
    of_visible_provider,
    visible_to,
)
from accord.purchasing.providers.services.quality import Found
from accord.purchasing.providers.views.answering import answer, demand, provider_or_404, refuse


@screen(deals_with_providers, purpose="watch over quality")
def certificate(request: AccordRequest, provider_id: UUID) -> HttpResponse:
    """Keep a quality certificate."""
    provider = provider_or_404(request, provider_id)
    demand(can_record_certificate(request.actor, provider))
    return answer(
        request,
        CertificateForm(request.POST or None, request.FILES or None),
        lambda typed: _record(request.actor, provider, typed),
        template="providers/form.html",
        back=_page(provider),
        done=_("Le certificat est enregistré."),
        title=_("Nouveau certificat de qualité"),
        back_label=provider.institution.name,
        button=_("Enregistrer le certificat"),
    )


@transaction.atomic
def _record(actor: Actor, provider: Provider, typed: dict[str, Any]) -> None:
    """The file is only kept if the certificate is."""
    values = dict(typed)
    file = values.pop("file")
    document = store_document(by=actor, file=file) if file else None
    services.record_certificate(by=actor, provider_id=provider.pk, document=document, **values)


@screen(deals_with_providers, purpose="watch over quality", methods=("GET",))
def certificate_file(request: AccordRequest, certificate_id: UUID) -> HttpResponseBase:
    """The file of a certificate."""
    found = (
        Certificate.objects.filter(of_visible_provider(request.actor), pk=certificate_id)
        .select_related("document")
        .first()
    )
    if found is None or found.document is None:
        raise Http404
    record_read(by=request.actor, subject_kind="certificate", subject_id=found.pk)
    return serve_download(found.document)


@screen(manages_contracts, purpose="watch over quality")
def visit(request: AccordRequest, provider_id: UUID) -> HttpResponse:
    """Write down a visit and what it found."""
    provider = provider_or_404(request, provider_id)
    demand(can_manage(request.actor, provider))
    form = VisitForm(request.POST or None)
    findings = FindingForms(request.POST or None, prefix="finding")
    if request.method == "POST" and form.is_valid() and findings.is_valid():
        written = [one.cleaned_data for one in findings if one.cleaned_data.get("text")]
        try:
            services.record_visit(
                by=request.actor,
                provider_id=provider.pk,
                **form.cleaned_data,
                findings=[Found(one["weight"], one["text"], one["due_on"]) for one in written],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("La visite est notée."))
            return HttpResponseRedirect(_page(provider))
    wrong = form.is_bound and (form.errors or not findings.is_valid())
    context = {"form": form, "findings": findings, "provider": provider, "back": _page(provider)}
    return render(request, "providers/visit.html", context, status=422 if wrong else 200)


@screen(manages_contracts, purpose="watch over quality")
def settle(request: AccordRequest, finding_id: UUID) -> HttpResponse:
    """Say how a point was put right."""
    found = (
        Finding.objects.filter(
            pk=finding_id, visit__provider__in=Provider.objects.filter(visible_to(request.actor))
        )
        .select_related("visit__provider__institution")
        .first()
    )
    if found is None:
        raise Http404
    provider = found.visit.provider
    demand(can_settle(request.actor, found))
    return answer(
        request,
        SettleForm(request.POST or None),
        lambda typed: services.settle_finding(by=request.actor, finding_id=found.pk, **typed),
        template="providers/form.html",
        back=_page(provider),
        done=_("Le point est réglé."),
        title=_("Régler un point"),
        lead=found.text,
        back_label=provider.institution.name,
        button=_("Enregistrer"),
    )


def _page(provider: Provider) -> str:
    return reverse("providers:show", args=[provider.pk])
