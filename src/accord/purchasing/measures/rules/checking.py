"""What the rules say to a proposed measure; each answer names its rule, its source, and how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from accord.casework.capacity.rules import Absence, runs_of
from accord.purchasing.measures.rules.catalogue import Catalogue, Kind, Limit
from accord.purchasing.measures.rules.counting import counted_periods, participation_planned

PASSED, WARNING, REFUSING, UNCHECKED, KNOWN = "passed", "warning", "refusing", "unchecked", "known"
DAY = timedelta(days=1)
USUAL_WEEK = 5


@dataclass(frozen=True, slots=True)
class Granted:
    """Another measure of the same person that was validated, or is proposed."""

    kind: str
    phase: str
    since: date
    until: date
    amount: Decimal
    participation: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure as the rules see it, with what is known of the person."""

    kind: str
    since: date
    until: date
    amount: Decimal
    today: date
    age: int | None = None
    is_pupil: bool = False
    hours_per_day: Decimal | None = None
    days_per_week: int | None = None
    wage: Decimal | None = None
    is_exceptional: bool = False
    incapacity: tuple[Absence, ...] = ()
    says_entry: bool = False
    fitness: str = ""
    competing: int = 0
    phase_ended_on: date | None = None
    others: tuple[Granted, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The answer of one rule: `code` names its sentence, `values` fill it."""

    code: str
    outcome: str
    source: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """Whether the measure cannot be validated as it is."""
        return self.outcome == REFUSING


def check_all(catalogue: Catalogue, proposal: Proposal) -> list[Check]:
    """Every rule that applies to this kind, in the order of the catalogue."""
    kind = catalogue.kinds[proposal.kind]
    found = [
        beforehand(proposal),
        *_of_early_intervention(catalogue, kind, proposal),
        *_of_duration(catalogue, kind, proposal),
        *_of_reinsertion(catalogue, kind, proposal),
        *_of_entry(catalogue, kind, proposal),
        *_of_age(catalogue, kind, proposal),
        *_of_wage(catalogue, kind, proposal),
        *_of_follow_up(catalogue, kind, proposal),
        *unknown_limits(catalogue, kind, proposal.since),
        fitness(proposal),
        competition(proposal),
    ]
    return [check for check in found if check is not None]


def beforehand(proposal: Proposal) -> Check:
    """Only measures that were determined before they began are paid (RAI art. 78; seed 002)."""
    outcome = PASSED if proposal.since > proposal.today else REFUSING
    return Check("beforehand", outcome, "RAI art. 78", {"since": f"{proposal.since:%d.%m.%Y}"})


def _of_early_intervention(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    if kind.phase != "early":
        return
    same_phase = [other for other in proposal.others if other.phase == "early"]
    if limit := _known(catalogue, kind, "ceiling_chf", proposal):
        total = proposal.amount + sum((other.amount for other in same_phase), Decimal(0))
        yield _at_most("early_ceiling", total, limit)
    if limit := _known(catalogue, kind, "months", proposal):
        first = min((other.since for other in same_phase), default=proposal.since)
        last = max([proposal.until, *(other.until for other in same_phase)])
        yield Check(
            "early_phase",
            PASSED if last < months_after(min(first, proposal.since), limit.value or 0) else REFUSING,
            limit.source,
            {"most": str(limit.value), "since": f"{min(first, proposal.since):%d.%m.%Y}"},
        )
    if proposal.is_pupil:
        least = _known(catalogue, kind, "age_at_least", proposal)
        of_age = least is None or (proposal.age is not None and proposal.age >= (least.value or 0))
        yield Check(
            "pupil",
            PASSED if kind.is_for_pupils and of_age else REFUSING,
            least.source if least else "LAI art. 7d al. 2",
            {"least": str(least.value) if least else ""},
        )


def _of_duration(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    if limit := _known(catalogue, kind, "days", proposal):
        periods = [(other.since, other.until) for other in proposal.others if other.kind == kind.key]
        days = counted_periods([*periods, (proposal.since, proposal.until)])
        yield _at_most("days", Decimal(days), limit)
    if kind.phase != "early" and (limit := _known(catalogue, kind, "ceiling_chf", proposal)):
        yield _at_most("ceiling", proposal.amount, limit)


def _of_reinsertion(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    if limit := _known(catalogue, kind, "participation_days_a_year", proposal):
        yield _participation(catalogue, kind, proposal, limit)
    for name, given in (
        ("hours_a_day_at_least", proposal.hours_per_day),
        ("days_a_week_at_least", proposal.days_per_week),
    ):
        if limit := _known(catalogue, kind, name, proposal):
            enough = given is not None and given >= (limit.value or 0)
            values = {"least": str(limit.value), "given": "–" if given is None else str(given)}
            yield Check(name, PASSED if enough else REFUSING, limit.source, values)


def _participation(catalogue: Catalogue, kind: Kind, proposal: Proposal, limit: Limit) -> Check:
    """One year is 230 days of participation; a second one only exceptionally, and never a third."""
    year = limit.value or 0
    usual, more = (_known(catalogue, kind, name, proposal) for name in ("years", "exceptional_years"))
    usual_days = year * (usual.value or 0 if usual else 1)
    most = usual_days + year * (more.value or 0 if more else 0)
    before = sum(other.participation for other in proposal.others if other.kind.startswith(kind.plan))
    planned = participation_planned(proposal.since, proposal.until, proposal.days_per_week or USUAL_WEEK)
    total = before + planned
    values = {"total": str(total), "usual": str(usual_days), "most": str(most)}
    if total <= usual_days:
        return Check("participation", PASSED, limit.source, values)
    if total <= most and proposal.is_exceptional:
        return Check("participation_exceptional", WARNING, limit.source, values)
    return Check("participation", REFUSING, limit.source, values)


def _of_entry(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    """Who enters a reinsertion measure (LAI art. 14a al. 1); what the case does not show, the counsellor says."""
    if kind.plan != "socio_professional":
        return
    percent = _known(catalogue, kind, "incapacity_percent_at_least", proposal)
    months = _known(catalogue, kind, "incapacity_months_at_least", proposal)
    if percent is None or months is None:
        outcome = PASSED if proposal.says_entry else WARNING
        yield Check("entry_youth", outcome, "LAI art. 14a al. 1 let. b")
        return
    values = {"percent": str(percent.value), "months": str(months.value)}
    if _is_incapable(proposal, percent.value or 0, months.value or 0):
        yield Check("entry", PASSED, percent.source, values)
    else:
        yield Check("entry_said" if proposal.says_entry else "entry", WARNING, percent.source, values)


def _is_incapable(proposal: Proposal, percent: int, months: int) -> bool:
    """Whether incapacity of at least so many percent has lasted so many months when the measure begins."""
    enough = [period for period in proposal.incapacity if period.rate >= percent]
    runs = runs_of(enough, proposal.since)
    return any(until == proposal.since and months_after(since, months) <= until for since, until in runs)


def _of_age(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    if not kind.is_youth_only:
        return
    limit = _known(catalogue, kind, "age_below", proposal)
    if limit is None or proposal.age is None:
        yield Check("age", UNCHECKED, limit.source if limit else kind.article)
        return
    outcome = PASSED if proposal.age < (limit.value or 0) else REFUSING
    yield Check("age", outcome, limit.source, {"most": str(limit.value), "age": str(proposal.age)})


def _of_wage(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    """An allowance is at most the gross wage, and at most the highest daily allowance (LAI art. 18b al. 2)."""
    days = (proposal.until - proposal.since).days + 1
    if highest := _known(catalogue, kind, "daily_allowance_chf", proposal):
        yield _at_most("daily_allowance", proposal.amount / days, highest)
    if (limit := _known(catalogue, kind, "at_most_wage", proposal)) is None:
        return
    if proposal.wage is None:
        yield Check("wage", UNCHECKED, limit.source)
        return
    outcome = PASSED if proposal.amount <= proposal.wage * Decimal(days) / 30 else REFUSING
    yield Check("wage", outcome, limit.source, {"wage": f"{proposal.wage:.2f}"})


def _of_follow_up(catalogue: Catalogue, kind: Kind, proposal: Proposal) -> Iterable[Check]:
    limit = _known(catalogue, kind, "follow_up_years", proposal)
    if limit is None or proposal.phase_ended_on is None:
        return
    last = months_after(proposal.phase_ended_on, 12 * (limit.value or 0))
    values = {"most": str(limit.value), "last": f"{last:%d.%m.%Y}"}
    yield Check("follow_up", PASSED if proposal.until <= last else REFUSING, limit.source, values)


def unknown_limits(catalogue: Catalogue, kind: Kind, day: date) -> list[Check]:
    """Numbers that were not found are not checked, and this is said."""
    return [
        Check("not_found", UNCHECKED, limit.source)
        for limit in kind.limits
        if limit.value is None and limit.holds_on(day)
    ]


def fitness(proposal: Proposal) -> Check:
    """Whether the person is known to be fit for it, from the functional summary; a doubt is shown, not hidden."""
    outcomes = {"yes": PASSED, "conditional": WARNING, "no": WARNING}
    return Check(
        f"fitness_{proposal.fitness or 'unknown'}", outcomes.get(proposal.fitness, WARNING), "LAI art. 8"
    )


def competition(proposal: Proposal) -> Check:
    """Whether a measure of another institution takes the same days (the plan's own rules)."""
    outcome = WARNING if proposal.competing else PASSED
    return Check("competition", outcome, "", {"number": str(proposal.competing)})


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(
        date(year, month + 1, min(day.day, 28)) + timedelta(days=max(day.day - 28, 0)), following - DAY
    )


def _known(catalogue: Catalogue, kind: Kind, name: str, proposal: Proposal) -> Limit | None:
    limit = catalogue.limit(kind, name, proposal.since)
    return limit if limit is not None and limit.value is not None else None


def _at_most(code: str, total: Decimal, limit: Limit) -> Check:
    most = Decimal(limit.value or 0)
    values = {"total": f"{total:f}", "most": f"{most:f}", "left": f"{max(most - total, Decimal(0)):f}"}
    return Check(code, PASSED if total <= most else REFUSING, limit.source, values)
