"""One-click acts that let a convention move on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.kernel.states import ForbiddenTransition
from accord.network.agreements import services
from accord.network.agreements.policies import manages_agreements, member
from accord.network.agreements.views.finding import agreement_or_404, demand, to_agreement

ACTS = {
    "envoi": services.send_for_negotiation,
    "signature": services.ask_for_signatures,
    "reprise": services.reopen_negotiation,
    "abandon": services.abandon_agreement,
}


@screen(member, purpose="approve an agreement", methods=("POST",))
def state(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Send, approve, put to signature, take up again, abandon."""
    agreement = agreement_or_404(request, agreement_id)
    demand(manages_agreements(request.actor))
    wanted = request.POST.get("acte", "")
    try:
        if wanted.startswith("approbation-"):
            number = wanted.removeprefix("approbation-")
            services.approve_agreement(
                by=request.actor,
                agreement_id=agreement.pk,
                text_number=int(number) if number.isdigit() else 0,
            )
        elif wanted in ACTS:
            ACTS[wanted](by=request.actor, agreement_id=agreement.pk)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.sentence)
    except Stale:
        messages.error(
            request, _("Une nouvelle version vient d’être proposée : relisez-la avant d’approuver.")
        )
    except ForbiddenTransition:
        messages.error(request, _("Cette convention a changé d’état entre-temps."))
    else:
        messages.success(request, _("C’est fait."))
    return to_agreement(agreement.pk)
