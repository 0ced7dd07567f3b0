"""The lists of announcements, and one announcement as a document to read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.cases.panels import why_hidden
from accord.casework.cases.selectors import case_for, documents_of, person_of, sight_of
from accord.casework.cases.services import read_case
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.filters import lists_for, shelf_from
from accord.casework.referrals.forms import (
    AcceptanceForm,
    AnswerForm,
    QuestionForm,
    RefusalForm,
    WithdrawalForm,
)
from accord.casework.referrals.models import Referral
from accord.casework.referrals.panels import absences_panel, blocks_of, region_in_words
from accord.casework.referrals.policies import (
    can_accept,
    can_answer,
    can_triage,
    can_withdraw,
    can_write,
)
from accord.casework.referrals.rules import REASONS_CATEGORY
from accord.casework.referrals.selectors import programmes_for, referrals_page
from accord.casework.referrals.services import DECLINE_REASONS, note_receipt
from accord.casework.referrals.views.loading import load
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.rules import Programme

WAITING = (ReferralState.SENT, ReferralState.ASKED_BACK)
EMPTY = {
    "a-trier": gettext_lazy(
        "Les annonces adressées à votre institution apparaissent ici, la plus ancienne d’abord."
    ),
    "complements": gettext_lazy("Ici attendent les annonces auxquelles vous avez demandé un complément."),
    "triees": gettext_lazy("Les annonces que vous avez acceptées ou non apparaissent ici."),
    "brouillons": gettext_lazy("Une annonce commencée et pas encore envoyée est gardée ici."),
    "en-attente": gettext_lazy("Les annonces envoyées attendent ici la réponse du bureau."),
    "a-completer": gettext_lazy("Quand le bureau pose une question, l’annonce revient ici."),
    "reponses": gettext_lazy("Les annonces qui ont reçu leur réponse apparaissent ici."),
}


@screen(works_on_cases, purpose="list of announcements", methods=("GET",))
def referral_list(request: AccordRequest) -> HttpResponse:
    """What waits on the desk, what was sent, what was answered."""
    actor = request.actor
    lists = lists_for(actor)
    shelf = shelf_from(request.GET, lists)
    page = referrals_page(
        actor, shelf, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    if page.rows:
        record_read(by=actor, subject_kind="referral list", cases=[row.case_id for row in page.rows])
    context = {
        "page": page,
        "shelf": shelf,
        "lists": lists,
        "who_word": _("Annoncé par") if shelf.for_desk else _("Adressé à"),
        "empty_sentence": EMPTY[shelf.key],
        "may_announce": bool(programmes_for(actor)),
    }
    return render(request, "referrals/list.html", context)


@screen(works_on_cases, purpose="read an announcement", methods=("GET",))
def show(request: AccordRequest, referral_id: UUID) -> HttpResponse:
    """The announcement as a document; its desk's first reading is its receipt."""
    referral, programme = load(request.actor, referral_id)
    note_receipt(by=request.actor, referral=referral)
    return reading_page(request, referral, programme)


def reading_page(
    request: AccordRequest, referral: Referral, programme: Programme, **bound: Form
) -> HttpResponse:
    """The announcement with what the actor may do next; `bound` are forms that were refused."""
    actor = request.actor
    case = case_for(actor, referral.case_id)
    sight = sight_of(actor, case)
    base = programme.category(REASONS_CATEGORY).mask
    opening = sight.reason_for(base)
    read_case(
        by=actor,
        case=case,
        what="referral",
        legal_basis=opening.legal_article or opening.basis if opening else "",
    )
    person = person_of(actor, case)
    is_sender = referral.sender_id == actor.institution_id
    language = get_language() or "fr"
    shows_base = is_sender or sight.covers(base)
    blocks = blocks_of(programme, referral, sight, documents_of(actor, case))
    nameless = _("Annonce %(number)s") % {"number": case.number}
    context = {
        "referral": referral,
        "case": case,
        "title": (shows_base and case.subject) or nameless,
        "programme_label": programme.label.in_(language),
        "region_label": region_in_words(programme, case.region),
        "person": person,
        "absences": absences_panel(actor, referral, programme, person),
        "hidden_person": why_hidden(sight, programme.category("identity").mask, programme),
        "blocks": [block for block in blocks if not block.hidden_because],
        "hidden_blocks": [block for block in blocks if block.hidden_because],
        "shows_base": shows_base,
        "exchanges": referral.exchanges.all(),
        "is_waiting": referral.state in WAITING,
        "announcer_label": next(
            (k.label.in_(language) for k in programme.announcer_kinds if k.key == referral.announcer_kind), ""
        ),
        "decline_reason": DECLINE_REASONS.get(referral.decision_reason, ""),
        "may_write": bool(can_write(actor, referral)),
        **_forms(actor, referral, programme, bound),
    }
    return render(request, "referrals/show.html", context, status=422 if bound else 200)


def _forms(actor: Actor, referral: Referral, programme: Programme, bound: dict[str, Form]) -> dict[str, Any]:
    """The forms of what the actor may do now, those refused with what was typed."""
    forms: dict[str, Any] = {}
    bound = dict(bound)
    if can_accept(actor, referral):
        forms["acceptance"] = AcceptanceForm(leads=leads_of(referral, programme))
    if can_triage(actor, referral):
        forms |= {"refusal": RefusalForm(), "question": QuestionForm()}
    if can_answer(actor, referral):
        forms["answers"] = [
            AnswerForm(initial={"exchange": exchange.pk}, prefix=None, auto_id=f"id_{exchange.pk}_%s")
            for exchange in referral.exchanges.all()
            if exchange.answered_at is None
        ]
        if refused := bound.pop("answer", None):
            typed = refused.data.get("exchange", "")
            forms["answers"] = [
                refused if str(form.initial["exchange"]) == typed else form for form in forms["answers"]
            ]
    if can_withdraw(actor, referral):
        forms["withdrawal"] = WithdrawalForm()
    return forms | {name: form for name, form in bound.items() if name in forms}


def leads_of(referral: Referral, programme: Programme) -> dict[UUID, str]:
    """Who may lead the case first: the desk, or the announcer where the programme lets it."""
    leads: dict[UUID, str] = {}
    if referral.desk is not None:
        leads[referral.desk.pk] = referral.desk.name
    if programme.may_lead(referral.sender.kind):
        leads.setdefault(referral.sender.pk, referral.sender.name)
    return leads
