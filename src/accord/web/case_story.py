"""From what is known of a case to the story that its picture tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.casework.cases.enums import Category, ParticipantRole, StepState
from accord.casework.cases.models import Case, Step
from accord.casework.cases.selectors import Sight, Stretch
from accord.casework.plans.models import Measure
from accord.kernel.clock import SWISS_TIME, today
from accord.network.programmes.rules import Programme
from accord.web.lanes import Crossing, Lane, Moment, Period, Story, gaps_in
from accord.web.templatetags.interface.writing import day


def story_of(
    case: Case,
    programme: Programme,
    stretches: list[Stretch],
    steps: list[Step],
    measures: list[Measure],
    sight: Sight,
    language: str,
) -> Story:
    """Files, parts and measures as bars, steps as marks in their lane, stages across; as far as disclosed."""
    ended = case.closed_at.astimezone(SWISS_TIME).date() if case.closed_at else None
    return Story(
        lanes=tuple(_lanes(case, stretches, steps, measures, sight)),
        periods=(
            *(_period(found) for found in stretches if found.kind in ("care", "part")),
            *(_measured(measure, measure.since) for measure in measures if measure.since),
        ),
        moments=tuple(_moment(step) for step in steps),
        crossings=tuple(_crossings(case, programme, stretches, language, ended)),
        today=today(),
        began=case.created_at.astimezone(SWISS_TIME).date(),
        ended=ended,
        care_is_known=sight.covers(Category.BENEFITS),
    )


def description_of(story: Story) -> str:
    """The picture in one sentence, for those who do not see it."""
    late = sum(moment.kind == "late" for moment in story.moments)
    sentence = ngettext("Une institution", "%(n)s institutions", len(story.lanes)) % {"n": len(story.lanes)}
    steps = ngettext("une démarche", "%(n)s démarches", len(story.moments)) % {"n": len(story.moments)}
    gaps = gaps_in(story.periods, story.began, story.today) if story.care_is_known else []
    words = {
        "institutions": sentence,
        "steps": steps,
        "late": late,
        "since": day(story.began),
        "until": day(story.ended) if story.ended else _("aujourd’hui"),
        "gaps": len(gaps),
    }
    if gaps:
        return (
            _(
                "Du %(since)s au %(until)s : %(institutions)s, %(steps)s dont %(late)s en retard,"
                " périodes sans prise en charge connue : %(gaps)s."
            )
            % words
        )
    return _("Du %(since)s au %(until)s : %(institutions)s, %(steps)s dont %(late)s en retard.") % words


def _lanes(
    case: Case, stretches: list[Stretch], steps: list[Step], measures: list[Measure], sight: Sight
) -> Iterable[Lane]:
    """The lead first, then in the order in which the institutions came."""
    known = {case.lead_id: (case.lead.name, case.lead.short_name)}
    for found in sorted(stretches, key=lambda s: (s.kind != "part", s.since, s.name)):
        if found.kind != "stage":
            known.setdefault(found.institution_id, (found.name, found.short_name))
    for step in steps:
        known.setdefault(step.assignee_id, (step.assignee.name, step.assignee.short_name))
    for measure in measures:
        known.setdefault(measure.owner_id, (measure.owner.name, measure.owner.short_name))
    for key, (name, short) in known.items():
        yield Lane(key, name, short, is_lead=key == case.lead_id, is_ours=key == sight.institution_id)


def _period(found: Stretch) -> Period:
    words = {"number": found.label, "since": day(found.since), "until": day(found.until)}
    if found.kind == "part":
        words["role"] = str(ParticipantRole(found.label).label)
        label = (
            _("%(role)s, du %(since)s au %(until)s") if found.until else _("%(role)s, depuis le %(since)s")
        )
    elif found.label:
        label = (
            _("Dossier %(number)s, du %(since)s au %(until)s")
            if found.until
            else _("Dossier %(number)s, depuis le %(since)s")
        )
    else:
        label = _("Dossier, du %(since)s au %(until)s") if found.until else _("Dossier, depuis le %(since)s")
    return Period(found.institution_id, found.since, found.until, found.kind, label % words)


def _measured(measure: Measure, since: date) -> Period:
    words = {
        "title": measure.title,
        "state": measure.get_state_display(),
        "since": day(since),
        "until": day(measure.until),
    }
    label = (
        _("%(title)s – %(state)s, du %(since)s au %(until)s")
        if measure.until
        else _("%(title)s – %(state)s, dès le %(since)s")
    )
    return Period(measure.owner_id, since, measure.until, "measure", label % words)


def _moment(step: Step) -> Moment:
    if step.state != StepState.OPEN and step.ended_at:
        on = step.ended_at.astimezone(SWISS_TIME).date()
        label = _("%(title)s – %(state)s le %(day)s")
    else:
        on = step.due_on or today()
        label = _("%(title)s – %(state)s, échéance le %(day)s") if step.due_on else _("%(title)s – %(state)s")
    is_late = step.state == StepState.OPEN and step.due_on is not None and step.due_on < today()
    state = _("en retard") if is_late else step.get_state_display()
    kind = "late" if is_late else str(step.state)
    words = {"title": step.title, "state": state, "day": day(on)}
    return Moment(step.assignee_id, on, kind, label % words, f"#demarche-{step.pk}")


def _crossings(
    case: Case, programme: Programme, stretches: list[Stretch], language: str, ended: date | None
) -> Iterable[Crossing]:
    labels = {stage.key: stage.label.in_(language) for stage in programme.stages}
    href = f"{reverse('web:case', args=[case.pk])}?panneau=etapes"
    for found in stretches:
        if found.kind == "stage":
            yield Crossing(found.since, "stage", labels.get(found.label, found.label), href)
    if ended:
        yield Crossing(ended, "closed", _("Dossier clos"), href)
