"""Row-level security of clocks and figures: the same rules as `policies.py`. The worker writes them."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, protect

told = import_module("accord.casework.cases.migrations._walls").told


def seated(table: str, extra: str = "") -> str:
    """The institution has a place in the circle of this row's programme today."""
    return (
        "exists (select 1 from programmes_programmemember m"
        f" where m.programme_slug = {table}.programme and m.institution_id = {ME} and m.until is null{extra})"
    )


AT_THE_DESK = seated("durations_cell", " and m.role = 'desk'")


class Migration(migrations.Migration):
    dependencies = [
        ("durations", "0001_initial"),
        ("cases", "0006_words"),
        ("programmes", "0002_row_level_security"),
    ]

    operations = [
        protect("durations_escalation", read=told("durations_escalation")),
        protect(
            "durations_calculation",
            read=seated("durations_calculation"),
            insert=seated("durations_calculation"),
        ),
        protect(
            "durations_cell",
            read=f"{seated('durations_cell')} and (institution_id is null or institution_id = {ME}"
            f" or {AT_THE_DESK})",
        ),
    ]
