"""Row-level security of the diagnosis: the same rules as `policies.py`."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, protect

walls = import_module("accord.casework.cases.migrations._walls")
SECTION, DRAFT = "diagnosis_section", "diagnosis_draft"
VERSION, DIFFERENCE = "diagnosis_version", "diagnosis_difference"
HELD = f"exists (select 1 from {SECTION} s where s.id = {DIFFERENCE}.section_id and s.holder_id = {ME})"


def written(table: str) -> str:
    """By its owner, into a case that it knows of."""
    return f"owner_id = {ME} and {walls.told(table)}"


class Migration(migrations.Migration):
    dependencies = [("diagnosis", "0001_initial"), ("cases", "0006_words")]

    operations = [
        protect(
            SECTION,
            read=walls.told(SECTION),
            insert=walls.told(SECTION),
            update=walls.told(SECTION),
            window=walls.OWN_CASE,
        ),
        protect(
            DRAFT,
            read=walls.record(DRAFT),
            insert=written(DRAFT),
            update=f"owner_id = {ME}",
        ),
        protect(
            VERSION,
            read=walls.record(VERSION),
            insert=written(VERSION),
            window=walls.FOR_THE_PERSON,
        ),
        protect(
            DIFFERENCE,
            read=walls.record(DIFFERENCE),
            insert=written(DIFFERENCE),
            update=f"owner_id = {ME} or {HELD}",
            window=walls.FOR_THE_PERSON,
        ),
    ]
