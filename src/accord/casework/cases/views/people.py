"""Who takes part in a case, who answers for it, and each institution's own file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.casework.cases.forms import FileClosingForm, FileOpeningForm, InstitutionForm, ReferentForm
from accord.casework.cases.policies import can_lead, can_work_on
from accord.casework.cases.selectors import colleagues_of, may_be_invited
from accord.casework.cases.services import (
    close_institution_file,
    invite,
    leave,
    name_referent,
    open_institution_file,
)
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="invite an institution")
def participants(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Invite an institution to which something is disclosed already."""
    case = case_or_404(request, case_id)
    demand(can_lead(request.actor, case))
    demand(can_work_on(request.actor, case))
    return answer_form(
        request,
        case,
        InstitutionForm(request.POST or None, institutions=may_be_invited(request.actor, case)),
        lambda data: invite(by=request.actor, case_id=case.pk, institution_id=data["institution"]),
        title=_("Inviter une institution"),
        lead=_(
            "Seules apparaissent les institutions que la personne a autorisées ou qu’un article de loi"
            " permet d’informer."
        ),
        button=_("Inviter"),
        back=back_to(case.pk, "institutions"),
        done=_("L’institution participe désormais au dossier."),
    )


@screen(works_on_cases, purpose="leave a case", methods=("POST",))
def departure(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """One's own institution stops taking part."""
    case = case_or_404(request, case_id)
    return act_once(
        request,
        lambda: leave(by=request.actor, case_id=case.pk),
        back=back_to(case.pk, "institutions"),
        done=_("Votre institution ne participe plus à ce dossier."),
    )


@screen(works_on_cases, purpose="name a referent")
def referent(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Name the colleague who answers for one's own institution."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    return answer_form(
        request,
        case,
        ReferentForm(
            request.POST or None,
            colleagues=colleagues_of(request.actor),
            initial={"user": request.actor.user_id},
        ),
        lambda data: name_referent(by=request.actor, case_id=case.pk, user_id=data["user"]),
        title=_("Nommer qui répond du dossier"),
        lead=_("Cette personne reçoit les messages du dossier pour votre institution."),
        button=_("Nommer"),
        back=back_to(case.pk, "institutions"),
    )


@screen(works_on_cases, purpose="tell that a file was opened")
def file_opening(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Tell that one's own institution opened a file on the person."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    return answer_form(
        request,
        case,
        FileOpeningForm(request.POST or None),
        lambda data: open_institution_file(
            by=request.actor, case_id=case.pk, number=data["number"], opened_on=data["opened_on"]
        ),
        title=_("Annoncer l’ouverture de notre dossier"),
        lead=_("Les institutions autorisées à connaître les prestations en sont averties."),
        button=_("Annoncer l’ouverture"),
        back=back_to(case.pk, "institutions"),
        done=_("L’ouverture de votre dossier est annoncée."),
    )


@screen(works_on_cases, purpose="tell that a file was closed")
def file_closing(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Tell that one's own institution closed its file."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    return answer_form(
        request,
        case,
        FileClosingForm(request.POST or None),
        lambda data: close_institution_file(
            by=request.actor, case_id=case.pk, closed_on=data["closed_on"], reason=data["reason"]
        ),
        title=_("Annoncer la fermeture de notre dossier"),
        lead=_("Les institutions autorisées à connaître les prestations en sont averties."),
        button=_("Annoncer la fermeture"),
        back=back_to(case.pk, "institutions"),
        done=_("La fermeture de votre dossier est annoncée."),
    )
