"""Two registrations become one: the cases follow, with what was told of them; whoever has a case follows her."""

from django.db import migrations

FOLLOWED = """
create or replace view accord.followed as
select person_id, institution_id from persons_institutionfile where closed_on is null
"""

OR_HAS_A_CASE = """
union all
select c.person_id, t.institution_id from cases_case c
join cases_participant t on t.case_id = c.id and t.left_at is null
where c.state in ('draft', 'announced', 'open')
"""

MOVE_CASES = """
create function accord.move_cases(source uuid, target uuid, only_these uuid[]) returns uuid[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare moved uuid[];
begin
  perform accord.check_registered(array[source, target]);
  with m as (
    update cases_case set person_id = target
    where person_id = source and (only_these is null or id = any(only_these)) returning id)
  select coalesce(array_agg(id), '{}') into moved from m;
  update cases_disclosure set person_id = target where case_id = any(moved);
  return moved;
end $$
"""
SIGNATURE = "accord.move_cases(uuid, uuid, uuid[])"


class Migration(migrations.Migration):
    """Others' disclosures of these cases must follow, too: so the owner's function does it, after its check."""

    dependencies = [("cases", "0006_words"), ("matching", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(FOLLOWED + OR_HAS_A_CASE, FOLLOWED),
        migrations.RunSQL(
            [
                MOVE_CASES,
                f"revoke all on function {SIGNATURE} from public",
                f"grant execute on function {SIGNATURE} to accord_app",
            ],
            f"drop function {SIGNATURE}",
        ),
    ]
