"""What each command does. Django is set up inside, so that `accord --help` answers at once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from accord.cli.terminal import Terminal
from accord.config import environment
from accord.config.embedded import Unavailable

if TYPE_CHECKING:
    from accord.config.check import Finding

BUILDING = "the demo world is being built"
BUILT = "the demo world"
WAITING_JOBS_SECONDS = 15


def set_up_django() -> None:
    """Load the settings and the apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
    import django

    django.setup()


def serve() -> None:
    """Serve the pages until told to stop; requests that have begun are answered first."""
    os.environ["ACCORD_LOGIN"] = "web"
    _refuse_faulty_production()
    collect_static_files()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "accord.config.wsgi:application",
        address=environment.read("ACCORD_HOST"),
        port=environment.number("ACCORD_PORT"),
        interface=Interfaces.WSGI,
        workers=environment.number("ACCORD_WORKERS"),
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def collect_static_files() -> None:
    """Lay out what the pages load (styles, fonts, icons), compressed, in the state folder."""
    set_up_django()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def work() -> None:
    """Do the jobs until told to stop; jobs that have begun are finished first."""
    os.environ["ACCORD_LOGIN"] = "worker"
    _refuse_faulty_production()
    set_up_django()
    from django.core.management import call_command

    call_command("procrastinate", "worker", f"--shutdown-graceful-timeout={WAITING_JOBS_SECONDS}")


def keep_mail_door(terminal: Terminal, host: str, port: int, *, is_local_delivery: bool) -> None:
    """Refuse mails until told to stop."""
    os.environ["ACCORD_LOGIN"] = "worker"
    _refuse_faulty_production()
    set_up_django()
    import signal
    from threading import Event

    from accord.purchasing.measures.services.door import door

    told = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    listener = door(host, port, is_local_delivery=is_local_delivery)
    try:
        listener.start()
    except OSError as trouble:
        raise Unavailable(f"Nobody can listen on {host}:{port}: {trouble}") from trouble
    terminal.say(f"The mail door listens on {host}:{port}.")
    told.wait()
    listener.stop()


def migrate(terminal: Terminal) -> None:
    """Bring the tables up to date, as their owner, compile the translations, load the programmes."""
    os.environ["ACCORD_LOGIN"] = "owner"
    set_up_django()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from accord.config.catalogues import compile_stale_catalogues

    _reach_the_database()
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        terminal.say(f"Bringing the tables up to date ({missing} migrations)…")
    call_command("migrate", interactive=False, verbosity=0)
    compile_stale_catalogues()
    load_programmes()


def load_programmes() -> None:
    """Load the programmes, ours and the operator's; a fault is a sentence with its file and line."""
    from accord.network.programmes.services import Faulty, load_definitions

    try:
        load_definitions()
    except Faulty as faulty:
        raise Unavailable("\n".join(str(fault) for fault in faulty.faults)) from faulty


def _reach_the_database() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as trouble:
        raise Unavailable(f"The database cannot be reached: {str(trouble).strip()}") from trouble


def build_demo_world(terminal: Terminal) -> None:
    """Build the demo world, unless it is there."""
    if _comment() == BUILT:
        return
    terminal.say("Building the demo world: institutions, people and cases, all invented…")
    _set_comment(BUILDING)
    _world().build_demo(progress=terminal.progress)
    _set_comment(BUILT)


def build_world(terminal: Terminal, size: str, *, cases: int | None, seed: int | None) -> None:
    """Build the demo world or a bench world of a given size, in a database that is up to date."""
    migrate(terminal)
    if size == "demo":
        if world_is_half_built():
            raise Unavailable("The demo world was interrupted while it was built: run `make demo-reset`.")
        build_demo_world(terminal)
        return
    wishes = {name: value for name, value in (("cases", cases), ("seed", seed)) if value is not None}
    _world().build_bench(progress=terminal.progress, **wishes)


def world_is_half_built() -> bool:
    """Say whether the building of the demo world was interrupted."""
    return _comment() == BUILDING


def personas() -> Iterable[str]:
    """The people as whom one can sign in to the demo, one line each."""
    return [str(persona) for persona in _world().personas()]


def disconnect() -> None:
    """Leave the database."""
    from django.db import connections

    connections.close_all()


def rotate_fingerprints(terminal: Terminal) -> None:
    """Recompute the fingerprints under the current key, with the login of the worker; both answer meanwhile."""
    os.environ["ACCORD_LOGIN"] = "worker"
    set_up_django()
    from accord.people.matching.services import NoKey, rotate

    _reach_the_database()
    try:
        done = rotate(progress=terminal.progress)
    except NoKey as none_given:
        raise Unavailable("ACCORD_FINGERPRINT_KEYS is empty: there is no key to change to.") from none_given
    terminal.say(
        f"Fingerprints of {done.recomputed} persons now stand under key {done.key_version};"
        f" {done.dropped} of former keys were dropped. Remove the former key from the settings."
    )


def load_codes(terminal: Terminal, file: str, *, release: str, language: str) -> None:
    """Take in a list of ICD-10 codes, with the login of the worker; it is the one that is searched from now on."""
    os.environ["ACCORD_LOGIN"] = "worker"
    set_up_django()
    from pathlib import Path

    from accord.casework.medical.rules.icd10 import Unreadable
    from accord.casework.medical.services.codes import load_codes as take_in
    from accord.kernel.actors import WORKER
    from accord.kernel.database import acting_as

    _reach_the_database()
    path = Path(file)
    try:
        with acting_as(WORKER):
            count = take_in(
                by=WORKER, data=path.read_bytes(), release=release or path.stem[:40], language=language
            )
    except OSError as trouble:
        raise Unavailable(f"{file} cannot be read: {trouble.strerror}.") from trouble
    except Unreadable as trouble:
        raise Unavailable(f"{file} is no list of codes: {trouble}.") from trouble
    terminal.say(f"{count} codes are searched from now on.")


def write_reference(terminal: Terminal) -> None:
    """Write docs/reference, in the folder from which the command runs."""
    set_up_django()
    from pathlib import Path

    from accord.cli.reference import write_pages

    changed = write_pages(Path("docs/reference"))
    terminal.say(f"Changed: {', '.join(changed)}." if changed else "The reference was up to date.")


def collect_messages(terminal: Terminal) -> None:
    """Bring the catalogues up to date with the texts of the code (needs GNU gettext)."""
    set_up_django()
    from contextlib import chdir
    from pathlib import Path

    from django.conf import settings
    from django.core.management import call_command

    with chdir(Path(__file__).parents[1]):
        call_command(
            "makemessages",
            locale=[code for code, _name in settings.LANGUAGES],
            extensions=["html", "py", "txt"],
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )
    terminal.say("The catalogues hold the texts of the code; translate what is empty or marked fuzzy.")


def check(terminal: Terminal) -> int:
    """Say one sentence per finding about the configuration; give 1 when one of them is an error."""
    set_up_django()
    from accord.config.check import findings

    found = list(dict.fromkeys([*_django_findings(), *findings()]))
    for finding in found:
        terminal.say(f"{'Error' if finding.is_error else 'Note'}: {finding.sentence}")
    errors = sum(finding.is_error for finding in found)
    terminal.say(f"Errors to mend first: {errors}." if errors else "Accord can run like this.")
    return 1 if errors else 0


def _refuse_faulty_production() -> None:
    """Production does not start insecure; a database that is only away for a moment is no reason."""
    if environment.mode() != "production":
        return
    set_up_django()
    errors = [finding.sentence for finding in _django_findings() if finding.is_error]
    if errors:
        raise Unavailable("\n".join([*errors, "Accord does not start like this."]))


def _django_findings() -> list[Finding]:
    """What Django's own checks find, and those that we registered with it."""
    from django.core.checks import ERROR, run_checks

    from accord.config.check import Finding

    return [
        Finding(
            message.level >= ERROR, " ".join(filter(None, [_place(message.obj), message.msg, message.hint]))
        )
        for message in run_checks(include_deployment_checks=environment.mode() == "production")
        if not message.is_silenced()
    ]


def _place(subject: object) -> str:
    """Where a finding lies, when it names a file and a line."""
    return f"{subject}:" if isinstance(subject, str) else ""


def _world() -> ModuleType:
    return import_module("accord.cli.world")


def _comment() -> str | None:
    """What the database says of itself: the mark of a whole or a half-built world goes with the data."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        )
        row = cursor.fetchone()
        return str(row[0]) if row and row[0] else None


def _set_comment(text: str) -> None:
    from django.db import connection
    from psycopg import sql

    name = sql.Identifier(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        statement = sql.SQL("comment on database {} is {}").format(name, sql.Literal(text))
        cursor.execute(statement.as_string())
