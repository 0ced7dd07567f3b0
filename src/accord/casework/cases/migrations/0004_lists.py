"""Lists read one index whatever they filter by: the party's row carries the programme and who leads, too."""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models import deletion

RUNNING = ["open", "announced", "draft"]
ENDED = ["declined", "expired", "withdrawn"]
PARTY = models.Q(("basis", "party"))

CARRY = """
create or replace function accord.carry_case() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update cases_disclosure set case_state = new.state, case_stage = new.stage,
    case_due_on = new.stage_due_on, case_updated_at = new.updated_at{more}
  where case_id = new.id and basis = 'party';
  return null;
end $$
"""

CARRY_NEW = """
create or replace function accord.carry_new() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare c record;
begin
  select state, stage, stage_due_on, updated_at, person_id, programme, lead_id into c
  from cases_case where id = new.case_id;
  if new.person_id is distinct from c.person_id then
    raise exception 'a disclosure is about the person of its case' using errcode = 'check_violation';
  end if;
  new.case_state := c.state; new.case_stage := c.stage;
  new.case_due_on := c.stage_due_on; new.case_updated_at := c.updated_at;{more}
  return new;
end $$
"""

CARRY_LISTED = """
  new.case_programme := c.programme; new.leads := c.lead_id = new.recipient_id;
  if new.basis = 'party' then
    new.case_authorised_until := coalesce(
      (select max(d.valid_until) from cases_disclosure d where d.case_id = new.case_id and d.basis = 'consent'),
      new.case_authorised_until);
  end if;"""

CARRY_AUTHORISATION = """
create function accord.carry_authorisation() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from changed where basis = 'consent') then
    return null;
  end if;
  update cases_disclosure p set case_authorised_until = d.until
  from (select case_id, max(valid_until) as until from cases_disclosure
        where basis = 'consent' and case_id in (select case_id from changed where basis = 'consent')
        group by case_id) d
  where p.case_id = d.case_id and p.basis = 'party' and p.case_authorised_until <> d.until;
  return null;
end $$
"""

ON_UPDATE = (
    "create trigger carry after update of {columns} on cases_case"
    " for each row when (old.* is distinct from new.*) execute function accord.carry_case()"
)
COLUMNS = "state, stage, stage_due_on, updated_at"
DROP = "drop trigger carry on cases_case"
BRING_UP_TO_DATE = """
update cases_disclosure d set case_programme = c.programme, leads = c.lead_id = d.recipient_id,
  case_authorised_until = coalesce(
    (select max(g.valid_until) from cases_disclosure g where g.case_id = d.case_id and g.basis = 'consent'),
    d.case_authorised_until)
from cases_case c where c.id = d.case_id and d.basis = 'party'
"""


class Migration(migrations.Migration):
    """The keys of a disclosure need no index of their own: each begins one of the others."""

    dependencies = [("cases", "0003_search")]

    operations = [
        *(
            migrations.AlterField(
                "disclosure",
                name,
                models.ForeignKey(
                    to=to, on_delete=deletion.CASCADE, related_name=related_name, db_index=False
                ),
            )
            for name, to, related_name in (
                ("case", "cases.case", "disclosures"), ("person", "persons.person", "+")
            )
        ),
        migrations.AddField("disclosure", "case_programme", models.CharField(default="", max_length=60)),
        migrations.AddField("disclosure", "leads", models.BooleanField(default=False)),
        migrations.AddField(
            "disclosure",
            "case_authorised_until",
            models.DateTimeField(default=datetime(1, 1, 2, tzinfo=UTC)),
        ),
        migrations.RunSQL(
            [
                CARRY.format(more=", leads = recipient_id = new.lead_id"),
                CARRY_NEW.format(more=CARRY_LISTED),
                DROP,
                ON_UPDATE.format(columns=f"{COLUMNS}, lead_id"),
                BRING_UP_TO_DATE,
                "set constraints all immediate",
            ],
            [CARRY.format(more=""), CARRY_NEW.format(more=""), DROP, ON_UPDATE.format(columns=COLUMNS)],
        ),
        migrations.AddIndex(
            "disclosure",
            models.Index(
                fields=["recipient", "-case_updated_at"],
                condition=PARTY & models.Q(("case_state__in", RUNNING)),
                name="disclosure_running",
            ),
        ),
        migrations.AddIndex(
            "disclosure",
            models.Index(
                fields=["recipient", "-case_updated_at"],
                condition=PARTY & models.Q(("case_state__in", ENDED)),
                name="disclosure_ended",
            ),
        ),
        migrations.AddIndex(
            "disclosure",
            models.Index(
                fields=["recipient", "case_programme", "-case_updated_at"],
                condition=PARTY,
                name="disclosure_by_programme",
            ),
        ),
        migrations.AddIndex(
            "disclosure",
            models.Index(
                fields=["recipient", "case_programme", "case_stage", "-case_updated_at"],
                condition=PARTY,
                name="disclosure_by_stage",
            ),
        ),
        migrations.AddIndex(
            "disclosure",
            models.Index(
                fields=["recipient", "-case_updated_at"],
                condition=PARTY & models.Q(("leads", True)),
                name="disclosure_led",
            ),
        ),
        migrations.AddIndex(
            "disclosure",
            models.Index(
                fields=["recipient", "case_authorised_until"],
                condition=models.Q(("basis", "party"), ("case_state", "open"), ("leads", True)),
                name="disclosure_by_authorisation",
            ),
        ),
        migrations.RunSQL(CARRY_AUTHORISATION, "drop function accord.carry_authorisation()"),
        *(
            migrations.RunSQL(
                f"create trigger carry_authorisation_{event} after {event} on cases_disclosure"
                " referencing new table as changed for each statement"
                " execute function accord.carry_authorisation()",
                f"drop trigger carry_authorisation_{event} on cases_disclosure",
            )
            for event in ("insert", "update")
        ),
        migrations.AddIndex(
            "step",
            models.Index(
                fields=["owner", "due_on"], condition=models.Q(("state", "open")), name="step_awaited"
            ),
        ),
    ]
