"""Row-level security of contacts: the same rules as for every record. The directory itself is open."""

from importlib import import_module

from django.db import migrations

walls = import_module("accord.casework.cases.migrations._walls")


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_initial"), ("cases", "0005_window")]

    operations = [
        walls.protect_record("employers_employercontact"),
        migrations.RunSQL(
            "grant select on employers_employer to accord_window",
            "revoke all on employers_employer from accord_window",
        ),
    ]
