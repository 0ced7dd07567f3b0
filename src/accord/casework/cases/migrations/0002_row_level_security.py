"""Row-level security of casework: the same rules as `policies.py`, for a role that owns nothing."""

from django.db import migrations

from accord.kernel.database.policies import ME, USER, also_readable, protect

NOW = "statement_timestamp()"
CURRENT = f"d.recipient_id = {ME} and d.valid_from <= {NOW} and d.valid_until > {NOW}"


def told(table: str, extra: str = "", key: str = "case_id") -> str:
    """A current disclosure of this row's case exists for the acting institution."""
    return f"exists (select 1 from cases_disclosure d where d.case_id = {table}.{key} and {CURRENT}{extra})"


def record(table: str) -> str:
    """Owned, or of a category that is disclosed now."""
    return (
        f"owner_id = {ME} or (audience = 'circle' and "
        + told(table, f" and ({table}.category is null or d.categories & {table}.category > 0)")
        + ")"
    )


def protect_record(table: str, update: str | None = None) -> migrations.RunSQL:
    """A record is written by its owner into a case that it knows of."""
    return protect(
        table,
        read=record(table),
        insert=f"owner_id = {ME} and {told(table)}",
        update=update or f"owner_id = {ME}",
    )


SEES_CASE = """
create function accord.sees_case(wanted uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select 1 from cases_disclosure d where d.case_id = wanted
    and d.recipient_id = accord.institution()
    and d.valid_from <= statement_timestamp() and d.valid_until > statement_timestamp())
$$
"""

LEADS_CASE = """
create function accord.leads_case(wanted uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select 1 from cases_case c where c.id = wanted and c.lead_id = accord.institution())
$$
"""

CARRY = """
create function accord.carry_case() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update cases_disclosure set case_state = new.state, case_stage = new.stage,
    case_due_on = new.stage_due_on, case_updated_at = new.updated_at
  where case_id = new.id and basis = 'party';
  return null;
end $$
"""

CARRY_NEW = """
create function accord.carry_new() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare c record;
begin
  select state, stage, stage_due_on, updated_at, person_id into c from cases_case where id = new.case_id;
  if new.person_id is distinct from c.person_id then
    raise exception 'a disclosure is about the person of its case' using errcode = 'check_violation';
  end if;
  new.case_state := c.state; new.case_stage := c.stage;
  new.case_due_on := c.stage_due_on; new.case_updated_at := c.updated_at;
  return new;
end $$
"""

DOCUMENT = (
    "exists (select 1 from cases_casedocument k where k.document_id = documents_document.id)"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "create sequence cases_number; grant usage, select on sequence cases_number to accord_app, accord_worker",
            "drop sequence cases_number",
        ),
        migrations.RunSQL(SEES_CASE, "drop function accord.sees_case(uuid)"),
        migrations.RunSQL(LEADS_CASE, "drop function accord.leads_case(uuid)"),
        migrations.RunSQL(CARRY, "drop function accord.carry_case()"),
        migrations.RunSQL(CARRY_NEW, "drop function accord.carry_new()"),
        migrations.RunSQL(
            "create trigger carry after update of state, stage, stage_due_on, updated_at on cases_case"
            " for each row when (old.* is distinct from new.*) execute function accord.carry_case()",
            "drop trigger carry on cases_case",
        ),
        migrations.RunSQL(
            "create trigger carry before insert on cases_disclosure"
            " for each row execute function accord.carry_new()",
            "drop trigger carry on cases_disclosure",
        ),
        protect(
            "cases_disclosure",
            read=f"recipient_id = {ME} or accord.sees_case(case_id)",
            insert="accord.leads_case(case_id) or accord.sees_case(case_id)",
            update=f"recipient_id = {ME} or accord.sees_case(case_id)",
        ),
        protect(
            "cases_case",
            read=f"lead_id = {ME} or " + told("cases_case", key="id"),
            insert=f"lead_id = {ME}",
            update=f"lead_id = {ME} or " + told("cases_case", key="id"),
        ),
        protect(
            "cases_participant",
            read=f"institution_id = {ME} or " + told("cases_participant"),
            insert=told("cases_participant"),
            update=told("cases_participant"),
        ),
        protect(
            "cases_stageentry",
            read=told("cases_stageentry"),
            insert=told("cases_stageentry"),
            update=told("cases_stageentry"),
        ),
        protect_record("cases_event"),
        protect_record("cases_note"),
        protect_record("cases_step", update=f"owner_id = {ME} or assignee_id = {ME}"),
        protect_record("cases_casedocument"),
        protect(
            "cases_visit",
            read=f"user_id = {USER}",
            insert=f"user_id = {USER}",
            update=f"user_id = {USER}",
        ),
        also_readable(
            "persons_person",
            "disclosed",
            "exists (select 1 from cases_disclosure d where d.person_id = persons_person.id"
            f" and {CURRENT} and d.categories & 1 > 0)",
        ),
        also_readable(
            "persons_institutionfile",
            "disclosed",
            "exists (select 1 from cases_disclosure d where d.person_id = persons_institutionfile.person_id"
            f" and {CURRENT} and d.categories & 2 > 0)",
        ),
        also_readable("documents_document", "filed", DOCUMENT),
    ]
