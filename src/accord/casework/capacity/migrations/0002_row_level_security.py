"""Row-level security of the capacity for work: records, and summaries that nobody edits."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, protect

walls = import_module("accord.casework.cases.migrations._walls")
SUMMARY = "capacity_functionalsummary"


class Migration(migrations.Migration):
    dependencies = [("capacity", "0001_initial"), ("cases", "0006_words")]

    operations = [
        walls.protect_record("capacity_incapacityperiod"),
        protect(
            SUMMARY,
            read=walls.record(SUMMARY),
            insert=f"owner_id = {ME} and {walls.told(SUMMARY)}",
            window=walls.FOR_THE_PERSON,
        ),
    ]
