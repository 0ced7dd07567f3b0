"""Row-level security of measures: the same rules as `policies.py`; a provider reads her mandates, no case."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, also_readable, protect

walls = import_module("accord.casework.cases.migrations._walls")
MANDATE = "measures_mandate"
AS_PROVIDER = (
    f"exists (select 1 from providers_provider p where p.id = {{row}}.provider_id and p.institution_id = {ME})"
)
OF_MANDATE = "exists (select 1 from measures_mandate m where m.id = mandate_id)"
OF_MEASURE = "exists (select 1 from measures_individualmeasure i where i.id = measure_id)"
OF_OWN_MEASURE = (
    f"exists (select 1 from measures_individualmeasure i where i.id = measure_id and i.owner_id = {ME})"
)
OF_MANDATE_FOR_MEASURE = (
    "exists (select 1 from measures_mandate m where m.measure_id = measures_interruption.measure_id)"
)
AS_OFFICE = f"exists (select 1 from measures_mandate m where m.id = mandate_id and m.owner_id = {ME})"
BY_PROVIDER = (
    "exists (select 1 from measures_mandate m where m.id = mandate_id and "
    + AS_PROVIDER.format(row="m")
    + ")"
)
PART = f"({AS_OFFICE} or {BY_PROVIDER})"
A_PROVIDER = f"exists (select 1 from providers_provider p where p.institution_id = {ME})"
DELIVERED = (
    "exists (select 1 from measures_delivery d where d.document_id = documents_document.id)"
    " or exists (select 1 from measures_report r where r.document_id = documents_document.id)"
)
MANDATE_WITHIN = """
create function accord.guard_mandate_days() returns trigger language plpgsql as
$$
begin
  if not exists (
    select 1 from measures_individualmeasure i
    where i.id = new.measure_id and new.since >= i.since and new.until <= i.planned_until
  ) then
    raise exception 'A mandate lies within its measure.' using errcode = 'check_violation';
  end if;
  return new;
end
$$
"""
DAY_WITHIN = """
create function accord.guard_attendance_day() returns trigger language plpgsql as
$$
begin
  if not exists (
    select 1 from measures_mandate m where m.id = new.mandate_id and new.day between m.since and m.until
  ) then
    raise exception 'A day of presence lies within its mandate.' using errcode = 'check_violation';
  end if;
  return new;
end
$$
"""


class Migration(migrations.Migration):
    """The provider writes presence and reports under her own mandates; all else is written by the office."""

    dependencies = [
        ("measures", "0001_initial"),
        ("cases", "0006_words"),
        ("providers", "0002_row_level_security"),
        ("documents", "0002_row_level_security"),
    ]

    operations = [
        migrations.RunSQL(
            "create sequence measures_receipt;"
            " grant usage, select on sequence measures_receipt to accord_app, accord_worker",
            "drop sequence measures_receipt",
        ),
        protect(
            "measures_officecode",
            read="true",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
        ),
        protect(
            "measures_decisioncounter",
            read=f"office_id = {ME}",
            insert=f"office_id = {ME}",
            update=f"office_id = {ME}",
        ),
        walls.protect_record("measures_individualmeasure"),
        protect(
            MANDATE,
            read=f"{walls.record(MANDATE)} or {AS_PROVIDER.format(row=MANDATE)}",
            insert=f"owner_id = {ME} and {walls.told(MANDATE)}",
            update=f"owner_id = {ME}",
            window=walls.FOR_THE_PERSON,
        ),
        protect(
            "measures_interruption",
            read=f"{OF_MEASURE} or {OF_MANDATE_FOR_MEASURE}",
            insert=OF_OWN_MEASURE,
            update=OF_OWN_MEASURE,
        ),
        protect("measures_mandateposition", read=OF_MANDATE, insert=AS_OFFICE),
        protect("measures_objective", read=OF_MANDATE, insert=AS_OFFICE, update=AS_OFFICE),
        protect("measures_goalagreement", read=OF_MANDATE, insert=BY_PROVIDER),
        protect(
            "measures_reportterms",
            read="accord.knows_agreement(agreement_id)",
            insert="accord.knows_agreement(agreement_id)",
            update="accord.knows_agreement(agreement_id)",
        ),
        protect(
            "measures_attendance",
            read=PART,
            insert=BY_PROVIDER,
            update=BY_PROVIDER,
            delete=BY_PROVIDER,
        ),
        protect("measures_report", read=PART, insert=PART, update=PART),
        protect(
            "measures_delivery",
            read=f"institution_id = {ME} or office_id = {ME}",
            insert=f"institution_id = {ME} and {A_PROVIDER} and (mandate_id is null or {BY_PROVIDER})",
            update=f"office_id = {ME}",
        ),
        protect("measures_refusedmail", read="true"),
        protect("measures_politereply", read="false"),
        also_readable("documents_document", "delivered", DELIVERED),
        migrations.RunSQL(MANDATE_WITHIN, "drop function accord.guard_mandate_days()"),
        migrations.RunSQL(
            "create trigger within_its_measure before insert or update of since, until on measures_mandate"
            " for each row execute function accord.guard_mandate_days()",
            "drop trigger within_its_measure on measures_mandate",
        ),
        migrations.RunSQL(DAY_WITHIN, "drop function accord.guard_attendance_day()"),
        migrations.RunSQL(
            "create trigger within_its_mandate before insert or update of day on measures_attendance"
            " for each row execute function accord.guard_attendance_day()",
            "drop trigger within_its_mandate on measures_attendance",
        ),
    ]
