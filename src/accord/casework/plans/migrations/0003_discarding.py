"""The lead may discard a draft as a whole, with what other institutions wrote into it: the owner's function does it.

What began with the draft is gone; what it had ended goes on as it stands in the version in force.
"""

from django.db import migrations

DISCARD = """
create function accord.discard_draft(wanted uuid) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare draft record;
begin
  select p.case_id, p.number into draft from plans_plan p
  where p.id = wanted and p.state = 'draft' and accord.leads_case(p.case_id);
  if not found then
    raise exception 'only who leads the case discards a draft' using errcode = 'insufficient_privilege';
  end if;
  delete from plans_plansignature where plan_id = wanted;
  delete from plans_goal where case_id = draft.case_id and since_number = draft.number;
  delete from plans_measure where case_id = draft.case_id and since_number = draft.number;
  update plans_goal set until_number = null
  where case_id = draft.case_id and until_number = draft.number - 1;
  update plans_measure set until_number = null
  where case_id = draft.case_id and until_number = draft.number - 1;
  delete from plans_plan where id = wanted;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_row_level_security")]

    operations = [migrations.RunSQL(DISCARD, "drop function accord.discard_draft(uuid)")]
