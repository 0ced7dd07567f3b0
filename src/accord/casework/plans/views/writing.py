"""Write goals and measures, and follow them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_change_record
from accord.casework.cases.selectors import colleagues_of, present_in
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.casework.employers.selectors import contacts_of
from accord.casework.plans.enums import MeasureState
from accord.casework.plans.forms import GoalForm, MeasureForm, StopForm
from accord.casework.plans.models import Goal, Measure
from accord.casework.plans.policies import can_change_entry, can_plan
from accord.casework.plans.selectors import goal_for, measure_for, sheet_of
from accord.casework.plans.services import (
    GoalWords,
    MeasureWords,
    add_goal,
    add_measure,
    change_goal,
    change_measure,
    follow_measure,
    remove_goal,
    remove_measure,
)
from accord.kernel.decisions import Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for

PANEL = "plan"


@screen(works_on_cases, purpose="write the plan")
def goals(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Write a goal into the plan."""
    case = case_or_404(request, case_id)
    demand(can_plan(request.actor, case))
    return answer_form(
        request,
        case,
        _goal_form(request, case),
        lambda data: add_goal(by=request.actor, case_id=case.pk, words=_goal_words(data)),
        title=_("Nouvel objectif"),
        button=_("Ajouter l’objectif"),
        back=back_to(case.pk, PANEL, "objectifs"),
        done=_("L’objectif est dans le plan."),
    )


@screen(works_on_cases, purpose="write the plan")
def goal(request: AccordRequest, goal_id: UUID) -> HttpResponse:
    """Reword a goal of one's institution."""
    found = _goal_or_404(request, goal_id)
    demand(can_change_entry(request.actor, found))
    form = _goal_form(
        request,
        found.case,
        {name: getattr(found, name) for name in ("key", "text", "target_on", "version")},
        known=found.key,
    )
    return _changed(
        request,
        found,
        form,
        lambda data: change_goal(
            by=request.actor, goal_id=found.pk, version=data["version"] or 0, words=_goal_words(data)
        ),
        title=_("Modifier l’objectif"),
    )


@screen(works_on_cases, purpose="write the plan", methods=("POST",))
def goal_removal(request: AccordRequest, goal_id: UUID) -> HttpResponse:
    """Take a goal of one's institution out of the plan."""
    found = _goal_or_404(request, goal_id)
    demand(can_change_entry(request.actor, found))
    return act_once(
        request,
        lambda: remove_goal(by=request.actor, goal_id=found.pk),
        back=back_to(found.case_id, PANEL, "objectifs"),
        done=_("L’objectif est retiré du plan."),
    )


@screen(works_on_cases, purpose="write the plan")
def measures(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Write a measure of one's institution into the plan."""
    case = case_or_404(request, case_id)
    demand(can_plan(request.actor, case))
    initial = {"goal": request.GET.get("objectif", ""), "colleague": request.actor.user_id}
    return answer_form(
        request,
        case,
        _measure_form(request, case, initial),
        lambda data: add_measure(by=request.actor, case_id=case.pk, words=_measure_words(data)),
        title=_("Nouvelle mesure"),
        lead=_("Chaque institution écrit ses propres mesures : aucune n’engage une autre."),
        button=_("Ajouter la mesure"),
        back=back_to(case.pk, PANEL, "objectifs"),
        done=_("La mesure est dans le plan."),
    )


@screen(works_on_cases, purpose="write the plan")
def measure(request: AccordRequest, measure_id: UUID) -> HttpResponse:
    """Change a measure of one's institution."""
    found = _measure_or_404(request, measure_id)
    demand(can_change_entry(request.actor, found))
    initial = {
        "colleague": found.colleague_id,
        "cost_bearer": found.cost_bearer_id,
        "employer": found.employer_id,
        **{
            name: getattr(found, name)
            for name in ("goal", "kind", "title", "since", "until", "intensity", "version")
        },
    }
    return _changed(
        request,
        found,
        _measure_form(request, found.case, initial, known=found),
        lambda data: change_measure(
            by=request.actor, measure_id=found.pk, version=data["version"] or 0, words=_measure_words(data)
        ),
        title=_("Modifier la mesure"),
    )


@screen(works_on_cases, purpose="write the plan", methods=("POST",))
def measure_removal(request: AccordRequest, measure_id: UUID) -> HttpResponse:
    """Take a measure of one's institution out of the plan."""
    found = _measure_or_404(request, measure_id)
    demand(can_change_entry(request.actor, found))
    return act_once(
        request,
        lambda: remove_measure(by=request.actor, measure_id=found.pk),
        back=back_to(found.case_id, PANEL, "objectifs"),
        done=_("La mesure est retirée du plan."),
    )


@screen(works_on_cases, purpose="follow a measure", methods=("POST",))
def measure_state(request: AccordRequest, measure_id: UUID) -> HttpResponse:
    """Say at one click that a measure begins or is done."""
    found = _measure_or_404(request, measure_id)
    demand(can_change_entry(request.actor, found))
    wanted = request.POST.get("state", "")
    if wanted not in (MeasureState.RUNNING, MeasureState.DONE):
        raise Http404
    return act_once(
        request,
        lambda: follow_measure(by=request.actor, measure_id=found.pk, state=MeasureState(wanted)),
        back=back_to(found.case_id, PANEL, "objectifs"),
    )


@screen(works_on_cases, purpose="follow a measure")
def measure_stop(request: AccordRequest, measure_id: UUID) -> HttpResponse:
    """Say that a measure stops, and why."""
    found = _measure_or_404(request, measure_id)
    demand(can_change_entry(request.actor, found))
    return answer_form(
        request,
        found.case,
        StopForm(request.POST or None),
        lambda data: follow_measure(
            by=request.actor, measure_id=found.pk, state=MeasureState.STOPPED, reason=data["reason"]
        ),
        title=_("Interrompre la mesure"),
        lead=found.title,
        button=_("Interrompre la mesure"),
        back=back_to(found.case_id, PANEL, "objectifs"),
        done=_("La mesure est interrompue."),
    )


def _goal_form(
    request: AccordRequest, case: Case, initial: dict[str, Any] | None = None, known: str = ""
) -> GoalForm:
    language = get_language() or "fr"
    programme = programme_for(case.programme, case.programme_version)
    kinds = [(kind.key, kind.label.in_(language)) for kind in programme.goals]
    if known and programme.goal(known) is None:
        kinds.append((known, known))
    return GoalForm(request.POST or None, kinds=kinds, initial=initial)


def _goal_words(data: dict[str, Any]) -> GoalWords:
    return GoalWords(text=data["text"], key=data.get("key", ""), target_on=data["target_on"])


def _measure_form(
    request: AccordRequest, case: Case, initial: dict[str, Any], known: Measure | None = None
) -> MeasureForm:
    actor, language = request.actor, get_language() or "fr"
    programme = programme_for(case.programme, case.programme_version)
    sheet = sheet_of(actor, case)
    standing = sheet.goals_in(sheet.current.number) if sheet.current else []
    kinds = [
        (
            kind.key,
            f"{kind.label.in_(language)} ({kind.article})" if kind.article else kind.label.in_(language),
        )
        for kind in programme.measures_offered_by(actor.institution_kind)
    ]
    employers = {str(contact.employer_id): contact.employer.name for contact in contacts_of(actor, case)}
    if known and known.employer:
        employers[str(known.employer_id)] = known.employer.name
    if known and known.kind and known.kind not in dict(kinds):
        kinds.append((known.kind, known.kind))
    return MeasureForm(
        request.POST or None,
        goals=[(str(goal.origin), goal.text) for goal in standing],
        kinds=kinds,
        colleagues=colleagues_of(actor),
        bearers=[(str(found.pk), found.name) for found in present_in(actor, case)],
        employers=employers.items(),
        initial=initial,
    )


def _measure_words(data: dict[str, Any]) -> MeasureWords:
    return MeasureWords(
        title=data["title"],
        goal=data["goal"],
        kind=data.get("kind", ""),
        colleague_id=data["colleague"],
        since=data["since"],
        until=data["until"],
        intensity=data["intensity"],
        cost_bearer_id=data["cost_bearer"],
        employer_id=data.get("employer"),
    )


def _changed(
    request: AccordRequest,
    row: Goal | Measure,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
) -> HttpResponse:
    back = back_to(row.case_id, PANEL, "objectifs")
    try:
        return answer_form(
            request,
            row.case,
            form,
            act,
            title=title,
            lead=_(
                "Si le plan est déjà convenu, une nouvelle version commence ; l’actuelle reste en vigueur."
            ),
            button=_("Enregistrer"),
            back=back,
            done=_("C’est enregistré dans le plan."),
        )
    except Stale as stale:
        return _conflict(request, form, stale.current, back)


def _conflict(request: AccordRequest, form: forms.Form, current: Goal | Measure, back: str) -> HttpResponse:
    """Both versions, field by field; what is chosen is saved over the present one."""
    fields = []
    for name, field in form.fields.items():
        if name == "version":
            continue
        value = getattr(current, f"{name}_id", None) or getattr(current, name, None)
        theirs = field.widget.format_value(value) if isinstance(field, forms.DateField) else value
        mine = (
            field.widget.format_value(form.cleaned_data[name])
            if isinstance(field, forms.DateField)
            else (form.cleaned_data[name])
        )
        words = {str(key): str(word) for key, word in getattr(field, "choices", [])}
        theirs, mine = _text(theirs), _text(mine)
        fields.append(
            {
                "label": field.label,
                "name": name,
                "mine": mine,
                "theirs": words.get(theirs, theirs),
                "theirs_value": theirs,
                "choices": list(words.items()),
                "changed": mine != theirs,
            }
        )
    context = {
        "fields": fields,
        "who": current.owner.short_name,
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "back": back,
    }
    return render(request, "web/conflict.html", context, status=409)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _goal_or_404(request: AccordRequest, goal_id: UUID) -> Goal:
    try:
        found = goal_for(request.actor, goal_id)
    except Goal.DoesNotExist:
        raise Http404 from None
    demand(can_change_record(request.actor, found))
    return found


def _measure_or_404(request: AccordRequest, measure_id: UUID) -> Measure:
    try:
        found = measure_for(request.actor, measure_id)
    except Measure.DoesNotExist:
        raise Http404 from None
    demand(can_change_record(request.actor, found))
    return found
