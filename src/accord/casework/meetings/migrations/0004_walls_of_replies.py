"""Replies put aside are read and settled by who organises the meeting; a seat taken back takes nobody's time."""

from django.db import migrations

from accord.kernel.database.policies import ME, USER

ADMINISTERS = (
    f"exists (select 1 from institutions_membership r where r.institution_id = {ME} and r.user_id = {USER}"
    " and r.role = 'administrator' and r.since <= statement_timestamp()"
    " and (r.until is null or r.until > statement_timestamp()))"
)
ORGANISES = (
    "exists (select 1 from meetings_meeting m where m.id = meeting_id"
    f" and (m.owner_id = {ME} or accord.leads_case(m.case_id)))"
)
ASIDE = f"fault <> '' and ({ORGANISES} or (meeting_id is null and {ADMINISTERS}))"

TAKEN = """
create or replace function accord.taken(
  users uuid[], rooms uuid[], since timestamptz, till timestamptz, but uuid[]
)
returns table (user_id uuid, room_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.user_id, null::uuid, m.starts_at, m.ends_at
  from meetings_seat s join meetings_meeting m on m.id = s.meeting_id
  where s.user_id = any(users) {seated} and m.state = 'planned' and m.starts_at < till and m.ends_at > since
    and m.id <> all(but)
  union all
  select null::uuid, m.room_id, m.starts_at, m.ends_at from meetings_meeting m
  where m.room_id = any(rooms) and m.state <> 'cancelled' and m.starts_at < till and m.ends_at > since
    and m.id <> all(but)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_seats_and_replies")]

    operations = [
        migrations.RunSQL(
            [
                "drop policy read on meetings_reply",
                f"create policy read on meetings_reply for select to accord_app using ({ASIDE})",
                f"create policy change on meetings_reply for update to accord_app using ({ASIDE})"
                f" with check ({ASIDE})",
            ],
            [
                "drop policy change on meetings_reply",
                "drop policy read on meetings_reply",
                "create policy read on meetings_reply for select to accord_app using (false)",
            ],
        ),
        migrations.RunSQL(
            TAKEN.format(seated="and s.removed_at is null"),
            TAKEN.format(seated=""),
        ),
    ]
