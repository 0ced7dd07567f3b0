"""What she asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.diagnosis.enums import Part
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
    begun = {"text": _begun(request.GET.get("sur", ""))}
    form = AskForm(request.POST or None, kind=request_kind, initial=begun)
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


def _begun(about: str) -> str:
    """The first words of a request about something that she was reading; nothing for anything else."""
    begun = {
        "plan": _("Je ne suis pas d’accord avec ce plan. Voici pourquoi :"),
        "urgence": _("Pourquoi ma situation a-t-elle été lue en urgence ?"),
        "rencontre": _("Je voudrais un autre moment pour la rencontre. Je peux venir :"),
    }
    if about in Part.values:
        return _("Dans la partie « %(part)s », ceci est faux :") % {"part": Part(about).label}
    return begun.get(about, "")
