"""Say how one’s institution sees a part; answer; settle."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import act_once, answer_form, back_to, demand
from accord.casework.diagnosis.enums import Part
from accord.casework.diagnosis.forms import AnswerForm, DifferenceForm
from accord.casework.diagnosis.models import Section
from accord.casework.diagnosis.policies import can_answer, can_differ, can_settle
from accord.casework.diagnosis.services import answer_difference, note_difference, settle_difference
from accord.casework.diagnosis.views.loading import PANEL, anchor_of, difference_or_404, section_or_404
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="differ from the diagnosis")
def differences(request: AccordRequest, section_id: UUID) -> HttpResponse:
    """Note a differing view beside a signed part."""
    section = section_or_404(request, section_id)
    demand(can_differ(request.actor, section))
    return answer_form(
        request,
        section.case,
        DifferenceForm(request.POST or None),
        lambda data: note_difference(
            by=request.actor, section_id=section.pk, text=data["text"], audience=data["audience"]
        ),
        title=_("Noter une divergence"),
        lead=_word(section),
        button=_("Noter la divergence"),
        back=_back(section),
        done=_("Votre avis se lit à côté du texte signé."),
    )


@screen(works_on_cases, purpose="differ from the diagnosis")
def answer(request: AccordRequest, difference_id: UUID) -> HttpResponse:
    """The institution that writes the part answers."""
    difference = difference_or_404(request, difference_id)
    demand(can_answer(request.actor, difference))
    return answer_form(
        request,
        difference.case,
        AnswerForm(request.POST or None),
        lambda data: answer_difference(by=request.actor, difference_id=difference.pk, text=data["text"]),
        title=_("Répondre à une divergence"),
        lead=difference.text,
        button=_("Envoyer la réponse"),
        back=_back(difference.section),
        done=_("La réponse est notée."),
    )


@screen(works_on_cases, purpose="differ from the diagnosis", methods=("POST",))
def settlement(request: AccordRequest, difference_id: UUID) -> HttpResponse:
    """Who noted a difference says that it is settled."""
    difference = difference_or_404(request, difference_id)
    demand(can_settle(request.actor, difference))
    return act_once(
        request,
        lambda: settle_difference(by=request.actor, difference_id=difference.pk),
        back=_back(difference.section),
        done=_("La divergence est réglée."),
    )


def _word(section: Section) -> str:
    return str(Part(section.part).label)


def _back(section: Section) -> str:
    return back_to(section.case_id, PANEL, anchor_of(section.part))
