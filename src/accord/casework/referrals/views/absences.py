"""Incapacity within a communication for early detection."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.capacity.forms import IncapacityForm
from accord.casework.capacity.services import note_incapacity
from accord.casework.cases.selectors import case_for
from accord.casework.cases.views.answering import answer_form, demand
from accord.casework.referrals.policies import can_write
from accord.casework.referrals.views.loading import load
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="prepare an announcement")
def absence(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """Add a period of incapacity to the announcement, and come back to its form."""
    referral, _programme = load(request.actor, referral_id)
    demand(can_write(request.actor, referral))
    return answer_form(
        request,
        case_for(request.actor, referral.case_id),
        IncapacityForm(request.POST or None),
        lambda data: note_incapacity(
            by=request.actor,
            case_id=referral.case_id,
            **{name: value for name, value in data.items() if name != "version"},
        ),
        title=_("Ajouter une période d’incapacité"),
        lead=_("Un taux et une période, d’après une source. Aucun détail médical."),
        button=_("Ajouter la période"),
        back=f"{reverse('referrals:form', args=[referral.pk])}#incapacites",
        done=_("La période est ajoutée."),
    )
