"""The role of the insured person at her own window: it reads what was opened to it, table by table."""

from django.db import migrations

ROLE = """
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'accord_window') then
    begin
      create role accord_window nologin;
      grant accord_window to current_user;
    exception
      when duplicate_object or unique_violation then
        null;
      when insufficient_privilege then
        raise exception 'The role accord_window is missing and % may not create it.', current_user
          using errcode = 'insufficient_privilege',
                hint = 'As an administrator of the database: create role accord_window nologin;'
                  ' then grant it to the login of the web server.';
    end;
  end if;
end $$
"""

WINDOW_CASE = """
create function accord.window_case() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('accord.window', true), '')::uuid $$
"""

MINE = "cases @> array[(select accord.window_case())] and (select accord.window_case()) is not null"


class Migration(migrations.Migration):
    """She reads what was done in her case, and what she does is kept."""

    dependencies = [("journal", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(
            "grant usage on schema accord, public to accord_window",
            "revoke usage on schema accord, public from accord_window",
        ),
        migrations.RunSQL(WINDOW_CASE, "drop function accord.window_case()"),
        migrations.RunSQL(
            [
                "grant select, insert on journal_entry to accord_window",
                f"create policy own_window on journal_entry for select to accord_window using ({MINE})",
                "create policy own_acts on journal_entry for insert to accord_window with check (true)",
                "grant select, insert, update, delete on journal_submission to accord_window",
                "create policy own_window on journal_submission to accord_window"
                " using (user_id is null) with check (user_id is null)",
            ],
            [
                "drop policy own_window on journal_entry",
                "drop policy own_acts on journal_entry",
                "revoke all on journal_entry from accord_window",
                "drop policy own_window on journal_submission",
                "revoke all on journal_submission from accord_window",
            ],
        ),
    ]
