"""Say which parts are needed and who writes them; take a part in charge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import present_in
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.casework.diagnosis.enums import Part
from accord.casework.diagnosis.forms import ArrangementForm
from accord.casework.diagnosis.policies import can_arrange
from accord.casework.diagnosis.selectors import diagnosis_of
from accord.casework.diagnosis.services import arrange_diagnosis, claim_section
from accord.casework.diagnosis.views.loading import PANEL, anchor_of
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="arrange the diagnosis")
def parts(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The lead says which parts this case needs, and entrusts them."""
    actor, case = request.actor, case_or_404(request, case_id)
    demand(can_arrange(actor, case))
    sections = diagnosis_of(actor, case).sections
    initial: dict[str, Any] = {f"holder_{section.part}": section.holder_id for section in sections}
    initial["needed"] = [section.part for section in sections if section.is_needed]
    form = ArrangementForm(request.POST or None, institutions=present_in(actor, case), initial=initial)
    return answer_form(
        request,
        case,
        form,
        lambda data: arrange_diagnosis(
            by=actor, case_id=case.pk, needed=data["needed"], holders=form.holders
        ),
        title=_("Répartir le diagnostic commun"),
        lead=_("Un seul diagnostic, en parties : chacune a une institution qui l’écrit et la signe."),
        button=_("Enregistrer la répartition"),
        back=back_to(case.pk, PANEL),
        done=_("Le diagnostic est réparti ; les institutions sont informées."),
    )


@screen(works_on_cases, purpose="write the diagnosis", methods=("POST",))
def claim(request: AccordRequest, case_id: UUID, part: str) -> HttpResponse:
    """Take a part that nobody holds."""
    case = case_or_404(request, case_id)
    if part not in Part.values:
        raise Http404
    demand(can_work_on(request.actor, case))
    return act_once(
        request,
        lambda: claim_section(by=request.actor, case_id=case.pk, part=part),
        back=back_to(case.pk, PANEL, anchor_of(part)),
        done=_("Votre institution écrit cette partie."),
    )
