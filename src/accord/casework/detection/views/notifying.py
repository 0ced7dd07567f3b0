"""Serve a préavis, take position on it, record the decision."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.casework.detection.forms import DecisionForm, NoticeForm, PositionForm
from accord.casework.detection.models import Notice, NoticeParty
from accord.casework.detection.policies import can_decide, can_take_position, can_work_as_ai_office
from accord.casework.detection.selectors import (
    institutions_affected,
    notice_for,
    notifying_circle,
    party_for,
)
from accord.casework.detection.services import record_decision, record_position, serve_notice
from accord.casework.detection.views.comparing import both_versions
from accord.kernel.decisions import Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

PANEL = "detection"


@screen(works_on_cases, purpose="serve a notice")
def notice(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Serve a préavis on the person and on those whom it touches."""
    case = case_or_404(request, case_id)
    demand(can_work_as_ai_office(request.actor, case))
    programme = notifying_circle(request.actor, case)
    affected = institutions_affected(request.actor, case, programme) if programme else []
    form = NoticeForm(request.POST or None, institutions=affected)

    def act(data: dict[str, object]) -> object:
        return serve_notice(
            by=request.actor,
            case_id=case.pk,
            subject=form.cleaned_data["subject"],
            summary=form.cleaned_data["summary"],
            sent_on=form.cleaned_data["sent_on"],
            institutions=form.cleaned_data["institutions"],
            outside=form.outside(),
        )

    return answer_form(
        request,
        case,
        form,
        act,
        title=_("Envoyer un préavis"),
        lead=_(
            "Le préavis va à la personne et à ceux dont l’obligation est touchée (RAI art. 73bis). Chacun a"
            " trente jours pour prendre position ; la décision suit."
        ),
        button=_("Envoyer le préavis"),
        back=back_to(case.pk, PANEL),
        done=_("Le préavis est communiqué ; le délai court."),
    )


@screen(works_on_cases, purpose="take position on a notice")
def position(request: AccordRequest, party_id: UUID) -> HttpResponse:
    """Take position within the period, or renounce."""
    try:
        party = party_for(request.actor, party_id)
    except NoticeParty.DoesNotExist:
        raise Http404 from None
    demand(can_take_position(request.actor, party))
    return answer_form(
        request,
        party.case,
        PositionForm(request.POST or None),
        lambda data: record_position(by=request.actor, party_id=party.pk, **data),
        title=_("Répondre au préavis"),
        lead=_("%(party)s, jusqu’au %(day)s.")
        % {"party": party.called, "day": f"{party.notice.objections_until:%d.%m.%Y}"},
        button=_("Enregistrer la réponse"),
        back=back_to(party.case_id, PANEL),
        done=_("La réponse au préavis est enregistrée."),
    )


@screen(works_on_cases, purpose="decide after a notice")
def decision(request: AccordRequest, notice_id: UUID) -> HttpResponse:
    """The decision that followed the préavis."""
    try:
        found = notice_for(request.actor, notice_id)
    except Notice.DoesNotExist:
        raise Http404 from None
    demand(can_decide(request.actor, found))
    form, back = DecisionForm(request.POST or None, record=found), back_to(found.case_id, PANEL)
    try:
        return answer_form(
            request,
            found.case,
            form,
            lambda data: record_decision(by=request.actor, notice_id=found.pk, **data),
            title=_("Enregistrer la décision"),
            lead=_("Les parties pouvaient prendre position jusqu’au %(day)s.")
            % {"day": f"{found.objections_until:%d.%m.%Y}"},
            button=_("Enregistrer la décision"),
            back=back,
            done=_("La décision est enregistrée ; les institutions servies sont averties."),
        )
    except Stale as stale:
        return both_versions(request, form, stale.current, back)
