"""Build the bench world: a large network and its cases, invented, reproducible from a seed, poured by COPY."""

from __future__ import annotations

from random import Random

from django.db import connection, transaction

from accord.casework.cases.models import Case, Disclosure
from accord.casework.durations.models import Cell
from accord.casework.durations.services import calculate_now
from accord.cli.world.chronicle import Chronicle
from accord.cli.world.circles import SHARES, Network
from accord.cli.world.loading import Progress, bare
from accord.cli.world.registrations import register_others
from accord.config.embedded import Unavailable
from accord.network.programmes.selectors import current_programme
from accord.network.programmes.services import load_definitions
from accord.people.persons.models import Person

CHUNK = 10_000


def build_bench(*, progress: Progress, cases: int = 1_000_000, seed: int = 2026) -> None:
    """Generate the bench world into a database without cases, as the owner of its tables; all or nothing.

    Raises `Unavailable` when there are cases already.
    """
    if Case.objects.exists() or Person.objects.exists():
        raise Unavailable("There are cases in this database already: a bench world needs an empty one.")
    random = Random(seed)  # noqa: S311 -- a fictional world, not a secret
    tables = Chronicle.table_names()
    silent = [Disclosure._meta.db_table]
    with (
        transaction.atomic(),
        bare(tables, silent=silent, progress=progress),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"truncate {', '.join(tables)} cascade")
        load_definitions(folders=[])
        network = Network(random, [current_programme(slug) for slug in SHARES])
        for table in network.write(random, cases):
            table.pour(frozen=False)
        chronicle = Chronicle(seed, network, cases)
        for start in range(0, cases, CHUNK):
            chronicle.write(range(start, min(start + CHUNK, cases)))
            progress(min(start + CHUNK, cases), cases, "cases")
        register_others(progress=progress)
        cursor.execute("select setval('cases_number', %s)", [cases])
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        for done, slug in enumerate(SHARES, 1):
            calculate_now(slug)
            progress(done, len(SHARES), "durations")
        cursor.execute(f"analyze {Cell._meta.db_table}")
