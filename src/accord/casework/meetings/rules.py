"""What a meeting must respect, and when it may take place: pure calendar arithmetic, in Swiss time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from accord.kernel.clock import SWISS_TIME
from accord.network.programmes.rules import MeetingKind, Programme

OPENS, CLOSES = time(8), time(18)
GRID = timedelta(minutes=15)
DAYS_AHEAD = 20
"""Free slots are looked for on the next twenty working days, from 8 to 18, each quarter of an hour."""
SHOWN_SLOTS, SLOTS_A_DAY = 12, 3
WEEKEND = 5
LEAST_MINUTES = 15
MOST_MINUTES = 8 * 60
"""Where the programme names no longest duration: a day’s work."""
ASSESSMENT = "assessment"

Span = tuple[datetime, datetime]


def kind_of(programme: Programme, key: str) -> MeetingKind | None:
    """The programme’s kind of meeting of this key; None when it has none."""
    return next((kind for kind in programme.meetings if kind.key == key), None)


def kind_before(programme: Programme, kind: MeetingKind) -> MeetingKind | None:
    """The kind that comes first and is planned in the same step (`follows` of the programme)."""
    return kind_of(programme, kind.follows) if kind.follows else None


def longest_minutes(kind: MeetingKind) -> int:
    """How long a meeting of this kind may last."""
    return kind.longest_minutes or MOST_MINUTES


def assessment_kinds(programme: Programme) -> frozenset[str]:
    """Which meetings count as the assessment of the gate `assessment.held`.

    The kind that the programme calls `assessment`; in a programme that has none, each kind at which the
    person must be present (CII-plus: early-detection interview, talk at the employer’s).
    """
    keys = {kind.key for kind in programme.meetings}
    if ASSESSMENT in keys:
        return frozenset({ASSESSMENT})
    return frozenset(kind.key for kind in programme.meetings if kind.person_present == "yes")


def person_is_there(kind: MeetingKind, wished: bool) -> bool:
    """Whether the person takes part: as the programme says, or as wished where it leaves it open."""
    return kind.person_present == "yes" or (kind.person_present == "optional" and wished)


def fault_of_doctor(kind: MeetingKind, *, doctors: int, reason: str) -> str:
    """What is wrong about the doctor’s seat: `missing`, `unwanted`, `unexplained`, or nothing.

    Source: the programme’s `doctor` (CII Valais: the doctor comes to a round table by exception only).
    """
    if kind.doctor == "required" and not doctors:
        return "missing"
    if kind.doctor == "none" and doctors:
        return "unwanted"
    if kind.doctor == "exception" and doctors and not reason.strip():
        return "unexplained"
    return ""


def fault_of_time(kind: MeetingKind, starts_at: datetime, minutes: int, *, now: datetime) -> str:
    """What is wrong about the hour and the length: `past`, `short`, `long`, or nothing."""
    if starts_at <= now:
        return "past"
    if minutes < LEAST_MINUTES:
        return "short"
    return "long" if minutes > longest_minutes(kind) else ""


def at_local(on: date, hour: time) -> datetime:
    """The instant of an hour on the caseworker’s wall clock.

    In the hour that does not exist (change to summer time) the clock has just been put forward.
    """
    return datetime.combine(on, hour, SWISS_TIME).astimezone(UTC).astimezone(SWISS_TIME)


def ends_after(starts_at: datetime, minutes: int) -> datetime:
    """The instant so many real minutes later, whatever the clocks do meanwhile."""
    return starts_at.astimezone(UTC) + timedelta(minutes=minutes)


def starts_before(kind: MeetingKind, starts_at: datetime) -> datetime:
    """When the meeting begins that precedes one of this kind."""
    return ends_after(starts_at, -(kind.offset_minutes or 0))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share an instant; one may begin when the other ends."""
    return one[0] < other[1] and other[0] < one[1]


def working_days(after: date, count: int = DAYS_AHEAD) -> Iterator[date]:
    """The next so many days from Monday to Friday."""
    day = after
    while count:
        day += timedelta(days=1)
        if day.weekday() < WEEKEND:
            count -= 1
            yield day


@dataclass(frozen=True, slots=True)
class Wish:
    """How much time a meeting needs: its minutes, and how long before it everything begins."""

    minutes: int
    before: int = 0

    def span(self, starts_at: datetime) -> Span:
        """The whole time that is taken when the meeting itself starts then."""
        return ends_after(starts_at, -self.before), ends_after(starts_at, self.minutes)


def free_slots(
    wish: Wish, busy: Iterable[Span], *, after: date, most: int = SHOWN_SLOTS, a_day: int = SLOTS_A_DAY
) -> list[datetime]:
    """Hours at which nobody and no room is taken, the soonest first, only a few of each day."""
    taken = sorted(busy)
    found: list[datetime] = []
    for day in working_days(after):
        free = [
            hour for hour in _grid(day, wish) if not any(overlap(wish.span(hour), span) for span in taken)
        ]
        found += _spread(free, a_day)
        if len(found) >= most:
            break
    return found[:most]


def _grid(day: date, wish: Wish) -> Iterator[datetime]:
    hour = at_local(day, OPENS) + timedelta(minutes=wish.before)
    closes = at_local(day, CLOSES)
    while wish.span(hour)[1] <= closes:
        yield hour
        hour += GRID


def _spread(free: list[datetime], count: int) -> list[datetime]:
    """Some of the day’s hours, from morning to evening, rather than three quarters of one hour."""
    if len(free) <= count:
        return free
    step = (len(free) - 1) / max(count - 1, 1)
    return [free[round(place * step)] for place in range(count)]


def group_by_day(starts: Mapping[object, datetime]) -> dict[date, list[object]]:
    """Things by the Swiss day on which they begin, the earliest first."""
    days: dict[date, list[object]] = {}
    for thing, instant in sorted(starts.items(), key=lambda pair: pair[1]):
        days.setdefault(instant.astimezone(SWISS_TIME).date(), []).append(thing)
    return days
