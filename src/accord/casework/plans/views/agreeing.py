"""Justify, propose, sign, and compare versions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.services import read_case
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.casework.plans.forms import JustificationForm
from accord.casework.plans.panels import Words, sentence_of
from accord.casework.plans.policies import can_plan, can_propose
from accord.casework.plans.rules import differences
from accord.casework.plans.selectors import Sheet, findings_of, sheet_of, tree_of
from accord.casework.plans.services import (
    PlanChanged,
    conclude_plan,
    discard_draft,
    justify_finding,
    propose_plan,
    sign_plan,
    withdraw_proposal,
)
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for

PANEL = "plan"
MOST_READ = 500


@screen(works_on_cases, purpose="justify competing strategies")
def justification(request: AccordRequest, case_id: UUID, finding: str) -> HttpResponse:
    """The lead says why two strategies stand side by side on purpose."""
    case = case_or_404(request, case_id)
    demand(can_propose(request.actor, case))
    back = back_to(case.pk, PANEL, "constats")
    known = findings_of(request.actor, case, sheet_of(request.actor, case))
    found = next((one for one in known if one.finding.key == finding), None)
    if found is None:
        messages.info(request, _("Ces stratégies ne se concurrencent plus : il n’y a rien à justifier."))
        return HttpResponseRedirect(back)
    return answer_form(
        request,
        case,
        JustificationForm(request.POST or None),
        lambda data: justify_finding(
            by=request.actor, case_id=case.pk, finding=finding, sentence=data["sentence"]
        ),
        title=_("Justifier"),
        lead=sentence_of(found),
        button=_("Enregistrer la justification"),
        back=back,
        done=_("La justification est enregistrée."),
    )


@screen(works_on_cases, purpose="propose the plan", methods=("POST",))
def proposal(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The lead lays the plan before those who have a part in it."""
    case = case_or_404(request, case_id)
    demand(can_propose(request.actor, case))
    return act_once(
        request,
        lambda: propose_plan(by=request.actor, case_id=case.pk),
        back=back_to(case.pk, PANEL),
        done=_("Le plan est proposé ; chaque institution concernée en est avertie."),
    )


@screen(works_on_cases, purpose="propose the plan", methods=("POST",))
def withdrawal(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The lead takes the proposal back."""
    case = case_or_404(request, case_id)
    demand(can_propose(request.actor, case))
    return act_once(
        request,
        lambda: withdraw_proposal(by=request.actor, case_id=case.pk),
        back=back_to(case.pk, PANEL),
        done=_("La proposition est retirée."),
    )


@screen(works_on_cases, purpose="discard the draft of the plan", methods=("POST",))
def discarding(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The lead discards the version in preparation as a whole."""
    case = case_or_404(request, case_id)
    demand(can_propose(request.actor, case))
    return act_once(
        request,
        lambda: discard_draft(by=request.actor, case_id=case.pk),
        back=back_to(case.pk, PANEL),
        done=_("Le plan en préparation est écarté ; les institutions qui y avaient écrit en sont averties."),
    )


@screen(works_on_cases, purpose="propose the plan", methods=("POST",))
def agreement(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The lead states that all who still take part have signed."""
    case = case_or_404(request, case_id)
    demand(can_propose(request.actor, case))
    return act_once(
        request,
        lambda: conclude_plan(by=request.actor, case_id=case.pk),
        back=back_to(case.pk, PANEL),
        done=_("Le plan est convenu par toutes les institutions qui participent encore."),
    )


@screen(works_on_cases, purpose="sign the plan", methods=("POST",))
def signature(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Sign what was read; when it has changed in between, what changed is shown beside the new text."""
    case = case_or_404(request, case_id)
    demand(can_plan(request.actor, case))
    try:
        sign_plan(
            by=request.actor,
            case_id=case.pk,
            fingerprint=request.POST.get("fingerprint", ""),
            read=read_from(request.POST.get("read", "")),
        )
    except PlanChanged as changed:
        return _changed_page(request, case, changed)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Le plan est signé pour votre institution."))
    return HttpResponseRedirect(back_to(case.pk, PANEL, "signatures"))


def read_from(text: str) -> dict[str, str]:
    """What the page said that it showed; anything else counts as nothing read."""
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(read, dict) or len(read) > MOST_READ:
        return {}
    try:
        return {str(UUID(origin)): str(fingerprint)[:64] for origin, fingerprint in read.items()}
    except ValueError:
        return {}


def _changed_page(request: AccordRequest, case: Case, changed: PlanChanged) -> HttpResponse:
    sheet = sheet_of(request.actor, case)
    context = {
        "case": case,
        "sentence": changed.sentence,
        "changes": _words(case, sheet).read_since(changed.changes),
        "back": back_to(case.pk, PANEL),
        **(signing_of(sheet) or {}),
    }
    return render(request, "plans/changed.html", context, status=409)


def signing_of(sheet: Sheet) -> dict[str, Any] | None:
    """What the form of the signature carries; None when there is nothing to sign."""
    plan = sheet.in_work
    if plan is None:
        return None
    read = {str(entry.origin): entry.fingerprint for entry in sheet.entries_in(plan.number)}
    return {"fingerprint": plan.fingerprint, "read": json.dumps(read), "tree": tree_of(sheet, plan)}


def _words(case: Case, sheet: Sheet) -> Words:
    programme = programme_for(case.programme, case.programme_version)
    return Words(sheet, programme, get_language() or "fr")


@screen(works_on_cases, purpose="compare versions of the plan", methods=("GET",))
def versions(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The versions of the plan, and what one of them changed in the one before."""
    case = case_or_404(request, case_id)
    sheet = sheet_of(request.actor, case)
    if not sheet.plans:
        raise Http404
    numbers = {plan.number: plan for plan in sheet.plans}
    asked = request.GET.get("version", "")
    shown = numbers.get(int(asked)) if asked.isdecimal() and len(asked) < 6 else sheet.current
    if shown is None:
        raise Http404
    read_case(by=request.actor, case=case, what="plan")
    before = numbers.get(shown.number - 1)
    changes = differences(sheet.entries_in(before.number), sheet.entries_in(shown.number)) if before else []
    context = {
        "case": case,
        "plans": sheet.plans,
        "shown": shown,
        "before": before,
        "changes": _words(case, sheet).changes(changes),
        "tree": tree_of(sheet, shown),
        "back": back_to(case.pk, PANEL),
    }
    return render(request, "plans/versions.html", context)
