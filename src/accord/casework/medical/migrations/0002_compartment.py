"""The compartment: a database role of its own, and the little that the outside may ask of it."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, USER

walls = import_module("accord.casework.cases.migrations._walls")
inside = import_module("accord.casework.medical.migrations._compartment")

ROLE = """
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'accord_medical') then
    begin
      create role accord_medical nologin;
      grant accord_medical to current_user;
      grant accord_app to accord_medical;
    exception
      when duplicate_object or unique_violation then
        null;
      when insufficient_privilege then
        raise exception 'The role accord_medical is missing and % may not create it.', current_user
          using errcode = 'insufficient_privilege',
                hint = 'As an administrator of the database: create role accord_medical nologin;'
                  ' grant accord_app to accord_medical; then grant accord_medical to the login of the web server.';
    end;
  end if;
end $$
"""

SECURE = "language sql stable security definer set search_path = public, pg_temp as"
COLUMNS = (
    "id uuid, case_id uuid, kind varchar, state varchar, holder varchar, held_since timestamptz, due_on date,"
    " asked_by_id uuid, service_id uuid, doctor_id uuid, asked_at timestamptz, allocated_at timestamptz,"
    " scheduled_at timestamptz, interviewed_at timestamptz, signed_at timestamptz, handed_in_at timestamptz,"
    " filed_at timestamptz"
)
STEPS = (
    "select r.id, r.case_id, r.kind, r.state, r.holder, r.held_since, r.due_on, r.asked_by_id, r.service_id,"
    " r.doctor_id, r.asked_at, r.allocated_at, r.scheduled_at, r.interviewed_at, r.signed_at, r.handed_in_at,"
    " r.filed_at from medical_medicalrequest r"
)
STEPS_OF_CASE = f"""
create function accord.medical_steps(of_case uuid) returns table ({COLUMNS}) {SECURE} $$
  {STEPS} where r.case_id = of_case and (r.service_id = {ME} or r.asked_by_id = {ME} or {walls.told("r")})
  order by r.asked_at
$$
"""
WAITING = f"""
create function accord.medical_waiting() returns table ({COLUMNS}) {SECURE} $$
  {STEPS} where (r.service_id = {ME} or r.asked_by_id = {ME})
  and r.state not in ('filed', 'declined', 'withdrawn') order by r.due_on, r.held_since limit 200
$$
"""
CLARIFICATIONS = f"""
create function accord.medical_clarifications()
returns table (case_id uuid, doctor_id uuid, raised_at timestamptz, due_on date) {SECURE} $$
  select c.case_id, c.doctor_id, c.raised_at, c.due_on from medical_clarificationdue c
  where c.service_id = {ME} and c.settled_at is null order by c.due_on limit 200
$$
"""
RAISE = f"""
create function accord.raise_medical_clarification(of_period uuid, wanted_key uuid, answer_by date)
returns uuid language sql volatile security definer set search_path = public, pg_temp as $$
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
  returning service_id
$$
"""
SETTLE = f"""
create function accord.settle_medical_interview(of_meeting uuid, line uuid, report_due date, desk_due date)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$
"""
DURATIONS = f"""
create function accord.medical_durations(of_programme varchar, ended_after timestamptz, smallest integer)
returns table (step varchar, requests bigint, median_days double precision) {SECURE} $$
  select s.step, count(*),
    case when count(*) >= greatest(smallest, 2) then
      percentile_cont(0.5) within group (order by extract(epoch from s.until - s.since) / 86400) end
  from medical_medicalrequest r
  join cases_case c on c.id = r.case_id
  cross join lateral (values
    ('interview', r.asked_at, r.interviewed_at), ('signature', r.interviewed_at, r.signed_at),
    ('filing', r.signed_at, r.filed_at), ('whole', r.asked_at, r.filed_at)
  ) s (step, since, until)
  where c.programme = of_programme and r.kind = 'full' and s.since is not null and s.until >= ended_after
    and exists (
      select 1 from programmes_programmemember m
      where m.programme_slug = of_programme and m.institution_id = {ME} and m.until is null
    )
  group by s.step
$$
"""
KEEP_CONTACT = """
create function accord.keep_contact() returns trigger language plpgsql as $$
begin
  if old.kept_at is not null then
    raise exception 'a contact that is kept never changes' using errcode = 'check_violation';
  end if;
  return new;
end $$
"""

GUARD = """
create or replace function accord.guard_emergency() returns trigger language plpgsql as $$
begin
  if current_user = any (array[{roles}]) and (tg_op = 'INSERT' or old.basis <> new.basis
      or new.valid_until > old.valid_until or new.valid_from <> old.valid_from
      or new.categories <> old.categories or new.recipient_id <> old.recipient_id
      or new.case_id <> old.case_id) then
    raise exception 'an emergency access is opened by accord.break_glass alone'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""

ASKED = f"asked_by_id = {ME}"
MINE = f"service_id = {ME} and user_id = {USER}"


class Migration(migrations.Migration):
    """Backwards, the role stays: other databases of the server may use it."""

    dependencies = [
        ("medical", "0001_initial"),
        ("cases", "0008_working_copies"),
        ("window", "0002_row_level_security"),
        ("meetings", "0002_row_level_security"),
        ("emergencies", "0002_row_level_security"),
        ("plans", "0002_row_level_security"),
        ("capacity", "0002_row_level_security"),
        ("programmes", "0002_row_level_security"),
    ]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        inside.seal(
            "medical_regiondoctor",
            read="true",
            insert=inside.SERVED,
            update=inside.SERVED,
            delete=inside.SERVED,
        ),
        inside.seal("medical_absence", read="true", insert=inside.SERVED, delete=inside.SERVED),
        inside.seal(
            "medical_medicalrequest",
            read=f"{inside.read_inside('medical_medicalrequest')} or {ASKED}",
            insert=f"{ASKED} and {walls.told('medical_medicalrequest')}",
            update=f"{inside.SERVED} or {ASKED}",
        ),
        inside.seal(
            "medical_question",
            read=inside.of_request("medical_question"),
            insert=inside.of_request("medical_question"),
        ),
        inside.seal(
            "medical_passing",
            read=inside.of_request("medical_passing"),
            insert=inside.of_request("medical_passing"),
        ),
        inside.seal("medical_readmark", read=MINE, insert=MINE, update=MINE),
        *(
            inside.seal(
                table, read=inside.read_inside(table), insert=inside.SERVED, update=inside.SERVED
            )
            for table in ("medical_treatingdoctor", "medical_release", "medical_clarificationdue")
        ),
        inside.seal(
            "medical_doctorcontact",
            read=f"{inside.SERVED} or (kept_at is not null and"
            f" {inside.medical_disclosed('medical_doctorcontact')})",
            insert=inside.SERVED,
            update=inside.SERVED,
        ),
        inside.seal(
            "medical_interviewnotes",
            read=inside.of_request("medical_interviewnotes", by_service=True),
            insert=inside.of_request("medical_interviewnotes", by_service=True),
            update=inside.of_request("medical_interviewnotes", by_service=True),
        ),
        migrations.RunSQL(KEEP_CONTACT, "drop function accord.keep_contact()"),
        migrations.RunSQL(
            "create trigger keep_contact before update on medical_doctorcontact"
            " for each row execute function accord.keep_contact()",
            "drop trigger keep_contact on medical_doctorcontact",
        ),
        migrations.RunSQL(
            GUARD.format(roles="'accord_app', 'accord_medical'"), GUARD.format(roles="'accord_app'")
        ),
        inside.outside_function(STEPS_OF_CASE, "accord.medical_steps(uuid)", "accord_app"),
        inside.outside_function(WAITING, "accord.medical_waiting()", "accord_app"),
        inside.outside_function(CLARIFICATIONS, "accord.medical_clarifications()", "accord_app"),
        inside.outside_function(
            RAISE, "accord.raise_medical_clarification(uuid, uuid, date)", "accord_app"
        ),
        inside.outside_function(
            SETTLE, "accord.settle_medical_interview(uuid, uuid, date, date)", "accord_app"
        ),
        inside.outside_function(
            DURATIONS, "accord.medical_durations(varchar, timestamptz, integer)", "accord_app"
        ),
    ]
