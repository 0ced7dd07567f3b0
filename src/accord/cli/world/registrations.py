"""Registrations without a case in the bench world: whom the institutions follow alone."""

from __future__ import annotations

from django.db import connection

from accord.cli.world.loading import Progress
from accord.people.persons.models import Person

STEPS = (17, 1_009, 20_011, 90_007)
"""Each person with a case stands for so many without; how far away the one is whose name the other takes."""

ONCE_MORE = """
insert into {table} ({columns})
select {values} from {table} where substr(id::text, 21, 1) = '0' window by_age as (order by id)
"""


def register_others(*, progress: Progress) -> None:
    """Beside each person one more for each step: another's name, her own institution, birth date and place.

    Their keys differ from hers in one digit; none has an AVS number, which stands once in an institution.
    """
    columns = [str(field.column) for field in Person._meta.concrete_fields]
    for number, step in enumerate(STEPS, 1):
        changed = {"id": f"overlay(id::text placing '{number}' from 21 for 1)::uuid", "avs_number": "''"} | {
            name: f"coalesce(lead({name}, {step}) over by_age, {name})"
            for name in ("family_name", "given_names", "birth_name", "name_key")
        }
        with connection.cursor() as cursor:
            cursor.execute(
                ONCE_MORE.format(
                    table=Person._meta.db_table,
                    columns=", ".join(columns),
                    values=", ".join(changed.get(name, name) for name in columns),
                )
            )
        progress(number, len(STEPS), "registrations")
