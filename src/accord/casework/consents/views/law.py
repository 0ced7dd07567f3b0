"""Inform another institution because an article says so."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.services import disclose_by_law, read_case
from accord.casework.consents.forms import LawForm, law_choice
from accord.casework.consents.selectors import possible_recipients
from accord.casework.consents.views.finding import case_or_404, case_url, demand, refuse, status_of
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.models import Institution
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import LawRule
from accord.network.programmes.selectors import programme_for


@screen(works_on_cases, purpose="inform by law")
def by_law(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Choose the article and whom it lets one inform; the case then names the article."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    articles = _articles(request.actor, case)
    form = LawForm(request.POST or None, choices=_choices(articles))
    if request.method == "POST" and form.is_valid():
        law_key, recipient_id = form.chosen()
        try:
            disclose_by_law(by=request.actor, case_id=case.pk, law_key=law_key, recipient_id=recipient_id)
        except Refused as refused:
            refuse(form, refused, law="choice")
        else:
            messages.success(request, _("L’institution est informée, par la loi."))
            return HttpResponseRedirect(case_url(case.pk))
    if request.method == "GET":
        read_case(by=request.actor, case=case, what="disclosure by law")
    context = {"form": form, "case": case, "articles": _words(case, articles), "case_url": case_url(case.pk)}
    return render(request, "consents/by_law.html", context, status=status_of(form))


def _articles(actor: Actor, case: Case) -> dict[str, tuple[LawRule, list[Institution]]]:
    """The articles that hold at this stage, each with the institutions that it lets one inform."""
    programme = programme_for(case.programme, case.programme_version)
    found: dict[str, tuple[LawRule, list[Institution]]] = {}
    for institution in possible_recipients(programme):
        if institution.pk == actor.institution_id:
            continue
        for law in programme.laws_between(actor.institution_kind, institution.kind, case.stage):
            found.setdefault(law.key, (law, []))[1].append(institution)
    return found


def _choices(
    articles: dict[str, tuple[LawRule, list[Institution]]],
) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (law.article, [(law_choice(law, one.pk), one.name) for one in institutions])
        for law, institutions in articles.values()
    ]


def _words(case: Case, articles: dict[str, tuple[LawRule, list[Institution]]]) -> list[dict[str, str]]:
    programme = programme_for(case.programme, case.programme_version)
    language = get_language() or "fr"
    return [
        {
            "article": law.article,
            "label": law.label.in_(language),
            "condition": law.condition.in_(language),
            "data": ", ".join(programme.category(key).label.in_(language) for key in law.categories),
        }
        for law, _institutions in articles.values()
    ]
