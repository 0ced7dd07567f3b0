"""What every table stands on: extensions, the two roles that own nothing, and who acts."""

from django.db import migrations

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "btree_gin")

ROLES = """
do $$
declare
  wanted text;
begin
  foreach wanted in array array['accord_app', 'accord_worker'] loop
    if not exists (select 1 from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
        execute format('grant %I to current_user', wanted);
      exception
        when duplicate_object or unique_violation then
          null;
        when insufficient_privilege then
          raise exception 'The role % is missing and % may not create it.', wanted, current_user
            using errcode = 'insufficient_privilege',
                  hint = 'As an administrator of the database: create role accord_app nologin;'
                    ' create role accord_worker nologin; then grant accord_app to the login of the web server'
                    ' and accord_worker to the login of the worker.';
      end;
    end if;
  end loop;
end $$
"""

INSTITUTION = """
create function accord.institution() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('accord.institution', true), '')::uuid $$
"""

USER = """
create function accord.acting_user() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('accord.user', true), '')::uuid $$
"""

BOTH = "accord_app, accord_worker"
WORK = "select, insert, update, delete"

GRANTS = [
    f"grant usage on schema accord, public to {BOTH}",
    f"grant {WORK} on all tables in schema public to {BOTH}",
    f"grant usage, select on all sequences in schema public to {BOTH}",
    f"alter default privileges in schema public grant {WORK} on tables to {BOTH}",
    f"alter default privileges in schema public grant usage, select on sequences to {BOTH}",
    f"alter default privileges in schema public grant execute on functions to {BOTH}",
]

REVOCATIONS = [
    f"alter default privileges in schema public revoke execute on functions from {BOTH}",
    f"alter default privileges in schema public revoke usage, select on sequences from {BOTH}",
    f"alter default privileges in schema public revoke {WORK} on tables from {BOTH}",
    f"revoke usage, select on all sequences in schema public from {BOTH}",
    f"revoke {WORK} on all tables in schema public from {BOTH}",
    f"revoke usage on schema accord, public from {BOTH}",
]


class Migration(migrations.Migration):
    """Backwards, the extensions and the roles stay: other databases of the server may use them."""

    initial = True
    dependencies = []

    operations = [
        *(
            migrations.RunSQL(f"create extension if not exists {name}", migrations.RunSQL.noop)
            for name in EXTENSIONS
        ),
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
        migrations.RunSQL("create schema accord", "drop schema accord"),
        migrations.RunSQL(INSTITUTION, "drop function accord.institution()"),
        migrations.RunSQL(USER, "drop function accord.acting_user()"),
        migrations.RunSQL(GRANTS, REVOCATIONS),
    ]
