"""Write a part: kept while one types, signed when it is ready, both versions shown when two wrote."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_case
from accord.casework.cases.views.answering import back_to, demand
from accord.casework.diagnosis.enums import ABOUT, PROMPTS, SHARED, Part, SectionState
from accord.casework.diagnosis.forms import SectionForm
from accord.casework.diagnosis.models import Draft, Section
from accord.casework.diagnosis.panels import KIND_OF_STATE
from accord.casework.diagnosis.policies import can_sign, can_write
from accord.casework.diagnosis.selectors import draft_of
from accord.casework.diagnosis.services import save_draft, sign_section
from accord.casework.diagnosis.views.loading import PANEL, anchor_of, section_or_404
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="write the diagnosis")
def section(request: AccordRequest, section_id: UUID) -> HttpResponse:
    """Write one part; what was typed stays on the page whatever happened meanwhile."""
    found = section_or_404(request, section_id)
    draft = draft_of(request.actor, found)
    if request.method == "GET":
        demand(can_write(request.actor, found))
        read_case(by=request.actor, case=found.case, what="diagnosis section")
        return _page(request, found, SectionForm(draft=draft))
    form = SectionForm(request.POST, draft=draft)
    if "by_itself" in request.POST:
        return _keep_by_itself(request, found, form)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        _keep(request, found, form)
    except Stale as stale:
        return _conflict(request, found, form, stale.current)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, found, form)
    messages.success(request, _("Brouillon enregistré."))
    return HttpResponseRedirect(reverse("diagnosis:section", args=[found.pk]))


@screen(works_on_cases, purpose="sign the diagnosis", methods=("POST",))
def signature(request: AccordRequest, section_id: UUID) -> HttpResponse:
    """Keep what was typed, then sign it."""
    found = section_or_404(request, section_id)
    form = SectionForm(request.POST, draft=draft_of(request.actor, found))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        draft = _keep(request, found, form)
        sign_section(by=request.actor, section_id=found.pk, version=draft.version)
    except Stale as stale:
        return _conflict(request, found, form, stale.current)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return _page(request, found, form)
    messages.success(request, _("La partie est signée : les institutions autorisées la lisent."))
    return HttpResponseRedirect(_back(found))


def _back(found: Section) -> str:
    return back_to(found.case_id, PANEL, anchor_of(found.part))


def _page_key(request: AccordRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


def _keep(request: AccordRequest, found: Section, form: SectionForm, by_itself: bool = False) -> Draft:
    return save_draft(
        by=request.actor,
        section_id=found.pk,
        version=form.cleaned_data["version"],
        texts=form.texts,
        readers=form.cleaned_data["readers"],
        page=_page_key(request),
        by_itself=by_itself,
    )


def _keep_by_itself(request: AccordRequest, found: Section, form: SectionForm) -> HttpResponse:
    """What the page saves while one types: an answer of one line, read aloud by a live region."""
    context: dict[str, Any] = {"at": now()}
    if not form.is_valid():
        context["wrong"] = [field.label for field in form if field.errors and not field.is_hidden]
    else:
        try:
            context["version"] = _keep(request, found, form, by_itself=True).version
            context["warning"] = can_sign(request.actor, found).sentence
        except Stale:
            context["is_stale"] = True
        except Refused as refused:
            context["refused"] = refused.sentence
    return render(request, "diagnosis/kept.html", context)


def _page(request: AccordRequest, found: Section, form: SectionForm) -> HttpResponse:
    draft = draft_of(request.actor, found)
    page = _page_key(request)
    if form.is_bound and page is not None and page == draft.saved_from:
        form.stands_at(draft.version)
    context = {
        "form": form,
        "section": found,
        "case": found.case,
        "title": str(Part(found.part).label),
        "about": ABOUT[Part(found.part)],
        "back": _back(found),
        "state_kind": KIND_OF_STATE[SectionState(found.state)],
        "may_write": bool(can_write(request.actor, found)),
        "not_to_sign": can_sign(request.actor, found).sentence,
    }
    return render(request, "diagnosis/section.html", context, status=422 if form.errors else 200)


def _conflict(request: AccordRequest, found: Section, form: SectionForm, current: Draft) -> HttpResponse:
    mine, theirs = form.texts.by_prompt(), current.texts.by_prompt()
    fields: list[dict[str, Any]] = [
        {
            "label": label,
            "name": prompt,
            "mine": mine[prompt],
            "theirs": theirs[prompt],
            "changed": mine[prompt] != theirs[prompt],
        }
        for prompt, label in PROMPTS.items()
    ]
    readers = form.cleaned_data["readers"]
    fields.append(
        {
            "label": form.fields["readers"].label,
            "name": "readers",
            "mine": readers,
            "theirs": dict(SHARED)[current.readers],
            "theirs_value": current.readers,
            "choices": SHARED,
            "changed": readers != current.readers,
        }
    )
    context = {
        "fields": fields,
        "hidden": [],
        "who": current.author.name if current.author else "",
        "at": current.updated_at,
        "action": reverse("diagnosis:section", args=[found.pk]),
        "version": current.version,
        "back": _back(found),
    }
    return render(request, "web/conflict.html", context, status=409)
