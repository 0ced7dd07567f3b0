"""The keys of a provider's programs."""

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
from accord.purchasing.invoices.forms import KeyForm
from accord.purchasing.invoices.models import ReceptionKey
from accord.purchasing.invoices.policies import invoices
from accord.purchasing.invoices.selectors import keys_of
from accord.purchasing.invoices.services import draw_key, drawn, keep_key, revoke_key
from accord.purchasing.invoices.views.loading import refuse, status_of


@screen(invoices, purpose="manage reception keys", methods=("GET",))
def keys(request: AccordRequest) -> HttpResponse:
    """Which programs may hand in invoices, and when they last did."""
    record_read(by=request.actor, subject_kind="reception key")
    address = request.build_absolute_uri(reverse("invoices:reception"))
    return render(request, "invoices/keys.html", {"keys": keys_of(request.actor), "address": address})


@screen(invoices, purpose="manage reception keys")
def new_key(request: AccordRequest) -> HttpResponse:
    """A key is shown here and nowhere else; it holds once it was named."""
    form = KeyForm(request.POST or None, initial={"signed": draw_key()})
    if request.method == "POST" and form.is_valid():
        try:
            keep_key(by=request.actor, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("La clé est active."))
            return _to_keys()
    signed = _still_drawn(form)
    context = {"form": form, "key": drawn(signed), "signed": signed}
    return render(request, "invoices/new_key.html", context, status=status_of(form))


def _still_drawn(form: KeyForm) -> str:
    """The key of the page, or another one when it is none of ours or has waited too long."""
    signed = str(form["signed"].value() or "")
    try:
        drawn(signed)
    except Refused:
        return draw_key()
    return signed


@screen(invoices, purpose="manage reception keys", methods=("POST",))
def key_revocation(request: AccordRequest, key_id: UUID) -> HttpResponse:
    """Let a key hold no longer."""
    try:
        revoke_key(by=request.actor, key_id=key_id)
    except ReceptionKey.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("La clé est révoquée : plus aucun programme n’entre avec elle."))
    return _to_keys()


def _to_keys() -> HttpResponse:
    return HttpResponseRedirect(reverse("invoices:keys"))
