"""Row-level security of meetings: the same rules as `policies.py`; and what calendars may be told."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, USER, open_window, protect

walls = import_module("accord.casework.cases.migrations._walls")
ORGANISER = f"owner_id = {ME} or accord.leads_case(case_id)"


def of_meeting(table: str) -> str:
    """The row's meeting is visible."""
    return f"exists (select 1 from meetings_meeting m where m.id = {table}.meeting_id)"


OF_MINUTES = "exists (select 1 from meetings_minutes k where k.id = meetings_minutessignature.minutes_id)"
OF_SITE = (
    "exists (select 1 from institutions_site s where s.id = meetings_room.site_id"
    f" and s.institution_id = {ME})"
)

TAKEN = """
create function accord.taken(users uuid[], rooms uuid[], since timestamptz, till timestamptz, but uuid[])
returns table (user_id uuid, room_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.user_id, null::uuid, m.starts_at, m.ends_at
  from meetings_seat s join meetings_meeting m on m.id = s.meeting_id
  where s.user_id = any(users) and m.state = 'planned' and m.starts_at < till and m.ends_at > since
    and m.id <> all(but)
  union all
  select null::uuid, m.room_id, m.starts_at, m.ends_at from meetings_meeting m
  where m.room_id = any(rooms) and m.state <> 'cancelled' and m.starts_at < till and m.ends_at > since
    and m.id <> all(but)
$$
"""

FEED = """
create function accord.feed_of(wanted text) returns table (user_id uuid, token_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.user_id, f.token_hash from meetings_calendarfeed f where f.sign = wanted
$$
"""

KEEP_SIGNED = """
create function accord.keep_signed_minutes() returns trigger language plpgsql as $$
begin
  if old.state = 'signed' and (new.sections, new.category, new.audience, new.addressed_to, new.state)
    is distinct from (old.sections, old.category, old.audience, old.addressed_to, old.state) then
    raise exception 'signed minutes are amended by a new version' using errcode = 'check_violation';
  end if;
  return new;
end $$
"""

WINDOW_ANSWER = [
    "grant update (person_answer, person_answered_at, is_answer_told, updated_at)"
    " on meetings_meeting to accord_window",
    "create policy own_answer on meetings_meeting for update to accord_window"
    f" using ({walls.FOR_THE_PERSON}) with check ({walls.FOR_THE_PERSON})",
]


class Migration(migrations.Migration):
    """Times are told to those who plan, never of which case they are."""

    dependencies = [
        ("meetings", "0001_initial"),
        ("cases", "0005_window"),
        ("institutions", "0002_row_level_security"),
    ]

    operations = [
        walls.protect_record("meetings_meeting", update=ORGANISER),
        walls.protect_record("meetings_agendaitem", update=ORGANISER),
        migrations.RunSQL(
            f"create policy remove on meetings_agendaitem for delete to accord_app using ({ORGANISER})",
            "drop policy if exists remove on meetings_agendaitem",
        ),
        walls.protect_record("meetings_minutes"),
        protect(
            "meetings_minutessignature",
            read=OF_MINUTES,
            insert=f"institution_id = {ME} and {OF_MINUTES}",
            window=OF_MINUTES,
        ),
        protect(
            "meetings_seat",
            read=of_meeting("meetings_seat"),
            insert=of_meeting("meetings_seat"),
            update=of_meeting("meetings_seat"),
            window=of_meeting("meetings_seat"),
        ),
        protect(
            "meetings_invitation",
            read=of_meeting("meetings_invitation"),
            insert=of_meeting("meetings_invitation"),
            update=of_meeting("meetings_invitation"),
        ),
        protect("meetings_reply", read="false"),
        protect(
            "meetings_calendarfeed",
            read=f"user_id = {USER}",
            insert=f"user_id = {USER}",
            update=f"user_id = {USER}",
        ),
        protect("meetings_room", read="true", insert=OF_SITE, update=OF_SITE),
        open_window("meetings_room"),
        migrations.RunSQL(
            WINDOW_ANSWER,
            [
                "drop policy if exists own_answer on meetings_meeting",
                "revoke update (person_answer, person_answered_at, is_answer_told, updated_at)"
                " on meetings_meeting from accord_window",
            ],
        ),
        migrations.RunSQL(
            TAKEN, "drop function accord.taken(uuid[], uuid[], timestamptz, timestamptz, uuid[])"
        ),
        migrations.RunSQL(FEED, "drop function accord.feed_of(text)"),
        migrations.RunSQL(KEEP_SIGNED, "drop function accord.keep_signed_minutes()"),
        migrations.RunSQL(
            "create trigger keep_signed before update on meetings_minutes"
            " for each row execute function accord.keep_signed_minutes()",
            "drop trigger keep_signed on meetings_minutes",
        ),
    ]
