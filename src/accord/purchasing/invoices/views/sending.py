"""Invoices come in: as files, or typed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.forms import LINES, InvoiceForm, UploadForm
from accord.purchasing.invoices.policies import invoices, keeps_desk, reads_invoices
from accord.purchasing.invoices.services import send_form, take_uploads
from accord.purchasing.invoices.views.loading import refuse, status_of, to_invoice
from accord.purchasing.measures.models import Mandate
from accord.purchasing.measures.selectors import given_mandate, own_provider


@screen(reads_invoices, purpose="send an invoice")
def upload(request: AccordRequest) -> HttpResponse:
    """Put in XML files; the worker checks them at once."""
    form = UploadForm(request.POST or None, request.FILES or None, offices=_offices(request))
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_uploads(
                by=request.actor,
                office_id=UUID(form.cleaned_data["office"]),
                files=form.cleaned_data["messages"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            if not taken.invoices.exists():
                messages.info(request, _("Ces fichiers étaient déjà là : rien n’est compté deux fois."))
                return HttpResponseRedirect(reverse(_home(request)))
            messages.success(request, _("Les fichiers sont reçus ; leur contrôle commence."))
            return HttpResponseRedirect(reverse("invoices:batch", args=[taken.pk]))
    return render(
        request, "invoices/upload.html", {"form": form, "back": _home(request)}, status=status_of(form)
    )


def _home(request: AccordRequest) -> str:
    return "invoices:list" if keeps_desk(request.actor) else "invoices:sent"


def _offices(request: AccordRequest) -> list[Institution]:
    """The office itself, or the offices among which a provider chooses, her own first."""
    if keeps_desk(request.actor):
        return list(Institution.objects.filter(pk=request.actor.institution_key))
    own = own_provider(request.actor)
    offices = list(Institution.objects.filter(kind=Kind.AI_OFFICE, is_active=True))
    return sorted(offices, key=lambda office: (own is None or office.pk != own.office_id, office.name))


@screen(invoices, purpose="send an invoice")
def form(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """Type the invoice of a mandate."""
    try:
        mandate = given_mandate(request.actor, mandate_id)
    except Mandate.DoesNotExist:
        raise Http404 from None
    typed = InvoiceForm(request.POST or None, positions=mandate.positions.all())
    if request.method == "POST" and typed.is_valid():
        try:
            invoice = send_form(
                by=request.actor,
                mandate_id=mandate.pk,
                number=typed.cleaned_data["number"],
                version="5.0",
                gender=typed.cleaned_data["gender"],
                reference=typed.cleaned_data["reference"].replace(" ", ""),
                lines=typed.lines,
            )
        except Refused as refused:
            refuse(typed, refused)
        else:
            messages.success(
                request, _("La facture est envoyée ; le contrôle dit bientôt si tout est juste.")
            )
            return to_invoice(invoice.pk)
    rows = [
        [typed[f"{name}_{place}"] for name in ("code", "quantity", "begin", "end")]
        for place in range(1, LINES + 1)
    ]
    has_more = any(field.data or field.errors for line in rows[1:] for field in line)
    context = {"form": typed, "mandate": mandate, "rows": rows, "has_more": has_more}
    return render(request, "invoices/form.html", context, status=status_of(typed))
