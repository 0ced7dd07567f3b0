"""Prepare an authorisation: the grid, and the sentence that follows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import (
    circle_named,
    circles_of,
    disclosures_in,
    disclosures_of,
    person_of,
)
from accord.casework.cases.services import read_case
from accord.casework.consents.forms import OWN_WORDS, ComposeForm
from accord.casework.consents.models import Consent
from accord.casework.consents.panels import COMPOSE, circle_words, granted_by, grid_words
from accord.casework.consents.policies import can_prepare
from accord.casework.consents.rules import mark_of
from accord.casework.consents.selectors import (
    Grid,
    active_consent,
    draft_of,
    grid_of,
    people_of,
    possible_recipients,
    read_aloud,
)
from accord.casework.consents.services import prepare_consent
from accord.casework.consents.views.finding import (
    case_or_404,
    case_url,
    demand,
    refuse,
    status_of,
    to_consent,
)
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import Programme

CIRCLE = "cercle"
"""The parameter of the address that names one of two circles."""
REREAD = "reread"
"""The button that only writes the sentence anew, for browsers without script."""


@screen(works_on_cases, purpose="prepare an authorisation")
def compose(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Which institution may see which kinds of data, what for and until when."""
    case = case_or_404(request, case_id)
    demand(can_prepare(request.actor, case))
    circles = circles_of(request.actor, case)
    if len(circles) > 1 and not request.GET.get(CIRCLE):
        return _ask_which(request, case, circles)
    programme = _circle_or_404(request, circles)
    form = _form(request, case, programme)
    if request.method == "POST" and form.is_valid() and REREAD not in request.POST:
        try:
            return to_consent(_prepare(request.actor, case, programme, form))
        except Refused as refused:
            refuse(form, refused, is_recurring="exchanges")
    if request.method == "GET":
        read_case(by=request.actor, case=case, what="consent form")
    page = _page(request.actor, case, programme, form) | {"circle": circle_words(circles, programme)}
    return render(request, "consents/compose.html", page, status=status_of(form))


@screen(works_on_cases, purpose="prepare an authorisation", methods=("POST",))
def sentence(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The sentence alone, as the grid stands at this moment; nothing is kept."""
    case = case_or_404(request, case_id)
    demand(can_prepare(request.actor, case))
    programme = _circle_or_404(request, circles_of(request.actor, case))
    form = _form(request, case, programme)
    form.is_valid()
    return render(request, "consents/sentence.html", _reading(request.actor, case, programme, form))


def _circle_or_404(request: AccordRequest, circles: tuple[Programme, ...]) -> Programme:
    programme = circle_named(circles, request.GET.get(CIRCLE, ""))
    if programme is None:
        raise Http404
    return programme


def _ask_which(request: AccordRequest, case: Case, circles: tuple[Programme, ...]) -> HttpResponse:
    """A case that stands in two circles has two authorisations: for which one is it?"""
    language = get_language() or "fr"
    address = reverse("consents:compose", args=[case.pk])
    choices = [
        {
            "label": programme.label.in_(language),
            "description": programme.description.in_(language),
            "consent": active_consent(request.actor, case, programme.slug),
            "url": f"{address}?{CIRCLE}={programme.slug}",
        }
        for programme in circles
    ]
    context = {"case": case, "choices": choices, "case_url": case_url(case.pk)}
    return render(request, "consents/which_circle.html", context)


def _form(request: AccordRequest, case: Case, programme: Programme) -> ComposeForm:
    grid = _grid(request.actor, case, programme, {})
    if request.method == "POST":
        return ComposeForm(request.POST, programme=programme, grid=grid)
    return ComposeForm(initial=_initial(request.actor, case, programme), programme=programme, grid=grid)


def _initial(actor: Actor, case: Case, programme: Programme) -> dict[str, Any]:
    """What waits to be signed, else what is in force, else the programme's proposal; nothing is ticked."""
    person = person_of(actor, case)
    initial = ComposeForm.defaults(programme, person.language if person else actor.language)
    circle = programme.slug
    earlier = draft_of(actor, case, circle) or active_consent(actor, case, circle)
    if earlier is None:
        return initial
    return initial | _kept(earlier, programme)


def _kept(earlier: Consent, programme: Programme) -> dict[str, Any]:
    language = earlier.text.language
    known = {purpose.label.in_(language): purpose.key for purpose in programme.consent.purposes}
    return {
        "language": language,
        "purpose": known.get(earlier.purpose, OWN_WORDS),
        "own_purpose": "" if earlier.purpose in known else earlier.purpose,
        "grants": [
            mark_of(institution_id, category.key)
            for institution_id, mask in granted_by(earlier).items()
            for category in programme.categories_in(mask)
        ],
    }


def _grid(actor: Actor, case: Case, programme: Programme, granted: dict[UUID, int]) -> Grid:
    return grid_of(
        programme,
        possible_recipients(programme),
        granted,
        disclosures_in(case, programme.slug, disclosures_of(actor, case)),
        people_of(actor, case),
    )


def _prepare(actor: Actor, case: Case, programme: Programme, form: ComposeForm) -> Consent:
    since, until = form.days()
    assert since is not None and until is not None
    return prepare_consent(
        by=actor,
        case_id=case.pk,
        language=form.cleaned_data["language"],
        purpose=form.purpose_in_words(),
        is_recurring=form.is_recurring(),
        valid_from=since,
        valid_until=until,
        grants=form.granted(),
        circle=programme.slug,
    )


def _page(actor: Actor, case: Case, programme: Programme, form: ComposeForm) -> dict[str, Any]:
    if not form.is_bound:
        form.cleaned_data = dict(form.initial)
    marks = form["grants"].value() or []
    spoken = get_language() or "fr"
    grid = _grid(actor, case, programme, {})
    return _reading(actor, case, programme, form) | {
        "form": form,
        "case": case,
        "programme": programme,
        "grid": grid_words(
            grid,
            caption=_("Cochez ce que la personne accepte de montrer à chaque institution"),
            purpose=COMPOSE,
            ticked=set(map(str, marks)),
        ),
        "explanations": [
            {"label": kind.label.in_(spoken), "explanation": kind.explanation.in_(spoken)}
            for kind in programme.categories
        ],
        "sentence_url": f"{reverse('consents:sentence', args=[case.pk])}?{CIRCLE}={programme.slug}",
        "case_url": case_url(case.pk),
        "reread": REREAD,
    }


def _reading(actor: Actor, case: Case, programme: Programme, form: ComposeForm) -> dict[str, Any]:
    person = person_of(actor, case)
    language = form.cleaned_data.get("language") or "fr"
    since, until = form.days()
    return {
        "language": language,
        "reading": read_aloud(
            _grid(actor, case, programme, form.granted()),
            language=language,
            person=person.name if person else "",
            purpose=form.purpose_in_words(),
            is_recurring=form.is_recurring(),
            since=since,
            until=until,
        ),
    }
