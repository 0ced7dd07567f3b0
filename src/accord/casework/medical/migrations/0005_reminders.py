"""What follows a first report stands on the worklist, too; who holds what is overdue is reminded.

Whoever settles an interview or notes an incapacity learns whom to tell of it, and no more.
"""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME

walls = import_module("accord.casework.cases.migrations._walls")
inside = import_module("accord.casework.medical.migrations._compartment")
before = import_module("accord.casework.medical.migrations.0002_compartment")
SECURE = before.SECURE

COLUMNS = (
    "thing varchar, id uuid, case_id uuid, state varchar, holder varchar, held_since timestamptz, due_on date,"
    " service_id uuid, doctor_id uuid"
)
FOLLOWING = """
  select 'examination'::varchar, e.id, e.case_id, e.state,
    (case when e.state in ('ordered', 'appointed') then 'secretariat' else 'doctor' end)::varchar,
    case e.state when 'ordered' then e.ordered_at when 'appointed' then e.appointment_at
      when 'received' then e.received_at else e.read_at end,
    null::date, e.service_id, r.doctor_id
  from medical_examination e join medical_medicalrequest r on r.id = e.request_id
  where (e.state in ('ordered', 'received', 'read')
    or e.state = 'appointed' and e.appointment_at < statement_timestamp()) and {which_examination}
  union all
  select 'report', p.id, p.case_id, p.state,
    case p.state when 'draft' then 'doctor' else 'secretariat' end,
    coalesce(p.handed_in_at, p.signed_at, p.created_at), null, p.service_id, r.doctor_id
  from medical_report p join medical_medicalrequest r on r.id = p.request_id
  where p.state <> 'filed' and (p.edition > 1 or p.kind = 'rf' and p.state <> 'draft') and {which_report}
  union all
  select 'measure', m.id, m.case_id, m.state, 'doctor', m.agreed_at, m.due_on, m.service_id, r.doctor_id
  from medical_medicalmeasure m join medical_medicalrequest r on r.id = m.request_id
  where m.state in ('agreed', 'underway') and m.due_on <= up_to and {which_measure}
"""
OF_ONE = {
    "which_examination": f"e.service_id = {ME}",
    "which_report": f"p.service_id = {ME}",
    "which_measure": f"m.service_id = {ME}",
}
OF_SERVICE = f"""
create function accord.medical_following(up_to date) returns table ({COLUMNS}) {SECURE} $$
  {FOLLOWING.format(**OF_ONE)} limit 200
$$
"""
HELD = f"""
create function accord.medical_held(up_to date) returns table ({COLUMNS}) {SECURE} $$
  select 'request'::varchar, q.id, q.case_id, q.state, q.holder, q.held_since, q.due_on, q.service_id, q.doctor_id
  from medical_medicalrequest q
  where q.state not in ('filed', 'declined', 'withdrawn') and q.due_on <= up_to
  union all
  {FOLLOWING.format(**dict.fromkeys(OF_ONE, "true"))}
$$
"""
RAISE = f"""
create function accord.raise_medical_clarification(of_period uuid, wanted_key uuid, answer_by date)
returns table (told_service uuid, told_doctor uuid)
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into medical_clarificationdue
    (id, case_id, period_id, service_id, doctor_id, raised_at, due_on, conclusion)
  select wanted_key, p.case_id, p.id, r.service_id, r.doctor_id, statement_timestamp(), answer_by, ''
  from capacity_incapacityperiod p
  join lateral (
    select m.service_id, m.doctor_id from medical_medicalrequest m
    where m.case_id = p.case_id and m.doctor_id is not null and m.state not in ('declined', 'withdrawn')
    order by m.asked_at desc limit 1
  ) r on true
  where p.id = of_period and p.owner_id = {ME} and exists (
    select 1 from plans_measure k where k.case_id = p.case_id and k.until_number is null
      and (k.state = 'running' or k.state = 'planned' and k.since is not null)
      and (k.since is null or p.until is null or k.since <= p.until)
      and (k.until is null or k.until >= p.since)
  )
  on conflict (period_id) do nothing
  returning service_id, doctor_id
$$
"""
SETTLE = f"""
create function accord.settle_medical_interview(of_meeting uuid, line uuid, report_due date, desk_due date)
returns table (told_request uuid, told_state varchar, told_service uuid, told_doctor uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m record;
  r record;
begin
  select * into m from meetings_meeting k where k.id = of_meeting and k.state <> 'planned'
    and (k.owner_id = {ME} or {walls.told("k")});
  if not found then
    return;
  end if;
  update medical_medicalrequest q set
    state = case when m.state = 'held' and not m.person_absent then 'interviewed' else 'allocated' end,
    holder = case when m.state = 'held' and not m.person_absent then 'doctor' else 'secretariat' end,
    interviewed_at = case when m.state = 'held' and not m.person_absent then statement_timestamp() end,
    due_on = case when m.state = 'held' and not m.person_absent then report_due else desk_due end,
    held_since = statement_timestamp(), version = q.version + 1
  where q.meeting_id = m.id and q.state = 'scheduled'
  returning q.* into r;
  if not found then
    return;
  end if;
  insert into medical_passing (id, request_id, at, state, holder, doctor_id, by_id, reason)
  values (line, r.id, r.held_since, r.state, r.holder, r.doctor_id, accord.acting_user(),
    case when r.state = 'interviewed' then '' when m.state = 'held' then 'absent' else 'cancelled' end);
  return query select r.id, r.state, r.service_id, r.doctor_id;
end $$
"""
RAISES = "accord.raise_medical_clarification(uuid, uuid, date)"
SETTLES = "accord.settle_medical_interview(uuid, uuid, date, date)"


def instead(old, new, signature):
    """Another answer of the same function; backwards, the former one."""
    forward, backward = (inside.outside_function(one, signature, "accord_app").sql for one in (new, old))
    drop = f"drop function {signature}"
    return migrations.RunSQL([drop, *forward], [drop, *backward])


class Migration(migrations.Migration):
    dependencies = [("medical", "0004_reports_in_the_compartment")]

    operations = [
        inside.outside_function(OF_SERVICE, "accord.medical_following(date)", "accord_app"),
        inside.outside_function(HELD, "accord.medical_held(date)", "accord_worker"),
        instead(before.RAISE, RAISE, RAISES),
        instead(before.SETTLE, SETTLE, SETTLES),
    ]
