"""The journal is append-only for everyone, and read by the institution that acted."""

from django.db import migrations

from accord.kernel.database.policies import ME, USER, protect

REFUSE = """
create function accord.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$
"""

LABEL = """
create function accord.label_entry() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if new.user_name = '' and new.user_id is not null then
    new.user_name := coalesce(
      (select coalesce(nullif(trim(first_name || ' ' || last_name), ''), email)
         from accounts_user where id = new.user_id), '');
  end if;
  if new.institution_name = '' and new.institution_id is not null then
    new.institution_name := coalesce(
      (select name from institutions_institution where id = new.institution_id), '');
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    """The names of who acted are copied, so that an entry outlives the account and the institution."""

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "drop function accord.refuse_change()"),
        migrations.RunSQL(LABEL, "drop function accord.label_entry()"),
        migrations.RunSQL(
            "create trigger label_entry before insert on journal_entry"
            " for each row execute function accord.label_entry()",
            "drop trigger label_entry on journal_entry",
        ),
        migrations.RunSQL(
            "create trigger append_only before update or delete on journal_entry"
            " for each statement execute function accord.refuse_change()",
            "drop trigger append_only on journal_entry",
        ),
        migrations.RunSQL(
            "create trigger no_truncate before truncate on journal_entry"
            " for each statement execute function accord.refuse_change()",
            "drop trigger no_truncate on journal_entry",
        ),
        migrations.RunSQL(
            "revoke update, delete, truncate on journal_entry from accord_app, accord_worker",
            "grant update, delete on journal_entry to accord_app, accord_worker",
        ),
        protect("journal_entry", read=f"institution_id = {ME}", insert="true"),
        protect(
            "journal_submission",
            read=f"user_id is not distinct from {USER}",
            insert=f"user_id is not distinct from {USER}",
            update=f"user_id is not distinct from {USER}",
            delete=f"user_id is not distinct from {USER}",
        ),
    ]
