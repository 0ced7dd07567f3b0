"""What is measured, in SQL: one row a thing, with its key, days, the day on which it ended, where and whose.

The same rules as `rules.lasting`; a test compares them.
"""

from __future__ import annotations

from accord.casework.durations.enums import Measure
from accord.casework.durations.rules import BUCKETS

ZONE = "at time zone 'Europe/Zurich'"

STAYS = f"""
with holder(stage, holder) as (select * from unnest(%(stages)s::text[], %(holders)s::text[])),
stay as (
  select e.case_id, e.stage, c.region, coalesce(h.holder, 'lead') as holder,
    case h.holder when 'announcer' then c.announced_by_id
      when 'desk' then coalesce(r.desk_id, e.holder_id) else e.holder_id end as held_by,
    (e.entered_at {ZONE})::date as entered_on, (e.left_at {ZONE})::date as left_on, e.due_on,
    c.state in ('open', 'announced') as goes_on
  from cases_stageentry e join cases_case c on c.id = e.case_id
    left join holder h on h.stage = e.stage left join referrals_referral r on r.case_id = c.id
  where c.programme = %(programme)s and c.state <> 'draft' and (e.left_at is not null
    or c.state in ('open', 'announced'))
)
"""  # noqa: S608 -- nothing of a user stands in it

TOOK = """, fact as (
  select stage as key, {whose} as institution, region,
    sum(coalesce(left_on, %(today)s) - entered_on)::int as days,
    case when {runs} then null else max(left_on) end as ended_on
  from stay group by case_id, stage, region{grouped} having bool_or(left_on is null) = {runs}
)
"""

LOST = f"""
, fact as (
  select holder as key, held_by as institution, region, left_on - due_on as days, left_on as ended_on
  from stay where left_on > due_on
  union all
  select 'asked_back', r.sender_id, c.region,
    (x.answered_at {ZONE})::date - (x.asked_at {ZONE})::date, (x.answered_at {ZONE})::date
  from referrals_exchange x join referrals_referral r on r.id = x.referral_id
    join cases_case c on c.id = r.case_id
  where c.programme = %(programme)s and x.answered_at is not null
  union all
  select 'step:' || i.kind, s.assignee_id, c.region,
    (s.ended_at {ZONE})::date - s.due_on, (s.ended_at {ZONE})::date
  from cases_step s join cases_case c on c.id = s.case_id join institutions_institution i on i.id = s.assignee_id
  where c.programme = %(programme)s and s.state = 'done' and (s.ended_at {ZONE})::date > s.due_on
)
"""  # noqa: S608

CLOSED = f"""
with category(outcome, category) as (select * from unnest(%(outcomes)s::text[], %(categories)s::text[])),
fact as (
  select k.key, c.lead_id as institution, c.region,
    (c.closed_at {ZONE})::date - (coalesce(c.opened_at, c.created_at) {ZONE})::date as days,
    (c.closed_at {ZONE})::date as ended_on
  from cases_case c left join category o on o.outcome = c.outcome
    cross join lateral (values (coalesce(o.category, 'neutral') || '/' || c.outcome),
      (coalesce(o.category, 'neutral')), ('')) as k(key)
  where c.programme = %(programme)s and c.state = 'closed'
)
"""  # noqa: S608

MEASURED = """
  count(*), greatest(0, sum(days)), percentile_cont(0.5) within group (order by days),
  percentile_cont(0.9) within group (order by days), {buckets}
from (select key, institution, days, nullif(region, '') as region, to_char(ended_on, 'YYYY') as year,
  to_char(ended_on, 'YYYY"-T"Q') as quarter from fact) as f
"""
OF_THE_CIRCLE = f"""
select key, null::uuid, coalesce(quarter, year, ''), coalesce(region, ''), {MEASURED}
group by grouping sets ((key), (key, year), (key, year, quarter),
  (key, region), (key, region, year), (key, region, year, quarter))
having (grouping(region) = 1 or region is not null) and (grouping(year) = 1 or year is not null)
"""
OF_EACH_HOUSE = f"""
select key, institution, coalesce(year, ''), '', {MEASURED}
group by grouping sets ((key, institution), (key, institution, year))
having grouping(year) = 1 or year is not null
"""


def _bucket_counts() -> str:
    ends = (-1, *BUCKETS)
    counts = [
        f"count(*) filter (where days > {low} and days <= {high})"
        for low, high in zip(ends, BUCKETS, strict=False)
    ]
    return f"array[{', '.join([*counts, f'count(*) filter (where days > {BUCKETS[-1]})'])}]"


def questions(measure: Measure) -> tuple[str, str]:
    """The two questions of a measure: over the whole circle, and for each institution that held it."""
    circle_facts, house_facts = _facts(measure)
    counts = _bucket_counts()
    circle, house = OF_THE_CIRCLE.format(buckets=counts), OF_EACH_HOUSE.format(buckets=counts)
    return circle_facts + circle, house_facts + house


def _facts(measure: Measure) -> tuple[str, str]:
    if measure in (Measure.STAGE, Measure.RUNNING):
        runs = "true" if measure == Measure.RUNNING else "false"
        return (
            STAYS + TOOK.format(whose="null::uuid", grouped="", runs=runs),
            STAYS + TOOK.format(whose="held_by", grouped=", held_by", runs=runs),
        )
    if measure == Measure.WAITING:
        return STAYS + LOST, STAYS + LOST
    return CLOSED, CLOSED
