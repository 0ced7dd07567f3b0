"""The counsellor: the catalogue, the search, a measure from its proposal to its evaluation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.views.answering import act_once, back_to, case_or_404
from accord.foundation.journal.services import record_read
from accord.kernel.clock import today
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.purchasing.measures.forms import (
    EvaluationForm,
    InterruptForm,
    MeasureForm,
    ReasonForm,
    ResumeForm,
    SearchForm,
    StopForm,
    lines_of,
)
from accord.purchasing.measures.models import IndividualMeasure
from accord.purchasing.measures.panels import catalogue_rows, measure_page
from accord.purchasing.measures.policies import can_change_measure, can_propose, counsels
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.measures.selectors import Wish, measure_for, measures_shelf, search
from accord.purchasing.measures.services import (
    MeasureWords,
    evaluate_measure,
    interrupt_measure,
    print_grant,
    propose_measure,
    refuse_measure,
    resume_measure,
    stop_measure,
    validate_measure,
    withdraw_measure,
)
from accord.purchasing.measures.services.proposing import plan_measures
from accord.purchasing.measures.views.answering import answer, demand, found_or_404

SHELVES = ("", "en-cours", "terminees")


@screen(counsels, purpose="read a measure", methods=("GET",))
def measure_list(request: AccordRequest) -> HttpResponse:
    """The measures of the office: to validate, under way, over."""
    wanted = request.GET.get("liste", "")
    shelf = wanted if wanted in SHELVES else ""
    page = measures_shelf(
        request.actor, shelf, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    if page.rows:
        record_read(by=request.actor, subject_kind="measure list", cases={row.case_id for row in page.rows})
    catalogue, language = read_catalogue(), get_language() or "fr"
    context = {
        "rows": [(row, catalogue.kinds[row.kind].label(language)) for row in page.rows],
        "page": page,
        "shelf": shelf,
        "choices": [("", _("à valider")), ("en-cours", _("en cours")), ("terminees", _("terminées"))],
    }
    return render(request, "measures/list.html", context)


@screen(counsels, purpose="read the catalogue of measures", methods=("GET",))
def catalogue(request: AccordRequest) -> HttpResponse:
    """What may be granted, with the numbers of the law and where each was read."""
    return render(request, "measures/catalogue.html", {"rows": catalogue_rows(today())})


@screen(counsels, purpose="search for a provider", methods=("GET",))
def provider_search(request: AccordRequest) -> HttpResponse:
    """Who offers it, where, in which language, from when, and what past mandates tell."""
    form = SearchForm(request.GET if request.GET else None)
    wish = Wish(today())
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        wish = Wish(data["start"] or today(), data["what"], data["where"], data["language"])
    context = {"form": form, "found": search(request.actor, wish), "wish": wish}
    return render(request, "measures/search.html", context, status=422 if form.errors else 200)


@screen(works_on_cases, purpose="propose a measure")
def proposals(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Propose a measure within the plan."""
    case = case_or_404(request, case_id)
    demand(can_propose(request.actor, case))
    return _proposal(request, case, None)


@screen(counsels, purpose="propose a measure")
def extension(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """Propose that a measure goes on; with the same objectives no new agreement is needed."""
    measure = _own(request, grant_id)
    demand(can_propose(request.actor, measure.case))
    return _proposal(request, measure.case, measure)


def _proposal(request: AccordRequest, case: Case, extended: IndividualMeasure | None) -> HttpResponse:
    catalogue, language = read_catalogue(), get_language() or "fr"
    initial: dict[str, Any] = {}
    if extended:
        initial = {
            name: getattr(extended, name)
            for name in (
                "plan_measure", "kind", "title", "appropriate", "simple", "adequate", "hours_per_day",
                "days_per_week", "wage", "is_pupil", "entry",
            )
        } | {"objectives": "\n".join(extended.objectives)}  # fmt: skip
    planned = plan_measures(request.actor, case)
    form = MeasureForm(
        request.POST or None,
        planned=[(str(row.origin), row.title) for row in planned],
        kinds=[(kind.key, f"{kind.label(language)} ({kind.article})") for kind in catalogue.kinds.values()],
        initial=initial,
    )

    def act(data: dict[str, Any]) -> str:
        words = data | {
            "objectives": lines_of(data["objectives"]),
            "extends": extended.pk if extended else None,
        }
        measure = propose_measure(by=request.actor, case_id=case.pk, words=MeasureWords(**words))
        return reverse("measures:show", args=[measure.pk])

    return answer(
        request,
        form,
        act,
        title=_("Prolonger la mesure") if extended else _("Nouvelle mesure individuelle"),
        lead=_("Une autre personne de votre office la valide, avant son premier jour."),
        button=_("Proposer la mesure"),
        back=back_to(case.pk, "mesures"),
        back_label=case.number,
        done=_("La mesure est proposée ; vos collègues sont avertis."),
        plan_url="" if planned else back_to(case.pk, "plan"),
    )


@screen(counsels, purpose="read a measure", methods=("GET",))
def show(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """A measure: its checks, its mandates, what may be done next."""
    measure = found_or_404(measure_for, request.actor, grant_id)
    record_read(
        by=request.actor,
        subject_kind="individual measure",
        subject_id=measure.pk,
        subject_label=measure.case.number,
        cases=[measure.case_id],
    )
    return render(request, "measures/show.html", measure_page(request.actor, measure))


@screen(counsels, purpose="validate a measure", methods=("POST",))
def validation(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """Validate what a colleague proposed."""
    measure = _own(request, grant_id)
    return act_once(
        request,
        lambda: validate_measure(by=request.actor, measure_id=measure.pk),
        back=_page(measure),
        done=_("La mesure est validée. Remettez la lettre à la personne, puis confiez le mandat."),
    )


@screen(counsels, purpose="validate a measure")
def refusal(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """Say no to a proposal."""
    return _form(
        request, grant_id, ReasonForm, refuse_measure, _("Ne pas valider la mesure"), _("Ne pas valider")
    )


@screen(counsels, purpose="carry out a measure")
def withdrawal(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """Take back what has not begun."""
    return _form(request, grant_id, ReasonForm, withdraw_measure, _("Retirer la mesure"), _("Retirer"))


@screen(counsels, purpose="carry out a measure")
def interruption(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """The measure rests."""
    return _form(
        request, grant_id, InterruptForm, interrupt_measure, _("Interrompre la mesure"), _("Interrompre")
    )


@screen(counsels, purpose="carry out a measure")
def resumption(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """The measure goes on."""
    return _form(request, grant_id, ResumeForm, resume_measure, _("Reprendre la mesure"), _("Reprendre"))


@screen(counsels, purpose="carry out a measure")
def stop(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """The measure stops before its end."""
    return _form(request, grant_id, StopForm, stop_measure, _("Arrêter la mesure"), _("Arrêter"))


@screen(counsels, purpose="carry out a measure")
def evaluation(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """What came of the measure."""
    measure = _own(request, grant_id)
    objectives = [
        (row.pk, row.text)
        for mandate in measure.mandates.prefetch_related("objectives")
        for row in mandate.objectives.all()
    ]
    initial = {"goals": measure.goals, "evaluation": measure.evaluation}
    form = EvaluationForm(request.POST or None, objectives=objectives, initial=initial)

    def act(data: dict[str, Any]) -> object:
        return evaluate_measure(
            by=request.actor,
            measure_id=measure.pk,
            goals=data["goals"],
            evaluation=data["evaluation"],
            outcomes=form.outcomes(),
        )

    return _answered(request, measure, form, act, _("Évaluer la mesure"), _("Enregistrer l’évaluation"))


@screen(counsels, purpose="print the grant", methods=("GET",))
def letter(request: AccordRequest, grant_id: UUID) -> HttpResponse:
    """The grant to the person, in her language."""
    measure = _own(request, grant_id)
    if measure.validated_on is None:
        return HttpResponseRedirect(_page(measure))
    response = HttpResponse(print_grant(by=request.actor, measure=measure), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="octroi.pdf"'
    return response


def _own(request: AccordRequest, grant_id: UUID) -> IndividualMeasure:
    measure = found_or_404(measure_for, request.actor, grant_id)
    demand(can_change_measure(request.actor, measure))
    return measure


def _page(measure: IndividualMeasure) -> str:
    return reverse("measures:show", args=[measure.pk])


def _form(
    request: AccordRequest, grant_id: UUID, kind: type[forms.Form], verb: Any, title: str, button: str
) -> HttpResponse:
    measure = _own(request, grant_id)
    form = kind(request.POST or None)
    return _answered(
        request,
        measure,
        form,
        lambda data: verb(by=request.actor, measure_id=measure.pk, **data),
        title,
        button,
    )


def _answered(
    request: AccordRequest, measure: IndividualMeasure, form: forms.Form, act: Any, title: str, button: str
) -> HttpResponse:
    return answer(
        request,
        form,
        act,
        title=title,
        lead=measure.title,
        button=button,
        back=_page(measure),
        back_label=measure.case.number,
        done=_("C’est enregistré."),
    )
