"""Screens about persons: the list, registering, her page, correcting, one's own files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, keep_typed, screen, typed_in
from accord.network.institutions.policies import works_on_cases
from accord.people.persons.forms import (
    CorrectForm,
    FileClosingForm,
    FileOpeningForm,
    RegisterForm,
    countries,
    initial_of,
)
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.policies import can_close
from accord.people.persons.rules import is_minor
from accord.people.persons.selectors import (
    files_of,
    kept_instead_of,
    own_persons_named,
    person_for,
    persons_page,
)
from accord.people.persons.services import (
    PossibleTwin,
    close_file,
    correct_person,
    open_file,
    possible_twins,
    read_list,
    read_person,
    register_person,
)


@screen(works_on_cases, purpose="list of persons")
def person_list(request: AccordRequest) -> HttpResponse:
    """Persons registered by one's own institution, or those of them who are called so."""
    if request.method == "POST":
        keep_typed(request, "called")
        return HttpResponseRedirect(reverse("persons:list"))
    typed = typed_in(request, "called")
    context: dict[str, Any] = {"typed": typed}
    if typed:
        context["persons"] = own_persons_named(request.actor, typed)
    else:
        page = persons_page(
            request.actor, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
        context |= {"persons": page.rows, "page": page}
    read_list(by=request.actor, persons=context["persons"], what="person list")
    return render(request, "persons/list.html", context)


@screen(works_on_cases, purpose="register a person")
def register(request: AccordRequest) -> HttpResponse:
    """Register a person; those whom one may know and who may be the same one are shown first."""
    form = RegisterForm(_posted(request), may_hold_avs=_may_hold_avs(request))
    twins: list[PossibleTwin] = []
    if form.is_valid():
        if not form.cleaned_data["is_another"]:
            twins = possible_twins(by=request.actor, typed=form.particulars())
        if not twins:
            try:
                person = register_person(by=request.actor, **form.particulars())
            except Refused as refusal:
                _refuse(form, refusal)
            else:
                messages.success(request, _("La personne est enregistrée."))
                return HttpResponseRedirect(reverse("persons:show", args=[person.pk]))
    context = {"form": form, "twins": twins, "ask_again": bool(twins) or "is_another" in request.POST}
    return render(request, "persons/register.html", context, status=422 if form.errors or twins else 200)


@screen(works_on_cases, purpose="person", methods=("GET",))
def show(request: AccordRequest, person_id: UUID) -> HttpResponse:
    """Her page: who she is, how to reach her, who represents her, and one's own files."""
    try:
        person = read_person(by=request.actor, person_id=person_id)
    except Person.DoesNotExist as unknown:
        if kept := kept_instead_of(request.actor, person_id):
            return HttpResponseRedirect(reverse("persons:show", args=[kept]))
        raise Http404 from unknown
    files = files_of(request.actor, person)
    context = {
        "person": person,
        "files": files,
        "has_open_file": any(file.closed_on is None for file in files),
        "is_minor_alone": is_minor(person.birth_date, today()) and not person.representative_kind,
        "nationality": dict(countries()).get(person.nationality, "") if person.nationality else "",
        "announce_url": f"{reverse('referrals:start')}?person={person.pk}",
    }
    return render(request, "persons/show.html", context)


@screen(works_on_cases, purpose="correct a person")
def correct(request: AccordRequest, person_id: UUID) -> HttpResponse:
    """Correct her particulars; when a colleague was faster, both versions are shown."""
    person = _person_or_404(request, person_id)
    may_hold_avs = _may_hold_avs(request)
    form = CorrectForm(_posted(request), initial=initial_of(person), may_hold_avs=may_hold_avs)
    if form.is_valid():
        try:
            correct_person(
                by=request.actor,
                person_id=person_id,
                version=form.cleaned_data["version"],
                **form.particulars(person),
            )
        except Stale as stale:
            return _conflict(request, form, stale.current)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Les données sont corrigées."))
            return HttpResponseRedirect(reverse("persons:show", args=[person_id]))
    elif request.method == "GET":
        read_person(by=request.actor, person_id=person_id)
    context = {"form": form, "person": person}
    return render(request, "persons/correct.html", context, status=422 if form.errors else 200)


@screen(works_on_cases, purpose="open a file")
def file_opening(request: AccordRequest, person_id: UUID) -> HttpResponse:
    """One's own institution opens its file."""
    person = _person_or_404(request, person_id)
    form = FileOpeningForm(_posted(request))
    if form.is_valid():
        try:
            open_file(by=request.actor, person_id=person_id, **form.cleaned_data)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Le dossier est ouvert."))
            return HttpResponseRedirect(reverse("persons:show", args=[person_id]))
    words = {"title": _("Ouvrir notre dossier"), "button": _("Ouvrir le dossier")}
    return _file_page(request, person, form, words)


@screen(works_on_cases, purpose="close a file")
def file_closing(request: AccordRequest, person_id: UUID, file_id: UUID) -> HttpResponse:
    """One's own institution closes its file."""
    person = _person_or_404(request, person_id)
    file = next((known for known in files_of(request.actor, person) if known.pk == file_id), None)
    if file is None:
        raise Http404
    if not (decision := can_close(request.actor, file)):
        raise PermissionDenied(decision.sentence)
    form = FileClosingForm(_posted(request))
    if form.is_valid():
        try:
            close_file(by=request.actor, file_id=file_id, **form.cleaned_data)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Le dossier est fermé."))
            return HttpResponseRedirect(reverse("persons:show", args=[person_id]))
    words = {"title": _("Fermer notre dossier"), "button": _("Fermer le dossier")}
    return _file_page(request, person, form, words, file)


def _posted(request: AccordRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _refuse(form: forms.Form, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def _may_hold_avs(request: AccordRequest) -> bool:
    own = (m.institution for m in request.memberships if m.institution_id == request.actor.institution_id)
    return any(institution.may_hold_avs for institution in own)


def _person_or_404(request: AccordRequest, person_id: UUID) -> Person:
    try:
        return person_for(request.actor, person_id)
    except Person.DoesNotExist as unknown:
        raise Http404 from unknown


def _file_page(
    request: AccordRequest,
    person: Person,
    form: forms.Form,
    words: dict[str, str],
    file: InstitutionFile | None = None,
) -> HttpResponse:
    context = {"person": person, "form": form, "file": file, **words}
    return render(request, "persons/file.html", context, status=422 if form.errors else 200)


def _conflict(request: AccordRequest, form: CorrectForm, current: Person) -> HttpResponse:
    theirs, mine = initial_of(current), form.cleaned_data
    fields = [
        _both(name, field, mine[name], theirs[name])
        for name, field in form.fields.items()
        if name != "version"
    ]
    context = {
        "fields": fields,
        "hidden": [],
        "who": "",
        "at": current.updated_at,
        "action": reverse("persons:correct", args=[current.pk]),
        "version": current.version,
        "back": reverse("persons:show", args=[current.pk]),
    }
    return render(request, "web/conflict.html", context, status=409)


def _both(name: str, field: forms.Field, mine: Any, theirs: Any) -> dict[str, Any]:
    both = {"name": name, "label": field.label, "changed": mine != theirs}
    words: dict[str, Any] = {}
    if isinstance(field, forms.BooleanField):
        words, mine, theirs = {"": _("Non"), "on": _("Oui")}, "on" if mine else "", "on" if theirs else ""
    elif isinstance(field, forms.ChoiceField):
        words = {str(value): word for value, word in field.choices}  # type: ignore[union-attr, misc]
    shown = words.get(theirs, theirs)
    return both | {"mine": mine, "theirs": shown, "theirs_value": theirs, "choices": list(words.items())}
