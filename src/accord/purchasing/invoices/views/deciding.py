"""The office approves, asks or refuses."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.forms import WordForm
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.policies import can_decide, keeps_desk
from accord.purchasing.invoices.services import approve_invoice, ask_provider, reject_invoice
from accord.purchasing.invoices.views.loading import demand, invoice_or_404, refuse, status_of, to_invoice


@screen(keeps_desk, purpose="decide on an invoice", methods=("POST",))
def approval(request: AccordRequest, invoice_id: UUID) -> HttpResponse:
    """Approve for payment."""
    invoice = invoice_or_404(request, invoice_id)
    demand(can_decide(request.actor, invoice))
    try:
        approved = approve_invoice(
            by=request.actor, invoice_id=invoice.pk, version=_version(request, invoice)
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    except Stale:
        _say_stale(request)
    else:
        is_ready = approved.state == InvoiceState.APPROVED
        messages.success(
            request,
            _("La facture est approuvée ; elle part avec le prochain ordre de paiement.")
            if is_ready
            else _("Votre approbation est notée ; une deuxième personne approuve encore."),
        )
    return to_invoice(invoice.pk)


def _version(request: AccordRequest, invoice: Invoice) -> int:
    """The version that the colleague saw; another one than any when the page was tampered with."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _say_stale(request: AccordRequest) -> None:
    messages.error(request, _("La facture a changé entre-temps : relisez-la, puis décidez."))


@screen(keeps_desk, purpose="decide on an invoice")
def question(request: AccordRequest, invoice_id: UUID) -> HttpResponse:
    """Ask the provider."""
    return _word(
        request,
        invoice_id,
        "invoices/question.html",
        lambda invoice, version, text: ask_provider(
            by=request.actor, invoice_id=invoice.pk, version=version, question=text
        ),
        _("La question est envoyée ; la facture attend."),
    )


@screen(keeps_desk, purpose="decide on an invoice")
def refusal(request: AccordRequest, invoice_id: UUID) -> HttpResponse:
    """Refuse with a reason."""
    return _word(
        request,
        invoice_id,
        "invoices/refusal.html",
        lambda invoice, version, text: reject_invoice(
            by=request.actor, invoice_id=invoice.pk, version=version, reason=text
        ),
        _("La facture est refusée ; le prestataire lit pourquoi."),
    )


def _word(
    request: AccordRequest,
    invoice_id: UUID,
    template: str,
    act: Callable[[Invoice, int, str], object],
    done: str,
) -> HttpResponse:
    invoice = invoice_or_404(request, invoice_id)
    demand(can_decide(request.actor, invoice))
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(invoice, _version(request, invoice), form.cleaned_data["text"])
        except Refused as refused:
            refuse(form, refused)
        except Stale:
            form.add_error(None, _("La facture a changé entre-temps : relisez-la, puis décidez."))
        else:
            messages.success(request, done)
            return to_invoice(invoice.pk)
    return render(request, template, {"invoice": invoice, "form": form}, status=status_of(form))
