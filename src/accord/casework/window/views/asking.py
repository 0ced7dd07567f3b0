"""What she asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.window.enums import RequestKind
from accord.casework.window.forms import AskForm
from accord.casework.window.rules import answer_due
from accord.casework.window.selectors import own_case
from accord.casework.window.services import ask as send_request
from accord.casework.window.views.shell import page, window_screen
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest


@window_screen(purpose="ask from the window")
def ask(request: AccordRequest, request_kind: str) -> HttpResponse:
    """One request: who receives it, until when she has an answer, and her words."""
    if request_kind not in RequestKind.values:
        raise Http404
    form = AskForm(request.POST or None, kind=request_kind)
    if request.method == "POST" and form.is_valid():
        try:
            send_request(by=request.actor, kind=request_kind, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("C’est envoyé. Vous lirez la réponse ici."))
            return HttpResponseRedirect(reverse("window:requests"))
    context = {
        "form": form,
        "kind": request_kind,
        "title": RequestKind(request_kind).label,
        "case": own_case(request.actor),
        "due": answer_due(today()),
    }
    return page(request, "window/ask.html", context, here="requests", status=422 if form.is_bound else 200)
