"""The person's hand, and who sees letters and requests: the same rules as `policies.py`."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, WINDOW, lend_hand, open_window, protect

walls = import_module("accord.casework.cases.migrations._walls")

HAND = """
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'accord_hand') then
    begin
      create role accord_hand nologin;
      grant accord_hand to current_user;
      grant accord_app to accord_hand;
    exception
      when duplicate_object or unique_violation then
        null;
      when insufficient_privilege then
        raise exception 'The role accord_hand is missing and % may not create it.', current_user
          using errcode = 'insufficient_privilege',
                hint = 'As an administrator of the database: create role accord_hand nologin;'
                  ' grant accord_app to accord_hand; then grant accord_hand to the login of the web server.';
    end;
  end if;
end $$
"""

CASE_OF_LETTER = """
create function accord.case_of_letter(wanted text) returns uuid language sql stable security definer
set search_path = public, pg_temp as
$$ select case_id from window_letter where number = wanted $$
"""

OF_LETTER = "exists (select 1 from window_letter l where l.id = window_code.letter_id)"
LED = "exists (select 1 from cases_case c where c.id = window_personrequest.case_id and c.lead_id = {me})".format(
    me=ME
)
OF_MY_CONSENT = f"exists (select 1 from consents_consent c where c.id = consents_grant.consent_id and c.case_id = {WINDOW})"
OF_MY_CASE = f"exists (select 1 from cases_case c where c.id = {WINDOW} and c.person_id = persons_person.id)"
MINE = walls.OWN_CASE


class Migration(migrations.Migration):
    """What she asks for is done by her hand: a role that touches the rows of her case, and no other."""

    dependencies = [
        ("window", "0001_initial"),
        ("cases", "0005_window"),
        ("consents", "0002_row_level_security"),
    ]

    operations = [
        migrations.RunSQL(HAND, migrations.RunSQL.noop),
        protect(
            "window_letter",
            read=walls.told("window_letter"),
            insert=f"issued_by_id = {ME} and {walls.told('window_letter')}",
            update=walls.told("window_letter"),
            window=MINE,
        ),
        protect("window_code", read=OF_LETTER, insert=OF_LETTER),
        protect("window_personrequest", read=LED, update=LED, window=MINE),
        migrations.RunSQL(
            [CASE_OF_LETTER, "revoke execute on function accord.case_of_letter(text) from public",
             "grant execute on function accord.case_of_letter(text) to accord_app"],
            "drop function accord.case_of_letter(text)",
        ),
        open_window("consents_consent", MINE),
        open_window("consents_grant", OF_MY_CONSENT),
        open_window("consents_consenttext"),
        lend_hand("window_letter", MINE),
        lend_hand("window_code", OF_LETTER),
        lend_hand("window_personrequest", MINE),
        lend_hand("cases_case", f"id = {WINDOW}"),
        lend_hand("cases_participant", MINE, writes=False),
        lend_hand("cases_disclosure", MINE),
        lend_hand("cases_event", MINE),
        lend_hand("consents_consent", MINE),
        lend_hand("consents_grant", OF_MY_CONSENT),
        lend_hand("persons_person", OF_MY_CASE, writes=False),
    ]
