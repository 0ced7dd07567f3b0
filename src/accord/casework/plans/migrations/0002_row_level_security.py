"""Row-level security of plans: the same rules as for every record; what is signed by all is moved by all."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, protect

walls = import_module("accord.casework.cases.migrations._walls")
READERS = walls.told("plans_plan", " and d.categories & 256 > 0")
"""Who reads the whole plan may move it on: the last signature agrees it, whoever gives it."""


def protect_entry(table: str) -> migrations.RunSQL:
    """A goal or a measure: a record that its owner may take out again."""
    return protect(
        table,
        read=walls.record(table),
        insert=f"owner_id = {ME} and {walls.told(table)}",
        update=f"owner_id = {ME}",
        delete=f"owner_id = {ME}",
        window=walls.FOR_THE_PERSON,
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("cases", "0005_window"), ("employers", "0002_row_level_security")]

    operations = [
        walls.protect_record("plans_plan", update=READERS),
        protect_entry("plans_goal"),
        protect_entry("plans_measure"),
        walls.protect_record("plans_justification"),
        walls.protect_record("plans_plansignature"),
    ]
