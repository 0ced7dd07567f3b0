"""The provider's space: her mandates, presence, reports, and the three ways in. Never the case."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import act_once
from accord.foundation.journal.services import record_read
from accord.kernel.clock import today
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.measures.enums import ReportState
from accord.purchasing.measures.forms import DocumentForm, PresenceFileForm, ReportForm
from accord.purchasing.measures.models import Mandate, Report
from accord.purchasing.measures.panels import month_grid, months_of
from accord.purchasing.measures.policies import can_write_presence, provides
from accord.purchasing.measures.selectors import (
    SHELVES,
    given_mandate,
    given_mandates,
    own_provider,
    report_for,
    reports_of,
    shelf_counts,
)
from accord.purchasing.measures.services import (
    ReportWords,
    agree_goals,
    begin_extra_report,
    hand_in_contract,
    hand_in_document,
    import_presence,
    read_mandate,
    read_report,
    send_report,
    write_presence,
)
from accord.purchasing.measures.services.mandating import ends_before
from accord.purchasing.measures.services.wording import LINES
from accord.purchasing.measures.views.answering import answer, demand, found_or_404


@screen(provides, purpose="list of mandates", methods=("GET",))
def space(request: AccordRequest) -> HttpResponse:
    """Her mandates: new, running, to report, ended; and the three ways in."""
    wanted = request.GET.get("liste", "")
    shelf = wanted if wanted in SHELVES else "en-cours"
    page = given_mandates(
        request.actor, shelf, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    if page.rows:
        record_read(by=request.actor, subject_kind="mandate list", cases={row.case_id for row in page.rows})
    counts = shelf_counts(request.actor)
    words = {
        "en-cours": _("en cours"),
        "nouveaux": _("nouveaux"),
        "a-rapporter": _("rapport attendu"),
        "termines": _("terminés"),
    }
    context = {
        "page": page,
        "shelf": shelf,
        "choices": [
            ("" if key == "en-cours" else key, f"{word} ({counts[key]})") for key, word in words.items()
        ],
        "provider": own_provider(request.actor),
    }
    return render(request, "measures/space.html", context)


@screen(provides, purpose="carry out a mandate", methods=("GET",))
def given(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """One mandate: what it says, and nothing else."""
    mandate = found_or_404(given_mandate, request.actor, mandate_id)
    read_mandate(by=request.actor, mandate=mandate)
    context = {
        "mandate": mandate,
        "reports": reports_of(request.actor, mandate),
        "rests": mandate.measure_rests(),
        "agreed": getattr(mandate, "goal_agreement", None),
        "agreement_ends": ends_before(mandate.agreement, mandate.until),
        "may_report": mandate.state not in ("given", "cancelled"),
    }
    return render(request, "measures/given.html", context)


@screen(provides, purpose="carry out a mandate", methods=("POST",))
def goals(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """Agree the objectives."""
    mandate = found_or_404(given_mandate, request.actor, mandate_id)
    return act_once(
        request,
        lambda: agree_goals(by=request.actor, mandate_id=mandate.pk),
        back=_page(mandate),
        done=_("Les objectifs sont convenus."),
    )


@screen(provides, purpose="note presence")
def presence(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """A month of presence, day by day; each line is kept by itself, or all with the button."""
    mandate = found_or_404(given_mandate, request.actor, mandate_id)
    demand(can_write_presence(request.actor, mandate))
    month = _month(request.GET.get("mois", ""), mandate)
    fault, typed = "", {}
    if request.method == "POST":
        typed = request.POST.dict()
        try:
            days = _typed_days(request, month)
            write_presence(by=request.actor, mandate_id=mandate.pk, days=days)
        except Refused as refusal:
            fault = refusal.sentence
        if request.headers.get("HX-Request"):
            return render(request, "measures/kept.html", {"fault": fault})
        if not fault:
            messages.success(request, _("Les présences sont enregistrées."))
            return HttpResponseRedirect(f"{_presence_page(mandate)}?mois={month:%Y-%m}")
    read_mandate(by=request.actor, mandate=mandate)
    context = {
        "mandate": mandate,
        "month": month,
        "months": months_of(mandate, month),
        "grid": month_grid(mandate, month, typed if fault else {}),
        "fault": fault,
        "import_form": PresenceFileForm(),
    }
    return render(request, "measures/presence.html", context, status=422 if fault else 200)


@screen(provides, purpose="note presence")
def presence_file(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """Take presence from a file: all lines, or none and why."""
    mandate = found_or_404(given_mandate, request.actor, mandate_id)
    demand(can_write_presence(request.actor, mandate))
    return answer(
        request,
        PresenceFileForm(request.POST or None, request.FILES or None),
        lambda data: import_presence(
            by=request.actor, mandate_id=mandate.pk, data=data["file"].read(300_000)
        ),
        title=_("Reprendre les présences d’un fichier"),
        lead=_("Mandat %(number)s, %(name)s") % _words(mandate),
        button=_("Reprendre les présences"),
        back=_presence_page(mandate),
        back_label=_("Présences"),
        done=_("Les présences du fichier sont reprises."),
        faults=LINES,
    )


@screen(provides, purpose="write a report")
def report(request: AccordRequest, mandate_report_id: UUID) -> HttpResponse:
    """Write a report, or join it as a file; it goes to the counsellor, and a receipt comes back."""
    found = found_or_404(report_for, request.actor, mandate_report_id)
    mandate = found_or_404(given_mandate, request.actor, found.mandate_id)
    read_report(by=request.actor, report=found)
    if found.state not in (ReportState.AWAITED, ReportState.ASKED_BACK):
        return render(request, "measures/sent.html", {"report": found, "mandate": mandate})
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        objectives=[(row.pk, row.text) for row in mandate.objectives.all()],
        initial={name: getattr(found, name) for name in ("course", "progress", "outlook", "version")},
    )

    def act(data: dict[str, Any]) -> str:
        words = ReportWords(
            data["course"], data["progress"], data["outlook"], form.outcomes(), data.get("file")
        )
        receipt = send_report(by=request.actor, report_id=found.pk, version=data["version"], words=words)
        return reverse("measures:delivery", args=[receipt.pk])

    try:
        return answer(
            request,
            form,
            act,
            title=str(found.get_kind_display()).capitalize(),
            lead=found.question or _("Mandat %(number)s, %(name)s") % _words(mandate),
            button=_("Envoyer le rapport"),
            back=_page(mandate),
            back_label=mandate.decision_number,
            done=_("Le rapport est envoyé. Voici votre accusé de réception."),
        )
    except Stale:
        messages.error(request, _("Une autre personne a déjà envoyé ce rapport."))
        return HttpResponseRedirect(_page(mandate))


@screen(provides, purpose="write a report", methods=("POST",))
def extra_report(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """Begin a report that nobody awaits."""
    mandate = found_or_404(given_mandate, request.actor, mandate_id)
    try:
        begun: Report = begin_extra_report(by=request.actor, mandate_id=mandate.pk)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(_page(mandate))
    return HttpResponseRedirect(reverse("measures:write-report", args=[begun.pk]))


@screen(provides, purpose="hand in documents")
def documents(request: AccordRequest, mandate_id: UUID) -> HttpResponse:
    """Hand in another document about the person."""
    mandate = found_or_404(given_mandate, request.actor, mandate_id)

    def act(data: dict[str, Any]) -> str:
        receipt = hand_in_document(
            by=request.actor,
            mandate_id=mandate.pk,
            title=data["title"],
            file=data["file"],
            is_confirmed=data["channel"],
        )
        return reverse("measures:delivery", args=[receipt.pk])

    return answer(
        request,
        DocumentForm(request.POST or None, request.FILES or None),
        act,
        title=_("Autre document sur la personne"),
        lead=_("Mandat %(number)s, %(name)s") % _words(mandate),
        button=_("Envoyer le document"),
        back=_page(mandate),
        back_label=mandate.decision_number,
        done=_("Le document est envoyé. Voici votre accusé de réception."),
    )


@screen(provides, purpose="hand in documents")
def contracts(request: AccordRequest) -> HttpResponse:
    """Hand in an offer or a convention to contract management."""

    def act(data: dict[str, Any]) -> str:
        receipt = hand_in_contract(
            by=request.actor, title=data["title"], file=data["file"], is_confirmed=data["channel"]
        )
        return reverse("measures:delivery", args=[receipt.pk])

    return answer(
        request,
        DocumentForm(request.POST or None, request.FILES or None),
        act,
        title=_("Offre de service ou convention"),
        lead=_("Au management des contrats de l’office AI. Rien sur une personne ici."),
        button=_("Envoyer"),
        back=reverse("measures:space"),
        back_label=_("Mon espace"),
        done=_("L’envoi est parti. Voici votre accusé de réception."),
    )


def _page(mandate: Mandate) -> str:
    return reverse("measures:given", args=[mandate.pk])


def _presence_page(mandate: Mandate) -> str:
    return reverse("measures:presence", args=[mandate.pk])


def _words(mandate: Mandate) -> dict[str, str]:
    return {"number": mandate.decision_number, "name": mandate.person_name}


def _month(typed: str, mandate: Mandate) -> date:
    """The first day of the month that was asked for; of this one, or the nearest of the mandate."""
    try:
        asked = (
            date.fromisoformat(f"{typed}-01") if typed else min(max(today(), mandate.since), mandate.until)
        )
    except ValueError:
        raise Http404 from None
    return asked.replace(day=1)


def _typed_days(request: AccordRequest, month: date) -> list[tuple[date, str, Decimal]]:
    """The days of the month that were sent; all of them, or the one whose line changed."""
    found = []
    for number in range(monthrange(month.year, month.month)[1]):
        day = month + timedelta(days=number)
        key = day.isoformat()
        if f"presence-{key}" not in request.POST:
            continue
        typed = request.POST.get(f"hours-{key}", "").replace(",", ".").strip()
        try:
            hours = Decimal(typed or "0")
        except InvalidOperation:
            hours = Decimal("NaN")
        if not hours.is_finite():
            raise Refused(_("Les heures du %(day)s ne se lisent pas.") % {"day": f"{day:%d.%m.%Y}"})
        found.append((day, request.POST[f"presence-{key}"], hours))
    return found
