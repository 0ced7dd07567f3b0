"""A document belongs to the institution that brought it in; `cases` adds who else may read it."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect


class Migration(migrations.Migration):
    """Nobody but the worker changes one: what it examines again, and what it removes."""

    dependencies = [("documents", "0001_initial")]

    operations = [
        protect("documents_document", read=f"institution_id = {ME}", insert=f"institution_id = {ME}"),
    ]
