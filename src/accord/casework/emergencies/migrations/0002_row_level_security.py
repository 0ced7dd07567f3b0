"""Row-level security of emergencies: the same rules as `policies.py`, and the one way in.

An emergency access is opened by `accord.break_glass` alone, after `accord.emergency_case` has found the number and
counted the attempt. The application's role can neither write such a disclosure itself nor lengthen one, and what
is read in an emergency gives no right to write.
"""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, USER, protect

walls = import_module("accord.casework.cases.migrations._walls")

MOST_UNKNOWN_AN_HOUR = 5
"""Unknown numbers that one colleague may give in an hour."""
MOST_UNKNOWN_A_DAY = 30
"""Unknown numbers that one institution may give in a day."""
LONGEST = "168 hours"
"""No programme may allow more (`network/programmes/rules/parameters.py`)."""
ROLES = "('caseworker', 'referent', 'desk', 'manager', 'doctor', 'secretary')"

FIND = f"""
create function accord.emergency_case(typed text, avs text)
returns table (case_id uuid, programme text, programme_version text, verdict text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := accord.institution();
  who uuid := accord.acting_user();
  found record;
begin
  if me is null or who is null then
    raise exception 'nobody acts' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('emergency' || me::text, 0));
  if (select count(*) from emergencies_emergencyattempt a where a.user_id = who and a.case_id is null
        and a.at > clock_timestamp() - interval '1 hour') >= {MOST_UNKNOWN_AN_HOUR}
     or (select count(*) from emergencies_emergencyattempt a where a.institution_id = me and a.case_id is null
        and a.at > clock_timestamp() - interval '1 day') >= {MOST_UNKNOWN_A_DAY} then
    return query select null::uuid, null::text, null::text, 'too often'::text;
    return;
  end if;
  select c.id, c.programme, c.programme_version into found
    from cases_case c join persons_person p on p.id = c.person_id
    where c.state in ('open', 'announced', 'closed')
      and (c.number = typed or (avs <> '' and p.avs_number = avs))
    order by c.state = 'open' desc, c.updated_at desc limit 1;
  insert into emergencies_emergencyattempt (id, user_id, institution_id, at, case_id)
    values (gen_random_uuid(), who, me, clock_timestamp(), found.id);
  return query select found.id::uuid, found.programme::text, found.programme_version::text,
    case when found.id is null then 'unknown' else 'found' end;
end $$
"""

BREAK = f"""
create function accord.break_glass(
  key uuid, wanted uuid, why text, sentence text, medical text, kinds bigint,
  begins timestamptz, ends timestamptz, review_on date
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := accord.institution();
  who uuid := accord.acting_user();
  c record;
begin
  if not exists (select 1 from institutions_membership m where m.user_id = who and m.institution_id = me
                   and m.until is null and m.role in {ROLES}) then
    raise exception 'a role that works on cases is needed' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from emergencies_emergencyattempt a where a.user_id = who and a.institution_id = me
                   and a.case_id = wanted and a.at > clock_timestamp() - interval '1 minute') then
    raise exception 'the number was not given' using errcode = 'insufficient_privilege';
  end if;
  if char_length(trim(sentence)) < 20 or kinds <= 0
     or (kinds & 32 > 0 and char_length(trim(medical)) < 20) then
    raise exception 'a reason is needed' using errcode = 'check_violation';
  end if;
  if ends <= begins or ends > begins + interval '{LONGEST}' then
    raise exception 'a duration is needed' using errcode = 'check_violation';
  end if;
  select id, number, person_id, lead_id into strict c from cases_case where id = wanted;
  insert into cases_disclosure (id, case_id, person_id, recipient_id, categories, basis, legal_article, purpose,
      valid_from, valid_until, ended_because, case_state, case_stage, case_updated_at, case_programme,
      case_authorised_until, leads)
    values (key, c.id, c.person_id, me, kinds, 'emergency', '', why, begins, ends, '', '', '', begins, '',
      '0001-01-02T00:00:00Z', false);
  insert into emergencies_emergencyaccess (id, case_id, case_number, lead_id, institution_id, user_id, reason,
      explanation, medical_explanation, categories, opened_at, until, review_due_on, outcome, review, follow_up)
    values (key, c.id, c.number, c.lead_id, me, who, why, sentence, medical, kinds, begins, ends, review_on,
      '', '', '');
end $$
"""

GUARD = """
create function accord.guard_emergency() returns trigger language plpgsql as $$
begin
  if current_user = 'accord_app' and (tg_op = 'INSERT' or old.basis <> new.basis
      or new.valid_until > old.valid_until or new.valid_from <> old.valid_from
      or new.categories <> old.categories or new.recipient_id <> old.recipient_id
      or new.case_id <> old.case_id) then
    raise exception 'an emergency access is opened by accord.break_glass alone'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""

STANDS = """
create function accord.stands_in_case(wanted uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select 1 from cases_case c where c.id = wanted and c.lead_id = accord.institution())
    or exists (select 1 from cases_disclosure d where d.case_id = wanted
      and d.recipient_id = accord.institution() and d.basis <> 'emergency'
      and d.valid_from <= statement_timestamp() and d.valid_until > statement_timestamp())
$$
"""

WRITTEN = (
    "cases_note", "cases_step", "cases_casedocument", "cases_participant", "cases_stageentry", "consents_consent",
)  # fmt: skip
"""Tables into which nothing is written by who only reads in an emergency."""


def reading_only(table: str, condition: str, act: str = "insert") -> migrations.RunSQL:
    """Refuse an act to an institution that knows of the case through an emergency alone."""
    clause = "with check" if act == "insert" else "using"
    return migrations.RunSQL(
        f"create policy emergency_reads_{act} on {table} as restrictive for {act} to accord_app"
        f" {clause} ({condition})",
        f"drop policy if exists emergency_reads_{act} on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("emergencies", "0001_initial"),
        ("cases", "0005_window"),
        ("consents", "0002_row_level_security"),
        ("persons", "0003_search"),
        ("institutions", "0002_row_level_security"),
    ]

    operations = [
        protect(
            "emergencies_emergencyaccess",
            read=f"institution_id = {ME} or lead_id = {ME}",
            update=f"institution_id = {ME}",
            window=walls.OWN_CASE,
        ),
        protect("emergencies_emergencyattempt", read=f"user_id = {USER}"),
        migrations.RunSQL(
            [
                "revoke update on emergencies_emergencyaccess from accord_app",
                "grant update (ended_at, reviewed_at, reviewer_id, outcome, review, follow_up)"
                " on emergencies_emergencyaccess to accord_app",
            ],
            [
                "revoke update (ended_at, reviewed_at, reviewer_id, outcome, review, follow_up)"
                " on emergencies_emergencyaccess from accord_app",
                "grant update on emergencies_emergencyaccess to accord_app",
            ],
        ),
        migrations.RunSQL(FIND, "drop function accord.emergency_case(text, text)"),
        migrations.RunSQL(
            BREAK,
            "drop function accord.break_glass(uuid, uuid, text, text, text, bigint, timestamptz, timestamptz, date)",
        ),
        migrations.RunSQL(GUARD, "drop function accord.guard_emergency()"),
        migrations.RunSQL(
            "create trigger guard_new_emergency before insert on cases_disclosure"
            " for each row when (new.basis = 'emergency') execute function accord.guard_emergency()",
            "drop trigger guard_new_emergency on cases_disclosure",
        ),
        migrations.RunSQL(
            "create trigger guard_emergency before update on cases_disclosure for each row"
            " when (new.basis = 'emergency' or old.basis = 'emergency') execute function accord.guard_emergency()",
            "drop trigger guard_emergency on cases_disclosure",
        ),
        migrations.RunSQL(STANDS, "drop function accord.stands_in_case(uuid)"),
        *(reading_only(table, walls.told(table, walls.STANDING)) for table in WRITTEN),
        reading_only("cases_disclosure", "accord.stands_in_case(case_id)"),
        reading_only(
            "cases_disclosure", f"recipient_id = {ME} or accord.stands_in_case(case_id)", act="update"
        ),
    ]
