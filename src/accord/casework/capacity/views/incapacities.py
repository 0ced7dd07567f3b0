"""Note, correct, end and withdraw periods of incapacity."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.capacity.forms import EndForm, IncapacityForm, RetractionForm
from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.capacity.policies import can_change_incapacity
from accord.casework.capacity.selectors import period_for
from accord.casework.capacity.services import (
    change_incapacity,
    end_incapacity,
    note_incapacity,
    withdraw_incapacity,
)
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.kernel.decisions import Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

PANEL = "capacite"


@screen(works_on_cases, purpose="note an incapacity")
def incapacities(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Note what a source says of a period."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))

    def act(data: dict[str, Any]) -> object:
        words = {name: value for name, value in data.items() if name != "version"}
        return note_incapacity(by=request.actor, case_id=case.pk, **words)

    return answer_form(
        request,
        case,
        IncapacityForm(request.POST or None),
        act,
        title=_("Noter une incapacité de travail"),
        lead=_("Un taux et une période, d’après une source. Aucun détail médical."),
        button=_("Noter l’incapacité"),
        back=back_to(case.pk, PANEL),
        done=_("L’incapacité est notée."),
    )


@screen(works_on_cases, purpose="change an incapacity")
def incapacity(request: AccordRequest, period_id: UUID) -> HttpResponse:
    """Correct a period; both versions are shown when a colleague was faster."""
    period = _changeable(request, period_id)
    form = IncapacityForm(request.POST or None, period=period)
    try:
        return answer_form(
            request,
            period.case,
            form,
            lambda data: change_incapacity(
                by=request.actor, period_id=period.pk, **data | {"version": data["version"] or 0}
            ),
            title=_("Corriger une incapacité de travail"),
            button=_("Enregistrer"),
            back=back_to(period.case_id, PANEL),
            done=_("L’incapacité est corrigée."),
        )
    except Stale as stale:
        return _conflict(request, form, stale.current)


@screen(works_on_cases, purpose="change an incapacity")
def incapacity_end(request: AccordRequest, period_id: UUID) -> HttpResponse:
    """Say the last day of a period."""
    period = _changeable(request, period_id)
    return answer_form(
        request,
        period.case,
        EndForm(request.POST or None, initial={"until": period.until}),
        lambda data: end_incapacity(by=request.actor, period_id=period.pk, until=data["until"]),
        title=_("Terminer une incapacité de travail"),
        lead=period.source,
        button=_("Enregistrer le dernier jour"),
        back=back_to(period.case_id, PANEL),
        done=_("Le dernier jour est noté."),
    )


@screen(works_on_cases, purpose="change an incapacity")
def withdrawal(request: AccordRequest, period_id: UUID) -> HttpResponse:
    """Take back what was noted by mistake."""
    period = _changeable(request, period_id)
    return answer_form(
        request,
        period.case,
        RetractionForm(request.POST or None),
        lambda data: withdraw_incapacity(by=request.actor, period_id=period.pk, reason=data["reason"]),
        title=_("Retirer une incapacité notée par erreur"),
        lead=_("Elle reste lisible, marquée comme retirée, et ne compte plus."),
        button=_("Retirer"),
        back=back_to(period.case_id, PANEL),
        done=_("La période est retirée."),
    )


def _changeable(request: AccordRequest, period_id: UUID) -> IncapacityPeriod:
    try:
        period = period_for(request.actor, period_id)
    except IncapacityPeriod.DoesNotExist:
        raise Http404 from None
    demand(can_change_incapacity(request.actor, period))
    demand(can_work_on(request.actor, period.case))
    return period


def _conflict(request: AccordRequest, form: IncapacityForm, current: IncapacityPeriod) -> HttpResponse:
    theirs = IncapacityForm(period=current)
    context = {
        "fields": [_both(form, theirs, name) for name in form.fields if name != "version"],
        "hidden": [],
        "who": current.owner.short_name,
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "back": back_to(current.case_id, PANEL),
    }
    return render(request, "web/conflict.html", context, status=409)


def _both(mine: IncapacityForm, theirs: IncapacityForm, name: str) -> dict[str, Any]:
    field = mine.fields[name]
    typed, kept = _as_typed(field, mine.cleaned_data[name]), _as_typed(field, theirs.initial[name])
    both = {"label": field.label, "name": name, "mine": typed, "theirs": kept, "changed": typed != kept}
    if isinstance(field, forms.ChoiceField):
        words = {str(value): str(word) for value, word in cast(list[tuple[object, object]], field.choices)}
        return both | {"theirs": words[kept], "theirs_value": kept, "choices": list(words.items())}
    return both


def _as_typed(field: forms.Field, value: Any) -> str:
    if value is None or isinstance(field, forms.ChoiceField):
        return str(value or "")
    return str(field.widget.format_value(value) or "")
