"""A measure begins, rests, goes on, stops and ends; its mandates go with it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accord.casework.cases.services.locking import lock_case, lock_record
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.purchasing.measures.enums import (
    MandateState,
    MeasureState,
    Outcome,
    Pause,
    ReportKind,
    ReportState,
)
from accord.purchasing.measures.models import IndividualMeasure, Interruption, Mandate, Objective, Report
from accord.purchasing.measures.policies import can_change_measure
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.measures.selectors import measure_for
from accord.purchasing.measures.services.mandating import ends_before, warn_of_end
from accord.purchasing.measures.services.proposing import save_measure
from accord.purchasing.measures.services.telling import journal, tell_provider
from accord.purchasing.measures.states import MANDATE, MEASURE

DAY = timedelta(days=1)
OPEN_MANDATES = (MandateState.GIVEN, MandateState.RUNNING, MandateState.INTERRUPTED)
OPEN_REPORTS = (ReportState.AWAITED, ReportState.ASKED_BACK)


@transaction.atomic
def interrupt_measure(*, by: Actor, measure_id: UUID, since: date, why: str) -> IndividualMeasure:
    """The measure rests from a day on; whether the same or another one follows is examined (LAI 8 al. 1ter)."""
    measure = _taken(by, measure_id)
    if why not in Pause.values:
        raise Refused(_("Choisissez un motif."), field="why")
    if not measure.since <= since <= measure.until:
        raise Refused(_("Ce jour n’est pas de la mesure."), field="since")
    if Interruption.objects.filter(Q(until__gte=since) | Q(until=None), measure=measure).exists():
        raise Refused(_("Une autre interruption couvre déjà ce jour."), field="since")
    MEASURE.check(measure.state, MeasureState.INTERRUPTED)
    Interruption.objects.create(measure=measure, since=since, why=why)
    _move(measure, MeasureState.INTERRUPTED, MandateState.INTERRUPTED, "mandate.interrupted")
    journal(by, "interrupted", "individual measure", measure, since=str(since))
    return measure


@transaction.atomic
def resume_measure(*, by: Actor, measure_id: UUID, on: date, sentence: str) -> IndividualMeasure:
    """The measure goes on after it was examined that it is still the right one; the sentence says why."""
    measure = _taken(by, measure_id)
    if not sentence.strip():
        raise Refused(
            _("Dites pourquoi la même mesure reste la bonne (LAI art. 8 al. 1ter)."), field="sentence"
        )
    MEASURE.check(measure.state, MeasureState.RUNNING)
    rest = Interruption.objects.get(measure=measure, until=None)
    if not rest.since < on <= measure.until:
        raise Refused(_("La reprise vient après le début de l’interruption et avant la fin."), field="on")
    rest.until = on - DAY
    rest.save(update_fields=["until"])
    measure.reason = sentence.strip()
    _move(measure, MeasureState.RUNNING, MandateState.RUNNING, "mandate.resumed")
    journal(by, "resumed", "individual measure", measure, on=str(on))
    return measure


@transaction.atomic
def stop_measure(*, by: Actor, measure_id: UUID, on: date, reason: str) -> IndividualMeasure:
    """The measure stops before its last day, and why; the final report is due soon, others no more."""
    measure = _taken(by, measure_id)
    if not reason.strip():
        raise Refused(_("Dites pourquoi la mesure s’arrête."), field="reason")
    if not measure.since <= on <= measure.until:
        raise Refused(_("Ce jour n’est pas de la mesure."), field="on")
    MEASURE.check(measure.state, MeasureState.STOPPED)
    _close_rests(measure, on)
    measure.until, measure.reason = on, reason.strip()
    _move(measure, MeasureState.STOPPED, MandateState.STOPPED, "mandate.stopped", until=on)
    awaited = Report.objects.filter(mandate__measure=measure, state__in=OPEN_REPORTS)
    awaited.filter(kind=ReportKind.INTERIM, due_on__gt=on).update(state=ReportState.WAIVED)
    due_on = on + timedelta(days=read_catalogue().reports["extra_days"])
    awaited.filter(kind=ReportKind.FINAL).update(due_on=due_on)
    journal(by, "stopped", "individual measure", measure, on=str(on))
    return measure


@transaction.atomic
def withdraw_measure(*, by: Actor, measure_id: UUID, reason: str) -> IndividualMeasure:
    """Take back a measure that has not begun; its mandates are cancelled."""
    measure = _taken(by, measure_id)
    if not reason.strip():
        raise Refused(_("Dites pourquoi la mesure est retirée."), field="reason")
    MEASURE.check(measure.state, MeasureState.WITHDRAWN)
    measure.reason = reason.strip()
    _move(measure, MeasureState.WITHDRAWN, MandateState.CANCELLED, "mandate.cancelled")
    Report.objects.filter(mandate__measure=measure, state__in=OPEN_REPORTS).update(state=ReportState.WAIVED)
    journal(by, "withdrawn", "individual measure", measure)
    return measure


@transaction.atomic
def evaluate_measure(
    *, by: Actor, measure_id: UUID, goals: str, evaluation: str, outcomes: dict[UUID, str] | None = None
) -> IndividualMeasure:
    """Say at the end whether the goals were reached, and what follows from it."""
    measure = _taken(by, measure_id)
    if measure.state not in (MeasureState.ENDED, MeasureState.STOPPED):
        raise Refused(_("Une mesure s’évalue quand elle est terminée ou arrêtée."))
    if goals not in Outcome.values:
        raise Refused(_("Dites si les objectifs sont atteints."), field="goals")
    if not evaluation.strip():
        raise Refused(_("Écrivez une phrase d’évaluation."), field="evaluation")
    measure.goals, measure.evaluation, measure.evaluated_at = goals, evaluation.strip(), now()
    save_measure(measure, "goals", "evaluation", "evaluated_at")
    for key, outcome in (outcomes or {}).items():
        if outcome in Outcome.values:
            Objective.objects.filter(pk=key, mandate__measure=measure).update(outcome=outcome)
    journal(by, "evaluated", "individual measure", measure)
    return measure


def move_on(*, on: date) -> int:
    """Every morning: what begins today begins, what is over ends, what nobody validated lapses. The worker's."""
    rows = IndividualMeasure.objects.select_for_update(of=("self",)).select_related("case")
    due = Q(state__in=[MeasureState.VALIDATED, MeasureState.PROPOSED], since__lte=on) | Q(
        state__in=[MeasureState.RUNNING, MeasureState.INTERRUPTED], until__lt=on
    )
    moved = 0
    for measure in rows.filter(due).order_by("since", "id"):
        _move_on(measure, on)
        moved += 1
    _warn_of_agreements(on)
    return moved


def _move_on(measure: IndividualMeasure, on: date) -> None:
    if measure.state == MeasureState.PROPOSED:
        _move(measure, MeasureState.LAPSED, None, "")
        journal(WORKER, "lapsed", "individual measure", measure)
        return
    if measure.state == MeasureState.VALIDATED:
        _move(measure, MeasureState.RUNNING, MandateState.RUNNING, "")
        journal(WORKER, "begun", "individual measure", measure)
    if measure.until < on:
        _close_rests(measure, measure.until)
        _move(measure, MeasureState.ENDED, MandateState.ENDED, "")
        journal(WORKER, "measure_ended", "individual measure", measure)


def _warn_of_agreements(on: date) -> None:
    rows = Mandate.objects.filter(state__in=OPEN_MANDATES, warned_of_end=False, until__gte=on)
    for mandate in rows.select_related("agreement", "provider", "case"):
        if ends_before(mandate.agreement, mandate.until):
            warn_of_end(mandate)


def _taken(by: Actor, measure_id: UUID) -> IndividualMeasure:
    """The measure, locked, with its case before it: the order of every verb."""
    lock_case(by, measure_for(by, measure_id).case_id)
    return lock_record(by, IndividualMeasure, measure_id, can_change_measure)


def _close_rests(measure: IndividualMeasure, on: date) -> None:
    rests = Interruption.objects.filter(measure=measure, until=None)
    for rest in rests:
        rest.until = max(rest.since, on)
        rest.save(update_fields=["until"])


def _move(
    measure: IndividualMeasure,
    state: MeasureState,
    mandates: MandateState | None,
    notice: str,
    until: date | None = None,
) -> None:
    MEASURE.check(measure.state, state)
    measure.state = state
    save_measure(measure, "state", "until", "reason")
    if mandates is None:
        return
    for mandate in measure.mandates.select_related("provider").filter(state__in=OPEN_MANDATES):
        if MANDATE.may(mandate.state, mandates):
            mandate.state, mandate.updated_at = mandates, now()
            mandate.until = max(mandate.since, min(mandate.until, until or mandate.until))
            mandate.version += 1
            mandate.save(update_fields=["state", "until", "updated_at", "version"])
            if notice:
                tell_provider(mandate, notice)
