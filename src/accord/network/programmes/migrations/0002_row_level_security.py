"""Programmes are open to all; their circle is changed by the operator and by the programme's desk."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

DESK = (
    "exists (select 1 from programmes_programmemember desk"
    " where desk.programme_slug = programmes_programmemember.programme_slug"
    f" and desk.institution_id = {ME} and desk.role = 'desk' and desk.until is null)"
)


class Migration(migrations.Migration):
    """Versions are brought in by the operator, as owner of the tables."""

    dependencies = [("programmes", "0001_initial")]

    operations = [
        protect("programmes_programmeversion", read="true"),
        protect("programmes_programmemember", read="true", insert=DESK, update=DESK),
    ]
