"""Inform another institution because an article says so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import circles_of, laws_for
from accord.casework.cases.services import disclose_by_law, read_case
from accord.casework.consents.forms import LawForm, law_choice
from accord.casework.consents.panels import circle_words
from accord.casework.consents.selectors import possible_recipients
from accord.casework.consents.views.finding import case_or_404, case_url, demand, refuse, status_of
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.models import Institution
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import LawRule, Programme


@screen(works_on_cases, purpose="inform by law")
def by_law(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Choose the article and whom it lets one inform; the case then names the article."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    articles = _articles(request.actor, case)
    form = LawForm(request.POST or None, choices=_choices(articles))
    if request.method == "POST" and form.is_valid():
        circle, law_key, recipient_id = form.chosen()
        try:
            disclose_by_law(
                by=request.actor,
                case_id=case.pk,
                law_key=law_key,
                recipient_id=recipient_id,
                circle=circle,
            )
        except Refused as refused:
            refuse(form, refused, law="choice")
        else:
            messages.success(request, _("L’institution est informée, par la loi."))
            return HttpResponseRedirect(case_url(case.pk))
    if request.method == "GET":
        read_case(by=request.actor, case=case, what="disclosure by law")
    context = {"form": form, "case": case, "articles": _words(articles), "case_url": case_url(case.pk)}
    return render(request, "consents/by_law.html", context, status=status_of(form))


@dataclass(frozen=True, slots=True)
class Article:
    """An article that holds now in one of the case's circles, and whom it lets one inform."""

    programme: Programme
    circle: str
    second: str
    law: LawRule
    institutions: list[Institution]


def _articles(actor: Actor, case: Case) -> list[Article]:
    """The articles of every circle of the case that hold now; the second circle's are named so."""
    circles = circles_of(actor, case)
    found: dict[tuple[str, str], Article] = {}
    for programme in circles:
        for institution in possible_recipients(programme):
            if institution.pk == actor.institution_id:
                continue
            for law in laws_for(case, programme, actor.institution_kind, institution.kind):
                key = (programme.slug, law.key)
                second = "" if programme.slug == case.programme else programme.slug
                empty = Article(programme, circle_words(circles, programme), second, law, [])
                found.setdefault(key, empty).institutions.append(institution)
    return list(found.values())


def _title(article: Article) -> str:
    return f"{article.law.article} ({article.circle})" if article.circle else article.law.article


def _choices(articles: list[Article]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            _title(article),
            [(law_choice(article.law, one.pk, article.second), one.name) for one in article.institutions],
        )
        for article in articles
    ]


def _words(articles: list[Article]) -> list[dict[str, str]]:
    language = get_language() or "fr"
    return [
        {
            "article": _title(article),
            "label": article.law.label.in_(language),
            "condition": article.law.condition.in_(language),
            "data": ", ".join(
                article.programme.category(key).label.in_(language) for key in article.law.categories
            ),
        }
        for article in articles
    ]
