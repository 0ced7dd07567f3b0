"""Follow a case, and put its news aside."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.casework.cases.services import dismiss_news, follow_case
from accord.casework.cases.views.answering import act_once, back_to, case_or_404
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="follow a case", methods=("POST",))
def follow(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Be told of what happens in the case, or no longer."""
    case = case_or_404(request, case_id)
    wanted = request.POST.get("follow", "yes") == "yes"
    return act_once(
        request,
        lambda: follow_case(by=request.actor, case_id=case.pk, wanted=wanted),
        back=back_to(case.pk),
        done=_("Vous suivez ce dossier.") if wanted else _("Vous ne suivez plus ce dossier."),
    )


@screen(works_on_cases, purpose="follow a case", methods=("POST",))
def news(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Put the news aside: they have been seen."""
    case = case_or_404(request, case_id)
    return act_once(request, lambda: dismiss_news(by=request.actor, case=case), back=back_to(case.pk))
