"""The file that the doctor reads before the interview, and her notes in the room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import person_of
from accord.casework.cases.views.answering import act_once, demand
from accord.casework.medical.forms.preparing import NotesForm
from accord.casework.medical.models import InterviewNotes, MedicalRequest
from accord.casework.medical.panels import question_lines
from accord.casework.medical.policies import can_contact, can_read_file, can_take_notes, works_on_cases
from accord.casework.medical.selectors import (
    contacts_of,
    documents_to_read,
    notes_of,
    questions_of,
    request_for,
    treating_doctors_of,
)
from accord.casework.medical.services import mark_read, may_be_asked, read_request, write_notes
from accord.casework.medical.views.keeping import is_by_itself, kept, page_key
from accord.casework.meetings.views.finding import found_or_404
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="prepare a medical interview", compartment=True, methods=("GET",))
def file(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """All that the doctor reads before: questions, documents with what is new, treating doctors, contacts."""
    asked = found_or_404(request, request_for, request_id)
    actor, case = request.actor, asked.case
    demand(can_read_file(actor, asked))
    read_request(by=actor, request=asked, what="medical file")
    documents = documents_to_read(actor, case)
    programme = programme_for(case.programme, case.programme_version)
    context = {
        "asked": asked,
        "case": case,
        "person": person_of(actor, case),
        "documents": documents,
        "unread": sum(one.is_new for one in documents),
        "questions": question_lines(programme, questions_of(actor, asked)),
        "treating": [(one, may_be_asked(actor, one)) for one in treating_doctors_of(actor, case)],
        "contacts": contacts_of(actor, case),
        "may_take_notes": bool(can_take_notes(actor, asked)),
        "may_contact": bool(can_contact(actor, case)),
    }
    return render(request, "medical/file.html", context)


@screen(works_on_cases, purpose="prepare a medical interview", compartment=True, methods=("POST",))
def marks(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Mark documents as read: those that are named, or all."""
    asked = found_or_404(request, request_for, request_id)
    demand(can_read_file(request.actor, asked))
    named = [UUID(key) for key in request.POST.getlist("document") if _is_key(key)]
    return act_once(
        request,
        lambda: mark_read(by=request.actor, request_id=asked.pk, document_ids=named or None),
        back=f"{reverse('medical:file', args=[asked.pk])}#documents",
    )


def _is_key(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True


@screen(works_on_cases, purpose="write interview notes", compartment=True)
def notes(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Write in the interview room; what is typed is kept by itself."""
    asked = found_or_404(request, request_for, request_id)
    demand(can_take_notes(request.actor, asked))
    current = notes_of(request.actor, asked)
    initial = {"text": current.text, "version": current.version} if current else {"version": 0}
    form = NotesForm(request.POST or None, initial=initial)
    if not form.is_bound:
        read_request(by=request.actor, request=asked, what="medical notes")
        return _page(request, asked, form)
    if not form.is_valid():
        return kept(request, wrong=form) if is_by_itself(request) else _page(request, asked, form)
    try:
        written = write_notes(
            by=request.actor,
            request_id=asked.pk,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"] or 0,
            page=page_key(request),
            by_itself=is_by_itself(request),
        )
    except Stale as stale:
        if is_by_itself(request):
            return kept(request, is_stale=True)
        return _conflict(request, asked, form, stale.current)
    except Refused as refusal:
        if is_by_itself(request):
            return kept(request, refused=refusal.sentence)
        form.add_error(None, refusal.sentence)
        return _page(request, asked, form)
    if is_by_itself(request):
        return kept(request, version=written.version)
    messages.success(request, _("Les notes sont gardées."))
    return HttpResponseRedirect(reverse("medical:file", args=[asked.pk]))


def _page(request: AccordRequest, asked: MedicalRequest, form: NotesForm) -> HttpResponse:
    actor, case = request.actor, asked.case
    programme = programme_for(case.programme, case.programme_version)
    context = {
        "asked": asked,
        "case": case,
        "person": person_of(actor, case),
        "form": form,
        "questions": question_lines(programme, questions_of(actor, asked)),
        "contacts": contacts_of(actor, case),
        "save_url": request.path,
    }
    return render(request, "medical/notes.html", context, status=422 if form.errors else 200)


def _conflict(
    request: AccordRequest, asked: MedicalRequest, form: NotesForm, current: InterviewNotes
) -> HttpResponse:
    mine = form.cleaned_data["text"]
    context = {
        "fields": [
            {
                "label": _("Notes d’entretien"),
                "name": "text",
                "mine": mine,
                "theirs": current.text,
                "changed": mine != current.text,
            }
        ],
        "who": current.author.name if current.author else "",
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "hidden": [],
        "back": reverse("medical:file", args=[asked.pk]),
    }
    return render(request, "web/conflict.html", context, status=409)
