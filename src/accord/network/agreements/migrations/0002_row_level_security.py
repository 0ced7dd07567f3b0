"""Row-level security of conventions: the same rules as `policies.py`; and a text that does not change."""

from django.db import migrations

from accord.kernel.database.policies import ME, also_readable, protect

KNOWS = """
create function accord.knows_agreement(key uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select exists (
    select 1 from agreements_agreement a
    where (a.id = key or a.parent_id = key)
      and (
        a.owner_id = accord.institution()
        or (
          a.state <> 'draft'
          and (
            exists (
              select 1 from agreements_party p
              where p.agreement_id = a.id and p.institution_id = accord.institution()
            )
            or exists (
              select 1 from agreements_agreement framework
              where framework.id = a.parent_id and framework.owner_id = accord.institution()
            )
          )
        )
      )
  )
$$
"""
"""Owner, or party once the draft was sent; whoever knows of an adoption knows its framework, and its owner both."""

OWNS = f"exists (select 1 from agreements_agreement a where a.id = agreement_id and a.owner_id = {ME})"
OF_TEXT = (
    "exists (select 1 from agreements_version v"
    " where v.id = {table}.text_of_id and accord.knows_agreement(v.agreement_id))"
)
OF_PROLONGATION = (
    "exists (select 1 from agreements_prolongation p"
    " where p.id = agreements_endorsement.prolongation_id and accord.knows_agreement(p.agreement_id))"
)
KNOWN = "accord.knows_agreement(agreement_id)"
DOCUMENT = (
    "exists (select 1 from agreements_annex x where x.document_id = documents_document.id)"
    " or exists (select 1 from agreements_party y where y.evidence_id = documents_document.id)"
    " or exists (select 1 from agreements_endorsement z where z.evidence_id = documents_document.id)"
)

GUARD = """
create function accord.guard_agreement_text() returns trigger language plpgsql as
$$
declare
  told record;
begin
  select a.state, a.parent_id into told from agreements_agreement a where a.id = new.agreement_id;
  if told.parent_id is not null then
    raise exception 'An adoption has no text of its own.' using errcode = 'check_violation';
  end if;
  if told.state not in ('draft', 'negotiation') then
    raise exception 'The text of a % agreement does not change.', told.state
      using errcode = 'check_violation';
  end if;
  return new;
end
$$
"""

ADOPTS = """
create function accord.guard_adopted_text() returns trigger language plpgsql as
$$
begin
  if new.adopted_id is not null and not exists (
    select 1 from agreements_version v
    where v.id = new.adopted_id and v.agreement_id = new.parent_id
      and v.number = (select max(w.number) from agreements_version w where w.agreement_id = new.parent_id)
  ) then
    raise exception 'An adoption takes the text of its framework.' using errcode = 'check_violation';
  end if;
  return new;
end
$$
"""


class Migration(migrations.Migration):
    """Versions, parts and annexes are written once; nobody but the worker changes or removes them."""

    dependencies = [
        ("agreements", "0001_initial"),
        ("documents", "0002_row_level_security"),
        ("institutions", "0002_row_level_security"),
    ]

    operations = [
        migrations.RunSQL(
            "create sequence agreements_number;"
            " grant usage, select on sequence agreements_number to accord_app, accord_worker",
            "drop sequence agreements_number",
        ),
        migrations.RunSQL(KNOWS, "drop function accord.knows_agreement(uuid)"),
        protect(
            "agreements_agreement",
            read=f"owner_id = {ME} or accord.knows_agreement(id)",
            insert=f"owner_id = {ME}",
            update=f"owner_id = {ME} or (state <> 'draft' and accord.knows_agreement(id))",
        ),
        protect("agreements_party", read=KNOWN, insert=OWNS, update=KNOWN, delete=OWNS),
        protect("agreements_version", read=KNOWN, insert=f"institution_id = {ME} and {KNOWN}"),
        protect(
            "agreements_part",
            read=OF_TEXT.format(table="agreements_part"),
            insert=OF_TEXT.format(table="agreements_part"),
        ),
        protect(
            "agreements_annex",
            read=OF_TEXT.format(table="agreements_annex"),
            insert=OF_TEXT.format(table="agreements_annex"),
        ),
        protect("agreements_prolongation", read=KNOWN, insert=OWNS, update=KNOWN),
        protect("agreements_endorsement", read=OF_PROLONGATION, insert=OF_PROLONGATION, update=OF_PROLONGATION),
        also_readable("documents_document", "agreed", DOCUMENT),
        migrations.RunSQL(GUARD, "drop function accord.guard_agreement_text()"),
        migrations.RunSQL(
            "create trigger text_stands before insert or update on agreements_version"
            " for each row execute function accord.guard_agreement_text()",
            "drop trigger text_stands on agreements_version",
        ),
        migrations.RunSQL(ADOPTS, "drop function accord.guard_adopted_text()"),
        migrations.RunSQL(
            "create trigger adopts_the_framework before insert or update of adopted_id, parent_id"
            " on agreements_agreement for each row execute function accord.guard_adopted_text()",
            "drop trigger adopts_the_framework on agreements_agreement",
        ),
    ]
