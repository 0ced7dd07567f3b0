"""The directory is open to all who work with Accord; each institution changes only its own page."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect


class Migration(migrations.Migration):
    """Institutions and territories are brought in by the operator, as owner of the tables."""

    dependencies = [("institutions", "0001_initial")]

    operations = [
        protect("institutions_territory", read="true"),
        protect("institutions_institution", read="true", update=f"id = {ME}"),
        protect("institutions_institution_territories", read="true"),
        protect(
            "institutions_site",
            read="true",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
            delete=f"institution_id = {ME}",
        ),
        protect(
            "institutions_membership",
            read="true",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
        ),
    ]
