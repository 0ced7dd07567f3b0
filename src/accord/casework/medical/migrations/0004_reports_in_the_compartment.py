"""Reports, examinations, measures and the exchange inside the compartment; a signed report never changes."""

from importlib import import_module

from django.db import migrations

inside = import_module("accord.casework.medical.migrations._compartment")
SERVED = inside.SERVED

KEEP_SIGNED = """
create function accord.keep_signed_report() returns trigger language plpgsql as $$
begin
  if old.state = 'draft' then
    if tg_op = 'DELETE' then
      return old;
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or new.state = 'draft' or
    (new.case_id, new.service_id, new.request_id, new.examination_id, new.kind, new.edition, new.amends_id,
     new.rubrics, new.author_id, new.signed_at, new.signed_by_id, new.certificate, new.document_id, new.summary_id)
    is distinct from
    (old.case_id, old.service_id, old.request_id, old.examination_id, old.kind, old.edition, old.amends_id,
     old.rubrics, old.author_id, old.signed_at, old.signed_by_id, old.certificate, old.document_id, old.summary_id)
  then
    raise exception 'a signed report is amended by a new edition' using errcode = 'check_violation';
  end if;
  return new;
end $$
"""


def worker_too(table, rights):
    """The worker does its jobs on this table of the compartment, and on no other."""
    return migrations.RunSQL(
        [
            f"grant {rights} on {table} to accord_worker",
            f"create policy worker on {table} to accord_worker using (true) with check (true)",
        ],
        [f"drop policy if exists worker on {table}", f"revoke all on {table} from accord_worker"],
    )


def served(table, read=None):
    """A row that belongs to the medical service, which alone writes it."""
    return inside.seal(table, read=read or inside.read_inside(table), insert=SERVED, update=SERVED)


FILED = f"state = 'filed' and {inside.medical_disclosed('medical_report')}"
CONCLUDED = f"state = 'concluded' and {inside.medical_disclosed('medical_examination')}"
OF_MEASURE = (
    "exists (select 1 from medical_medicalmeasure m where m.id = medical_followup.measure_id{served})"
)


class Migration(migrations.Migration):
    dependencies = [("medical", "0003_reports")]

    operations = [
        inside.seal(
            "medical_report",
            read=f"{SERVED} or {FILED}",
            insert=f"{SERVED} and {inside.walls.told('medical_report')}",
            update=SERVED,
            delete=f"{SERVED} and state = 'draft'",
        ),
        served("medical_examination", read=f"{SERVED} or {CONCLUDED}"),
        served("medical_medicalmeasure"),
        inside.seal(
            "medical_followup",
            read=OF_MEASURE.format(served=""),
            insert=OF_MEASURE.format(served=f" and m.{SERVED}"),
        ),
        served("medical_outgoing", read=SERVED),
        served("medical_incoming", read=SERVED),
        inside.seal("medical_icd10code", read="true"),
        worker_too("medical_outgoing", "select, update"),
        worker_too("medical_incoming", "select, insert, update"),
        worker_too("medical_icd10code", "select, insert, update, delete"),
        migrations.RunSQL(KEEP_SIGNED, "drop function accord.keep_signed_report()"),
        migrations.RunSQL(
            "create trigger keep_signed before update or delete on medical_report"
            " for each row execute function accord.keep_signed_report()",
            "drop trigger keep_signed on medical_report",
        ),
    ]
