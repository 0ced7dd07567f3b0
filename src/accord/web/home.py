"""Home: what I must do, what waits on others, what changed since my last visit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.advice.selectors import QuestionToDo, questions_on_worklist
from accord.casework.cases.selectors import CaseToDo, StepToDo, cases_on_worklist, steps_on_worklist
from accord.casework.cases.services import read_list
from accord.casework.detection.panels import DetectionItem, detection_items
from accord.casework.durations.selectors import ClockToDo, clocks_on_worklist
from accord.casework.medical.panels import MedicalItem, medical_items
from accord.casework.plans.selectors import PlanToDo, plans_on_worklist
from accord.casework.referrals.panels import ReferralItem, worklist_items
from accord.casework.window.panels import AskedItem, asked_items
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import signed_in, works_on_cases
from accord.network.programmes.selectors import programme_for

LATER = date.max
SOON = timedelta(days=14)
"""What is due later is folded away."""
MOST_URGENT, MOST_AWAITED, MOST_CHANGED = 20, 10, 10
"""Lines of each part of the page; it stays quick to read and quick to come."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the worklist, read as a sentence: who, what, whose turn, since when, until when."""

    sentence: str
    who: str | None
    number: str
    url: str
    holder: str
    since: datetime
    due_on: date | None
    case_id: UUID | None = None


@screen(signed_in, purpose="home", methods=("GET",))
def home(request: AccordRequest) -> HttpResponse:
    """The worklist of the actor (`?pour=institution`: of her whole institution; `?tout=1`: to its end)."""
    decision = works_on_cases(request.actor)
    if not decision:
        return render(request, "web/home_elsewhere.html", {"sentence": decision.sentence})
    own, only_mine = request.actor.institution_id, request.GET.get("pour") != "institution"
    us = next((m.institution.short_name for m in request.memberships if m.institution_id == own), "")
    to_do, waiting, changed = worklist(request.actor, us=us, only_mine=only_mine)
    soon = today() + SOON
    urgent = [item for item in to_do if item.due_on is None or item.due_on <= soon]
    later = [item for item in to_do if item.due_on and item.due_on > soon]
    total = len(to_do) + len(waiting) + len(changed)
    if request.GET.get("tout") != "1":
        urgent, waiting, changed = urgent[:MOST_URGENT], waiting[:MOST_AWAITED], changed[:MOST_CHANGED]
        later = later[: MOST_URGENT - len(urgent)]
    listed = [*urgent, *later, *waiting, *changed]
    if shown := {item.case_id for item in listed if item.case_id}:
        read_list(by=request.actor, cases=sorted(shown))
    context = {
        "to_do": urgent,
        "later": later,
        "waiting": waiting,
        "changed": changed,
        "unlisted": total - len(listed),
        "only_mine": only_mine,
        "choices": [("", _("moi")), ("institution", _("mon institution"))],
    }
    return render(request, "web/home.html", context)


def worklist(actor: Actor, *, us: str, only_mine: bool) -> tuple[list[Item], list[Item], list[Item]]:
    """What to do, what is waited for, what changed; the most urgent first; `us` names our house."""
    steps = steps_on_worklist(actor, only_mine=only_mine)
    cases = cases_on_worklist(actor, only_mine=only_mine)
    referrals = worklist_items(actor)
    clocks = clocks_on_worklist(actor, only_mine=only_mine)
    questions = questions_on_worklist(actor)
    plans = plans_on_worklist(actor, only_mine=only_mine)
    detections = detection_items(actor)
    medical = medical_items(actor)
    ours = [step for step in steps if _is_ours(step, actor, only_mine)]
    theirs = [step for step in steps if not _is_ours(step, actor, only_mine)]
    to_do = [
        *map(_of_step, ours),
        *(_of_case(found) for found in cases if found.why != "changed"),
        *(_of_referral(found, us) for found in referrals if found.is_ours),
        *(_of_clock(found, us) for found in clocks),
        *(_of_question(found, us) for found in questions if found.is_ours),
        *(_of_asked(found, us) for found in asked_items(actor)),
        *(_of_plan(found, us) for found in plans),
        *(_of_detection(found, us) for found in detections),
        *(_of_medical(found, us) for found in medical if found.is_ours),
    ]
    waiting = [
        *map(_of_step, theirs),
        *(_of_referral(found, us) for found in referrals if not found.is_ours),
        *(_of_question(found, us) for found in questions if not found.is_ours),
        *(_of_medical(found, us) for found in medical if not found.is_ours),
    ]
    changed = [_of_case(found) for found in cases if found.why == "changed"]
    return _urgent_first(to_do), _urgent_first(waiting), sorted(changed, key=lambda i: i.since, reverse=True)


def _is_ours(step: StepToDo, actor: Actor, only_mine: bool) -> bool:
    """For the institution what it must do; for one person what is named after her, or after nobody."""
    if step.assignee_id != actor.institution_id:
        return False
    return not only_mine or step.assignee_user_id in (None, actor.user_id)


def _urgent_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.due_on or LATER, item.since))


def _of_step(step: StepToDo) -> Item:
    return Item(
        sentence=step.title,
        who=step.who,
        number=step.number,
        url=reverse("web:case", args=[step.case_id]),
        holder=step.holder,
        since=step.since,
        due_on=step.due_on,
        case_id=step.case_id,
    )


def _stage_label(found: CaseToDo | ClockToDo) -> str:
    programme = programme_for(found.programme, found.programme_version)
    language = get_language() or "fr"
    return next((s.label.in_(language) for s in programme.stages if s.key == found.stage), found.stage)


def _of_case(found: CaseToDo) -> Item:
    stage = _stage_label(found)
    sentences = {
        "overdue": _("L’étape « %(stage)s » a dépassé son échéance"),
        "unauthorised": _("Demander l’autorisation à la personne"),
        "expiring": _("Faire renouveler l’autorisation"),
        "changed": _("Du nouveau à l’étape « %(stage)s »"),
    }
    panels = {
        "overdue": "etapes",
        "unauthorised": "autorisation",
        "expiring": "autorisation",
        "changed": "fil",
    }
    due_on = {
        "overdue": found.due_on,
        "expiring": found.until.astimezone(SWISS_TIME).date(),
    }.get(found.why)
    return Item(
        sentence=sentences[found.why] % {"stage": stage},
        who=found.who,
        number=found.number,
        url=f"{reverse('web:case', args=[found.case_id])}?panneau={panels[found.why]}",
        holder=found.lead,
        since=found.since,
        due_on=due_on,
        case_id=found.case_id,
    )


def _of_asked(found: AskedItem, us: str) -> Item:
    return Item(
        sentence=found.sentence,
        who=found.who,
        number=found.number,
        url=found.url,
        holder=us,
        since=found.since,
        due_on=found.due_on,
        case_id=found.case_id,
    )


def _of_plan(found: PlanToDo, us: str) -> Item:
    address = f"{reverse('web:case', args=[found.case_id])}?panneau=plan"
    return Item(
        sentence=_("Signer le plan") if found.is_to_sign else _("Résoudre les stratégies concurrentes"),
        who=found.who,
        number=found.number,
        url=f"{address}#{'signatures' if found.is_to_sign else 'constats'}",
        holder=us,
        since=found.since,
        due_on=None,
        case_id=found.case_id,
    )


def _of_referral(found: ReferralItem, us: str) -> Item:
    words = {"what": found.title, "institution": found.institution}
    return Item(
        sentence=_("%(what)s, de %(institution)s") % words if found.kind == "triage" else str(found.title),
        who=found.who,
        number=found.number,
        url=found.url,
        holder=us if found.is_ours else found.institution,
        since=found.since,
        due_on=found.due_on,
        case_id=found.case_id,
    )


def _of_clock(found: ClockToDo, us: str) -> Item:
    sentences = {
        "held": _("L’étape « %(stage)s » attend votre institution et a dépassé son échéance"),
        "stage": _("Escalade : l’étape « %(stage)s » a dépassé son échéance"),
        "step": _("Escalade : une démarche de votre institution a dépassé son échéance"),
    }
    return Item(
        sentence=sentences[found.why] % {"stage": _stage_label(found)},
        who=found.who,
        number=found.number,
        url=f"{reverse('web:case', args=[found.case_id])}?panneau=etapes",
        holder=us,
        since=found.since,
        due_on=found.due_on,
        case_id=found.case_id,
    )


def _of_question(found: QuestionToDo, us: str) -> Item:
    """A question names no person: its subject stands in her place."""
    if found.is_ours:
        sentence = (
            _("Escalade : donner conseil à %(institution)s")
            if found.escalated_at
            else _("Donner conseil à %(institution)s")
        )
    else:
        sentence = _("Réponse à votre question")
    return Item(
        sentence=sentence % {"institution": found.asker} if found.is_ours else sentence,
        who=found.subject,
        number="",
        url=reverse("advice:show", args=[found.pk]),
        holder=us if found.is_ours else found.addressee or _("les référents du cercle"),
        since=found.asked_at,
        due_on=found.due_on,
    )


def _of_detection(found: DetectionItem, us: str) -> Item:
    return Item(
        sentence=found.title,
        who=found.who,
        number=found.number,
        url=found.url,
        holder=us,
        since=datetime.combine(found.since, time.min, SWISS_TIME),
        due_on=found.due_on,
        case_id=found.case_id,
    )


def _of_medical(found: MedicalItem, us: str) -> Item:
    return Item(
        sentence=found.sentence,
        who=found.who,
        number=found.number,
        url=found.url,
        holder=us if found.is_ours else found.service,
        since=found.since,
        due_on=found.due_on,
        case_id=found.case_id,
    )
