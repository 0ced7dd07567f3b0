"""Search by name: a vocabulary of the words that names are made of, and functions that filter by themselves.

Under row-level security no trigram or array operator may use its index (they are not leakproof). So the
owner's functions do it, and answer with persons that the acting institution may know. What it may know is
said by one view and one function, which the cases replace to add those of whom it was told.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import F, Func, Value

SPELLINGS = """
create function accord.spellings(word text) returns text[] language sql immutable parallel safe as $$
  select word || array_agg(distinct left(word, i - 1) || substr(word, i + 1))
  from generate_series(1, length(word)) i
$$
"""

GATHER = """
create function accord.gather_words() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into persons_nameword (word)
  select distinct word from added, unnest(string_to_array(name_key, ' ')) word order by word
  on conflict do nothing;
  return null;
end $$
"""

PERSON_SEEN = """
create or replace view accord.person_seen as
select p.id, string_to_array(p.name_key, ' ') as words, p.avs_number from persons_person p
where p.institution_id = (select accord.institution())
"""

NEAR_PERSONS = """
create or replace function accord.near_persons(most int) returns uuid[] language sql stable
set enable_bitmapscan = off set enable_seqscan = off set search_path = public, pg_temp as $$
  select array(select id from persons_person where institution_id = accord.institution() limit most)
$$
"""

READINGS = """
create function accord.readings(asked text, tier int) returns text[] language plpgsql stable
set search_path = public, pg_temp as $$
begin
  return case
    when tier = 1 then array[asked]
    when length(asked) < 3 then '{}'
    when tier = 2 then array(
      select word from persons_nameword where word >= asked and word < asked || chr(1114111)
      order by length(word) limit 100)
    when tier = 3 then array(
      select word from persons_nameword where accord.spellings(word) && accord.spellings(asked))
    else array(
      select word from persons_nameword where word % asked order by similarity(word, asked) desc limit 30)
  end;
end $$
"""

SEARCH = """
create function accord.search_persons(q text, most int)
returns table (person_id uuid, likeness real) rows 25
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  many constant int := 2000;
  small constant int := 10000;
  asked text[] := array(
    select w from unnest(string_to_array(q, ' ')) w group by w order by length(w) desc, w limit 4);
  r1 text[] := '{}'; r2 text[] := '{}'; r3 text[] := '{}'; r4 text[] := '{}';
  named uuid[]; near uuid[]; seen uuid[] := '{}';
begin
  if q ~ '^[0-9]{13}$' then
    return query select s.id, 1::real from accord.person_seen s where s.avs_number = q limit most;
    return;
  end if;
  if asked = '{}' then return; end if;
  -- as typed, then as a beginning, then with one error in a word, then whatever looks like it
  for tier in 1..4 loop
    r1 := r1 || accord.readings(asked[1], tier);
    r2 := case when asked[2] is null then r1 else r2 || accord.readings(asked[2], tier) end;
    r3 := case when asked[3] is null then r1 else r3 || accord.readings(asked[3], tier) end;
    r4 := case when asked[4] is null then r1 else r4 || accord.readings(asked[4], tier) end;
    if near is null then
      named := array(
        select p.id from persons_person p
        where string_to_array(p.name_key, ' ') && r1 and string_to_array(p.name_key, ' ') && r2
          and string_to_array(p.name_key, ' ') && r3 and string_to_array(p.name_key, ' ') && r4
        limit many);
      if cardinality(named) = many then near := accord.near_persons(small + 1); end if;
    end if;
    if near is null then
      seen := array(select s.id from accord.person_seen s where s.id = any(named));
    elsif cardinality(near) <= small then
      -- a common name in a small institution: look through its own persons, once
      continue when tier < 3;
      seen := array(
        select distinct s.id from unnest(near) n(id) cross join lateral (
          select p.id from accord.person_seen p
          where p.id = n.id and p.words && r1 and p.words && r2 and p.words && r3 and p.words && r4
          offset 0) s);
    else
      -- a common name in a large institution: the first that it may know are soon found
      seen := seen || array(
        select s.id from accord.person_seen s
        where s.words && r1 and s.words && r2 and s.words && r3 and s.words && r4 and s.id <> all(seen)
        limit case tier when 1 then most else 2 * most end);
    end if;
    exit when cardinality(seen) >= 10 or (tier = 3 and seen <> '{}');
  end loop;
  return query
    select p.id, (
        select avg(b.best) from (
          select max(similarity(a, w)) as best
          from unnest(asked) a, unnest(string_to_array(p.name_key, ' ')) w group by a) b)::real as l
    from persons_person p where p.id = any(seen) order by l desc, p.id limit most;
end $$
"""

CLOSED = ("accord.search_persons(text, int)", "accord.near_persons(int)", "accord.readings(text, int)")


class Migration(migrations.Migration):
    """The vocabulary holds words, not persons; nobody reads it but these functions."""

    dependencies = [("persons", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(SPELLINGS, "drop function accord.spellings(text)"),
        migrations.CreateModel(
            name="NameWord",
            fields=[("word", models.TextField(db_collation="C", primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        Func(F("word"), function="accord.spellings"), name="nameword_by_spelling"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="nameword_by_look", opclasses=["gin_trgm_ops"]
                    ),
                ]
            },
        ),
        migrations.RunSQL(
            [
                "alter table persons_nameword enable row level security",
                "revoke all on persons_nameword from accord_app, accord_worker",
            ],
            [
                "grant select, insert, update, delete on persons_nameword to accord_app, accord_worker",
                "alter table persons_nameword disable row level security",
            ],
        ),
        migrations.RemoveIndex(model_name="person", name="person_by_name"),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                Func(F("name_key"), Value(" "), function="string_to_array"), name="person_by_word"
            ),
        ),
        migrations.RunSQL(
            "insert into persons_nameword (word) select distinct unnest(string_to_array(name_key, ' '))"
            " from persons_person",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(GATHER, "drop function accord.gather_words()"),
        *(
            migrations.RunSQL(
                f"create trigger gather_words_{event} after {event} on persons_person"
                " referencing new table as added for each statement execute function accord.gather_words()",
                f"drop trigger gather_words_{event} on persons_person",
            )
            for event in ("insert", "update")
        ),
        migrations.RunSQL(PERSON_SEEN, "drop view accord.person_seen"),
        migrations.RunSQL(NEAR_PERSONS, "drop function accord.near_persons(int)"),
        migrations.RunSQL(READINGS, "drop function accord.readings(text, int)"),
        migrations.RunSQL(SEARCH, "drop function accord.search_persons(text, int)"),
        migrations.RunSQL(
            [
                *(f"revoke all on function {name} from public" for name in CLOSED),
                "grant execute on function accord.search_persons(text, int) to accord_app",
            ],
            migrations.RunSQL.noop,
        ),
    ]
