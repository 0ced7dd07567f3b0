"""Her hand signs the plan that her eyes read."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import lend_hand

walls = import_module("accord.casework.cases.migrations._walls")


class Migration(migrations.Migration):
    """The plan and its parts are read; the signature alone is written."""

    dependencies = [
        ("window", "0002_row_level_security"),
        ("plans", "0002_row_level_security"),
    ]

    operations = [
        *(
            lend_hand(table, walls.FOR_THE_PERSON, writes=False)
            for table in ("plans_plan", "plans_goal", "plans_measure")
        ),
        lend_hand("plans_plansignature", walls.FOR_THE_PERSON),
    ]
