"""Pairs, merges and questions belong to one institution; fingerprints to nobody: functions compare them.

Each function of the owner checks by itself for whom it works: an institution acts on the persons whom it
registered, and learns of the others nothing but the circle in which one of them also follows her.
"""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

DEFINER = "security definer set search_path = public, pg_temp"

FOLLOWED = """
create or replace view accord.followed as
select person_id, institution_id from persons_institutionfile where closed_on is null
"""

CIRCLE_SEAT = """
create view accord.circle_seat as
with open_to as materialized (
  -- a programme without any seat is open to the kinds that it names; each is read once
  select v.slug, seat ->> 'kind' as kind from programmes_programmeversion v
  cross join lateral jsonb_array_elements(v.content::jsonb -> 'circle') seat
  where v.is_current and not exists (
    select 1 from programmes_programmemember m where m.programme_slug = v.slug and m.until is null))
select m.programme_slug as slug, m.institution_id from programmes_programmemember m
join institutions_institution i on i.id = m.institution_id and i.is_active
where m.until is null
union
select o.slug, i.id from open_to o join institutions_institution i on i.kind = o.kind and i.is_active
"""

IS_TRUSTED = """
create function accord.is_trusted() returns boolean language sql stable as $$
  select current_setting('role', true) = 'accord_worker'
    or (coalesce(current_setting('role', true), 'none') = 'none' and session_user = current_user)
$$
"""

CHECK_REGISTERED = """
create function accord.check_registered(persons uuid[]) returns void language plpgsql stable as $$
begin
  if not accord.is_trusted() and exists (
    select 1 from unnest(persons) asked left join persons_person p on p.id = asked
    where p.institution_id is distinct from accord.institution())
  then
    raise exception 'these persons were registered by another institution'
      using errcode = 'insufficient_privilege';
  end if;
end $$
"""

KEEP_FINGERPRINTS = f"""
create function accord.keep_fingerprints(
  persons uuid[], versions int[], current_key int, owners uuid[], kinds text[], keys int[], digests bytea[])
returns void language plpgsql {DEFINER} as $$
begin
  perform accord.check_registered(persons);
  delete from matching_fingerprint where person_id = any(persons) and
    (key_version = any(keys) or key_version = current_key or cardinality(keys) = 0);
  insert into matching_fingerprint (id, person_id, institution_id, kind, key_version, digest)
  select gen_random_uuid(), p.id, p.institution_id, f.kind, f.key, f.digest
  from unnest(owners, kinds, keys, digests) f(owner, kind, key, digest)
  join persons_person p on p.id = f.owner and p.id = any(persons)
  where f.key = current_key or exists (select 1 from matching_look where key_version = f.key);
  insert into matching_look (person_id, compared_version, fingerprinted_version, key_version)
  select l.person, 0, l.version, current_key from unnest(persons, versions) l(person, version)
  on conflict (person_id) do update
    set fingerprinted_version = excluded.fingerprinted_version, key_version = excluded.key_version;
end $$
"""

DROP_OLD_FINGERPRINTS = f"""
create function accord.drop_old_fingerprints(current_key int, most int) returns int
language plpgsql {DEFINER} as $$
declare dropped int;
begin
  if not accord.is_trusted() then
    raise exception 'only the worker drops fingerprints' using errcode = 'insufficient_privilege';
  end if;
  delete from matching_fingerprint where id in (
    (select id from matching_fingerprint where key_version < current_key limit most)
    union all (select id from matching_fingerprint where key_version > current_key limit most));
  get diagnostics dropped = row_count;
  return dropped;
end $$
"""

ASK = f"""
create function accord.ask_who_follows(her uuid, question uuid, at timestamptz, hourly int, daily int, house_daily int)
returns table (verdict text, circles text[], refusals int) language plpgsql {DEFINER}
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  house constant uuid := accord.institution();
  somebody constant uuid := accord.acting_user();
  asked_hour int; asked_day int; asked_house int; refused_day int; is_ours boolean;
begin
  if house is null or somebody is null or not exists (
    select 1 from persons_person p where p.id = her and p.institution_id = house and p.merged_into_id is null)
  then
    return;
  end if;
  -- one question of an institution after the other: two at once would both be the last
  perform pg_advisory_xact_lock(hashtextextended('questions ' || house, 0));
  select count(*) filter (where q.verdict <> 'refused' and q.asked_at > at - interval '1 hour'),
    count(*) filter (where q.verdict <> 'refused'), count(*) filter (where q.verdict = 'refused')
  into asked_hour, asked_day, refused_day
  from matching_question q where q.user_id = somebody and q.asked_at > at - interval '1 day';
  select count(*) into asked_house from matching_question q
  where q.institution_id = house and q.asked_at > at - interval '1 day' and q.verdict <> 'refused';
  with seats as materialized (select slug, institution_id from accord.circle_seat)
  select exists (select 1 from accord.followed w where w.person_id = her and w.institution_id = house),
    coalesce((
      select array_agg(distinct v.slug || ' ' || v.version order by v.slug || ' ' || v.version)
      from matching_fingerprint f
      join matching_fingerprint o on o.digest = f.digest and o.kind = f.kind
        and o.key_version = f.key_version and o.institution_id <> f.institution_id
      join accord.followed w on w.person_id = o.person_id and w.institution_id = o.institution_id
      join seats theirs on theirs.institution_id = o.institution_id
      join seats ours on ours.slug = theirs.slug and ours.institution_id = house
      join programmes_programmeversion v on v.slug = ours.slug and v.is_current
      where f.person_id = her and not exists (
        -- the same names and date, but two AVS numbers: two persons
        select 1 from matching_fingerprint fa
        join matching_fingerprint oa on oa.person_id = o.person_id and oa.kind = 'avs'
          and oa.key_version = fa.key_version and oa.digest <> fa.digest
        where fa.person_id = her and fa.kind = 'avs')
    ), '{{}}')
  into is_ours, circles;
  verdict := case
    when asked_hour >= hourly or asked_day >= daily or asked_house >= house_daily then 'refused'
    when not is_ours then 'unfollowed'
    when circles = '{{}}' then 'nobody'
    else 'followed' end;
  if verdict <> 'followed' then circles := '{{}}'; end if;
  refusals := refused_day + (verdict = 'refused')::int;
  insert into matching_question (id, user_id, institution_id, person_id, asked_at, verdict)
  values (question, somebody, house, her, at, verdict);
  return next;
end $$
"""

NEAR_TWINS = f"""
create function accord.near_twins(names jsonb, her_words text[], births text[], numbers text[], most int)
returns setof uuid language plpgsql stable {DEFINER} as $$
declare
  house constant uuid := accord.institution();
  found uuid[]; name text[];
begin
  found := array(select p.id from persons_person p where p.avs_number = any(numbers) limit most)
    || array(
      select p.id from persons_person p
      where p.birth_date = any(births) and string_to_array(p.name_key, ' ') && her_words limit 10 * most);
  for name in select string_to_array(n, ' ') from jsonb_array_elements_text(names) n loop
    -- a common name: one's own persons first, then as many others as are soon looked through
    found := found
      || array(
        select p.id from persons_person p
        where string_to_array(p.name_key, ' ') @> name and p.institution_id = house limit most)
      || array(select p.id from persons_person p where string_to_array(p.name_key, ' ') @> name limit 5 * most);
  end loop;
  return query select s.id from accord.person_seen s where s.id = any(found);
end $$
"""

MOVE_FILES = f"""
create function accord.move_files(source uuid, target uuid, only_these uuid[]) returns uuid[]
language plpgsql {DEFINER} as $$
declare moved uuid[];
begin
  perform accord.check_registered(array[source, target]);
  with m as (
    update persons_institutionfile set person_id = target
    where person_id = source and (only_these is null or id = any(only_these)) returning id)
  select coalesce(array_agg(id), '{{}}') into moved from m;
  return moved;
end $$
"""

FUNCTIONS = {
    "keep_fingerprints(uuid[], int[], int, uuid[], text[], int[], bytea[])": "accord_app, accord_worker",
    "drop_old_fingerprints(int, int)": "accord_worker",
    "ask_who_follows(uuid, uuid, timestamptz, int, int, int)": "accord_app",
    "near_twins(jsonb, text[], text[], text[], int)": "accord_app",
    "move_files(uuid, uuid, uuid[])": "accord_app",
}
"""Who may call which."""
WORK = "select, insert, update, delete"


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
        ("persons", "0004_merged"),
        ("programmes", "0002_row_level_security"),
    ]

    operations = [
        protect(
            "matching_pair",
            read=f"institution_id = {ME}",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
        ),
        protect(
            "matching_merge",
            read=f"institution_id = {ME}",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
        ),
        protect("matching_question", read=f"institution_id = {ME}"),
        protect("matching_look", read="false"),
        migrations.RunSQL(
            [
                "alter table matching_fingerprint enable row level security",
                "revoke all on matching_fingerprint from accord_app, accord_worker",
            ],
            [
                f"grant {WORK} on matching_fingerprint to accord_app, accord_worker",
                "alter table matching_fingerprint disable row level security",
            ],
        ),
        migrations.RunSQL(FOLLOWED, "drop view accord.followed"),
        migrations.RunSQL(CIRCLE_SEAT, "drop view accord.circle_seat"),
        migrations.RunSQL(IS_TRUSTED, "drop function accord.is_trusted()"),
        migrations.RunSQL(CHECK_REGISTERED, "drop function accord.check_registered(uuid[])"),
        *(
            migrations.RunSQL(
                [
                    create,
                    f"revoke all on function accord.{signature} from public",
                    f"grant execute on function accord.{signature} to {callers}",
                ],
                f"drop function accord.{signature}",
            )
            for create, (signature, callers) in zip(
                (KEEP_FINGERPRINTS, DROP_OLD_FINGERPRINTS, ASK, NEAR_TWINS, MOVE_FILES),
                FUNCTIONS.items(),
                strict=True,
            )
        ),
    ]
