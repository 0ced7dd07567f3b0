"""The insured person looks at her own case; a record may be written for her, too."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import WINDOW, open_window

walls = import_module("accord.casework.cases.migrations._walls")
RECORDS = ("cases_event", "cases_note", "cases_step", "cases_casedocument")
OF_MY_CASE = f"exists (select 1 from cases_case c where c.id = {WINDOW} and c.person_id = {{column}})"
GIVEN = "exists (select 1 from cases_casedocument k where k.document_id = documents_document.id)"


def read_again(table: str) -> migrations.RunSQL:
    """An audience that is not one's own house alone."""
    wider = walls.record(table)
    narrower = wider.replace("audience <> 'own'", "audience = 'circle'")
    return migrations.RunSQL(
        f"alter policy read on {table} using ({wider})", f"alter policy read on {table} using ({narrower})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_lists"),
        ("journal", "0003_window"),
        ("persons", "0003_search"),
        ("documents", "0002_row_level_security"),
        ("programmes", "0002_row_level_security"),
        ("institutions", "0002_row_level_security"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        *(read_again(table) for table in RECORDS),
        *(open_window(table, walls.FOR_THE_PERSON) for table in RECORDS),
        open_window("cases_case", f"id = {WINDOW}"),
        *(
            open_window(table, walls.OWN_CASE)
            for table in ("cases_participant", "cases_disclosure", "cases_stageentry")
        ),
        open_window("persons_person", OF_MY_CASE.format(column="persons_person.id")),
        open_window("persons_institutionfile", OF_MY_CASE.format(column="persons_institutionfile.person_id")),
        open_window("documents_document", GIVEN),
        *(
            open_window(table)
            for table in ("institutions_institution", "institutions_site", "programmes_programmeversion")
        ),
        migrations.RunSQL(
            "grant select (id, first_name, last_name) on accounts_user to accord_window",
            "revoke all on accounts_user from accord_window",
        ),
    ]
