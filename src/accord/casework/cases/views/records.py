"""Steps and notes of a case."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.cases.enums import StepState
from accord.casework.cases.forms import NoteChangeForm, NoteForm, StepForm
from accord.casework.cases.models import Note, Step
from accord.casework.cases.policies import can_change_record, can_work_on
from accord.casework.cases.selectors import note_for, present_in, step_for
from accord.casework.cases.services import add_note, add_step, change_note, change_step, end_step
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.kernel.decisions import Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="plan a step")
def steps(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Write down something to do."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    form = StepForm(
        request.POST or None,
        institutions=present_in(request.actor, case),
        initial={"assignee": request.actor.institution_id},
    )
    return answer_form(
        request,
        case,
        form,
        lambda data: add_step(
            by=request.actor,
            case_id=case.pk,
            title=data["title"],
            assignee_id=data["assignee"],
            due_on=data["due_on"],
        ),
        title=_("Nouvelle démarche"),
        button=_("Ajouter la démarche"),
        back=back_to(case.pk, anchor="demarches"),
        done=_("La démarche est notée."),
    )


@screen(works_on_cases, purpose="change a step")
def step(request: AccordRequest, step_id: UUID) -> HttpResponse:
    """Reword, reassign or move a step; a colleague's version is shown beside when she was faster."""
    found = _step_or_404(request, step_id)
    demand(can_change_record(request.actor, found))
    demand(can_work_on(request.actor, found.case))
    institutions = present_in(request.actor, found.case)
    form = StepForm(
        request.POST or None,
        institutions=institutions,
        initial={
            "title": found.title,
            "assignee": found.assignee_id,
            "due_on": found.due_on,
            "version": found.version,
        },
    )
    try:
        return answer_form(
            request,
            found.case,
            form,
            lambda data: change_step(
                by=request.actor,
                step_id=found.pk,
                version=data["version"] or 0,
                title=data["title"],
                assignee_id=data["assignee"],
                due_on=data["due_on"],
            ),
            title=_("Modifier la démarche"),
            button=_("Enregistrer"),
            back=back_to(found.case_id, anchor="demarches"),
            done=_("La démarche est modifiée."),
        )
    except Stale as stale:
        return _step_conflict(request, form, stale.current)


@screen(works_on_cases, purpose="end a step", methods=("POST",))
def step_state(request: AccordRequest, step_id: UUID) -> HttpResponse:
    """Mark a step as done or dropped, or open it again."""
    found = _step_or_404(request, step_id)
    wanted = request.POST.get("state", "")
    if wanted not in StepState.values:
        raise Http404
    return act_once(
        request,
        lambda: end_step(by=request.actor, step_id=found.pk, state=StepState(wanted)),
        back=back_to(found.case_id, anchor="demarches"),
    )


@screen(works_on_cases, purpose="write a note")
def notes(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Write a note."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    form = NoteForm(request.POST or None, programme=programme_for(case.programme, case.programme_version))
    return answer_form(
        request,
        case,
        form,
        lambda data: add_note(
            by=request.actor,
            case_id=case.pk,
            text=data["text"],
            category=data["category"],
            audience=data["audience"],
        ),
        title=_("Nouvelle note"),
        button=_("Enregistrer la note"),
        back=back_to(case.pk, "fil", "notes"),
        done=_("La note est enregistrée."),
    )


@screen(works_on_cases, purpose="change a note")
def note(request: AccordRequest, note_id: UUID) -> HttpResponse:
    """Correct a note of one's institution; both versions are shown when a colleague was faster."""
    try:
        found = note_for(request.actor, note_id)
    except Note.DoesNotExist:
        raise Http404 from None
    demand(can_change_record(request.actor, found))
    demand(can_work_on(request.actor, found.case))
    form = NoteChangeForm(request.POST or None, initial={"text": found.text, "version": found.version})
    try:
        return answer_form(
            request,
            found.case,
            form,
            lambda data: change_note(
                by=request.actor, note_id=found.pk, version=data["version"], text=data["text"]
            ),
            title=_("Corriger la note"),
            button=_("Enregistrer"),
            back=back_to(found.case_id, "fil", "notes"),
            done=_("La note est corrigée."),
        )
    except Stale as stale:
        return _note_conflict(request, form, stale.current)


def _step_or_404(request: AccordRequest, step_id: UUID) -> Step:
    try:
        return step_for(request.actor, step_id)
    except Step.DoesNotExist:
        raise Http404 from None


def _note_conflict(request: AccordRequest, form: NoteChangeForm, current: Note) -> HttpResponse:
    mine = form.cleaned_data["text"]
    fields = [_side_by_side(_("Note"), "text", mine, current.text)]
    return _conflict(request, current, fields, back_to(current.case_id, "fil", "notes"))


def _step_conflict(request: AccordRequest, form: StepForm, current: Step) -> HttpResponse:
    mine = form.cleaned_data
    day = "%d.%m.%Y"
    fields = [
        _side_by_side(_("Que faut-il faire ?"), "title", mine["title"], current.title),
        _side_by_side(
            _("Échéance"),
            "due_on",
            f"{mine['due_on']:{day}}" if mine["due_on"] else "",
            f"{current.due_on:{day}}" if current.due_on else "",
        ),
    ]
    hidden = [("assignee", str(mine["assignee"]))]
    return _conflict(request, current, fields, back_to(current.case_id, anchor="demarches"), hidden)


def _side_by_side(label: str, name: str, mine: str, theirs: str) -> dict[str, object]:
    return {"label": label, "name": name, "mine": mine, "theirs": theirs, "changed": mine != theirs}


def _conflict(
    request: AccordRequest,
    current: Note | Step,
    fields: list[dict[str, object]],
    back: str,
    hidden: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "fields": fields,
        "who": current.owner.short_name,
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "hidden": hidden or [],
        "back": back,
    }
    return render(request, "web/conflict.html", context, status=409)
