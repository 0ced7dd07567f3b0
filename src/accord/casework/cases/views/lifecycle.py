"""The course of a case: stages, hand-over, closing, reopening."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.casework.cases.forms import CircleForm, ClosingForm, InstitutionForm, ReopeningForm
from accord.casework.cases.policies import can_close, can_hand_over, can_join_circle, can_reopen
from accord.casework.cases.selectors import circles_to_join, present_in
from accord.casework.cases.services import (
    close_case,
    enter_stage,
    hand_over_lead,
    join_second_circle,
    reopen_case,
)
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="move a case to a stage", methods=("POST",))
def stages(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Enter a stage; a gate that does not hold says why."""
    case = case_or_404(request, case_id)
    return act_once(
        request,
        lambda: enter_stage(by=request.actor, case_id=case.pk, stage_key=request.POST.get("stage", "")),
        back=back_to(case.pk, "etapes"),
        done=_("Le dossier est passé à l’étape choisie."),
    )


@screen(works_on_cases, purpose="hand over a case")
def lead(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Hand the lead to another institution that takes part."""
    case = case_or_404(request, case_id)
    demand(can_hand_over(request.actor, case))
    others = [found for found in present_in(request.actor, case) if found.pk != case.lead_id]
    return answer_form(
        request,
        case,
        InstitutionForm(request.POST or None, institutions=others),
        lambda data: hand_over_lead(by=request.actor, case_id=case.pk, institution_id=data["institution"]),
        title=_("Remettre la conduite du dossier"),
        lead=_("L’institution choisie est avertie ; la vôtre continue de participer."),
        button=_("Remettre la conduite"),
        back=back_to(case.pk, "institutions"),
        done=_("La conduite du dossier est remise."),
    )


@screen(works_on_cases, purpose="let a case stand in two circles")
def second_circle(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Let the case stand in a second circle, too."""
    case = case_or_404(request, case_id)
    demand(can_join_circle(request.actor, case))
    return answer_form(
        request,
        case,
        CircleForm(request.POST or None, programmes=circles_to_join(request.actor, case)),
        lambda data: join_second_circle(by=request.actor, case_id=case.pk, programme_slug=data["programme"]),
        title=_("Faire entrer le dossier dans un second cercle"),
        lead=_(
            "Un seul dossier, un seul plan. La personne autorise chaque cercle séparément : rien ne s’ouvre"
            " avant sa signature."
        ),
        button=_("Faire entrer le dossier"),
        back=back_to(case.pk, "autorisation"),
        done=_("Le dossier se tient désormais dans deux cercles : demandez l’autorisation pour le second."),
    )


@screen(works_on_cases, purpose="close a case")
def closure(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Close the case with its result."""
    case = case_or_404(request, case_id)
    demand(can_close(request.actor, case))
    programme = programme_for(case.programme, case.programme_version)
    return answer_form(
        request,
        case,
        ClosingForm(request.POST or None, programme=programme),
        lambda data: close_case(
            by=request.actor, case_id=case.pk, outcome=data["outcome"], note=data["note"]
        ),
        title=_("Clore le dossier"),
        lead=_(
            "Les démarches encore ouvertes sont abandonnées et les institutions averties."
            " Le dossier peut être rouvert."
        ),
        button=_("Clore le dossier"),
        back=back_to(case.pk),
        done=_("Le dossier est clos."),
    )


@screen(works_on_cases, purpose="reopen a case")
def reopening(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Open a closed case again."""
    case = case_or_404(request, case_id)
    demand(can_reopen(request.actor, case))
    return answer_form(
        request,
        case,
        ReopeningForm(request.POST or None),
        lambda data: reopen_case(by=request.actor, case_id=case.pk, reason=data["reason"]),
        title=_("Rouvrir le dossier"),
        lead=_("Le dossier reprend à l’étape où il se trouvait ; les institutions sont averties."),
        button=_("Rouvrir le dossier"),
        back=back_to(case.pk),
        done=_("Le dossier est rouvert."),
    )
