"""Search also finds the persons whose identity is disclosed to the acting institution now."""

from django.db import migrations

PERSON_SEEN = """
create or replace view accord.person_seen as
select p.id, string_to_array(p.name_key, ' ') as words, p.avs_number from persons_person p
where p.institution_id = (select accord.institution()) {or_disclosed}
"""

OR_DISCLOSED = """
or exists (select 1 from cases_disclosure d
  where d.person_id = p.id and d.recipient_id = (select accord.institution())
    and d.valid_from <= statement_timestamp() and d.valid_until > statement_timestamp()
    and d.categories & 1 > 0)
"""

NEAR_PERSONS = """
create or replace function accord.near_persons(most int) returns uuid[] language sql stable
set enable_bitmapscan = off set enable_seqscan = off set search_path = public, pg_temp as $$
  select array(
    select id from (
      (select id from persons_person where institution_id = accord.institution() limit most)
      {and_told}
    ) near limit most)
$$
"""

AND_TOLD = """
union all
(select person_id from cases_disclosure
  where recipient_id = accord.institution() and basis = 'party' limit most)
"""


class Migration(migrations.Migration):
    """Whoever is shown something of a person also has the row `party` of her case: it is the way to her."""

    dependencies = [("cases", "0002_row_level_security"), ("persons", "0003_search")]

    operations = [
        migrations.RunSQL(
            PERSON_SEEN.format(or_disclosed=OR_DISCLOSED), PERSON_SEEN.format(or_disclosed="")
        ),
        migrations.RunSQL(NEAR_PERSONS.format(and_told=AND_TOLD), NEAR_PERSONS.format(and_told="")),
    ]
