"""Orders to the bank, its statements, and the terms."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record_read
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.invoices.forms import OrderForm, StatementForm, TermsForm
from accord.purchasing.invoices.models import PaymentOrder
from accord.purchasing.invoices.policies import pays
from accord.purchasing.invoices.rules.reading import MOST_BYTES
from accord.purchasing.invoices.selectors import orders_of, ready_to_pay, terms_of
from accord.purchasing.invoices.services import export_order, mark_paid, order_payments, set_terms
from accord.purchasing.invoices.views.loading import download, refuse, status_of


@screen(pays, purpose="pay invoices")
def payments(request: AccordRequest) -> HttpResponse:
    """What is approved, and the orders that were made of it."""
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order_payments(by=request.actor, execute_on=form.cleaned_data["execute_on"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("L’ordre est prêt : remettez son fichier à la banque."))
            return _to_payments()
    record_read(by=request.actor, subject_kind="payment order")
    ready = ready_to_pay(request.actor)
    context = {
        "form": form,
        "ready": ready,
        "total": sum((one.amount for one in ready), 0),
        "orders": orders_of(request.actor),
        "terms": terms_of(request.actor.institution_id),
    }
    return render(request, "invoices/payments.html", context, status=status_of(form))


def _to_payments() -> HttpResponse:
    return HttpResponseRedirect(reverse("invoices:payments"))


@screen(pays, purpose="pay invoices", methods=("POST",))
def export(request: AccordRequest, order_id: UUID) -> HttpResponse:
    """Give the file of an order out, once."""
    try:
        order = export_order(by=request.actor, order_id=order_id)
    except PaymentOrder.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _to_payments()
    return download(order.xml.encode(), f"{order.message_id}.xml")


@screen(pays, purpose="pay invoices")
def statement(request: AccordRequest) -> HttpResponse:
    """Read what the bank booked."""
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["statement"]
        try:
            if file.size > MOST_BYTES:
                raise Refused(_("Ce fichier dépasse 20 Mo."), field="statement")
            counted = mark_paid(by=request.actor, statement=file.read())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(
                request,
                _(
                    "Payées : %(paid)s. Déjà connues : %(known)s. Sans rapport ou d’un autre montant : %(other)s."
                )
                % {
                    "paid": counted.paid,
                    "known": counted.known,
                    "other": counted.foreign + counted.different,
                },
            )
            return _to_payments()
    return render(request, "invoices/statement.html", {"form": form}, status=status_of(form))


@screen(pays, purpose="pay invoices")
def terms(request: AccordRequest) -> HttpResponse:
    """Account, days, and the amount above which two people approve."""
    form = TermsForm(request.POST or None, instance=terms_of(request.actor.institution_id))
    if request.method == "POST" and form.is_valid():
        try:
            set_terms(by=request.actor, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Les conditions de paiement sont fixées."))
            return _to_payments()
    return render(request, "invoices/terms.html", {"form": form}, status=status_of(form))
