"""A person is seen and corrected by the institution that registered her; the cases add those told of her."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

VISIBLE_PERSON = "exists (select 1 from persons_person p where p.id = persons_institutionfile.person_id)"


class Migration(migrations.Migration):
    """An institution keeps its own file on whomever it may see."""

    dependencies = [("persons", "0001_initial")]

    operations = [
        protect(
            "persons_person",
            read=f"institution_id = {ME}",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
        ),
        protect(
            "persons_institutionfile",
            read=f"institution_id = {ME}",
            insert=f"institution_id = {ME} and {VISIBLE_PERSON}",
            update=f"institution_id = {ME}",
        ),
    ]
