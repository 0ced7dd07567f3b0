"""`accord`, the one program."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import nullcontext

from accord.cli.terminal import Terminal
from accord.config import environment
from accord.config.embedded import Unavailable, database_at_hand

EPILOG = "Settings come from environment variables: docs/reference/settings.md has the table."


def parser() -> argparse.ArgumentParser:
    """The commands, each with its sentence."""
    program = argparse.ArgumentParser(prog="accord", description=__doc__, epilog=EPILOG)
    commands = program.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=sentence, description=sentence, epilog=EPILOG)

    demo = command(
        "demo", "Run everything on this machine: a database of its own, an invented world, the pages."
    )
    demo.add_argument(
        "--port", type=int, metavar="N", help="port of the pages; the next free one if it is busy"
    )
    demo.add_argument("--reset", action="store_true", help="remove the previous demo first, and start over")

    serve = command(
        "serve", "Serve the pages on ACCORD_HOST and ACCORD_PORT, with the login of DATABASE_URL."
    )
    worker = command("worker", "Do the jobs that wait (mail, reminders, expiry), with DATABASE_WORKER_URL.")
    for child in (serve, worker):
        child.add_argument("--follow-parent", action="store_true", help=argparse.SUPPRESS)

    command("migrate", "Bring the tables up to date, with the login of DATABASE_OWNER_URL.")

    world = command("world", "Fill an empty database with an invented world, to try or to measure.")
    world.add_argument(
        "size", choices=("demo", "bench"), help="the demo's people and cases, or a large world"
    )
    world.add_argument("--cases", type=int, metavar="N", help="number of cases of the bench world")
    world.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same bench world")

    check = command("check", "Check the configuration: one sentence per finding, 1 when one is an error.")
    check.add_argument(
        "--migrations", action="store_true", help="play the migrations on a throw-away database instead"
    )
    from accord.cli.invoices import add_commands

    add_commands(command)
    fingerprints = command(
        "fingerprints", "Recompute the fingerprints under a new key, in batches; what was stopped goes on."
    )
    fingerprints.add_argument("act", choices=("rotate",), help="recompute all, then drop the former key's")
    mail_door = command(
        "mail-door",
        "Refuse mails with attachments politely, with the way to the e-channel; takes nothing in.",
    )
    mail_door.add_argument("--port", type=int, required=True, metavar="N", help="port to listen on")
    mail_door.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; this machine only if not given"
    )
    mail_door.add_argument("--lmtp", action="store_true", help="speak LMTP with a local mail server")
    codes = command(
        "icd10", "Load a list of ICD-10 codes: the official ClaML file, or lines of code;title;language."
    )
    codes.add_argument("act", choices=("load",), help="take the file in, and search it from now on")
    codes.add_argument("file", metavar="FILE", help="the list")
    codes.add_argument(
        "--release", metavar="NAME", help="its name and year; the name of the file if not given"
    )
    codes.add_argument("--language", default="fr", choices=("fr", "de", "it", "en"), help="of its titles")
    command("reference", "Write docs/reference from the code itself; for developers.")
    command("messages", "Collect the texts of the code into the catalogues of translations; for developers.")
    return program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; trouble that we foresee is a sentence, not a trace."""
    wishes = parser().parse_args(arguments)
    terminal = Terminal()
    try:
        if wishes.command in ("invoices", "schemas"):
            from accord.cli import invoices

            return invoices.run(wishes, terminal)
        return _run(wishes, terminal)
    except Unavailable as trouble:
        terminal.say(str(trouble))
        return 1
    except KeyboardInterrupt:
        return 130


def _run(wishes: argparse.Namespace, terminal: Terminal) -> int:
    from accord.cli import commands

    if getattr(wishes, "follow_parent", False):
        from accord.cli.children import follow_parent

        follow_parent()
    match wishes.command:
        case "demo":
            from accord.cli.demo import run_demo

            run_demo(terminal, port=wishes.port, reset=wishes.reset)
        case "reference":
            commands.write_reference(terminal)
        case "messages":
            commands.collect_messages(terminal)
        case "check" if wishes.migrations:
            from accord.cli.migrations import check_migrations

            return check_migrations(terminal)
        case "check":
            with database_at_hand() if environment.mode() != "production" else nullcontext():
                return commands.check(terminal)
        case _:
            with database_at_hand():
                _act_on_database(wishes, terminal)
    return 0


def _act_on_database(wishes: argparse.Namespace, terminal: Terminal) -> None:
    from accord.cli import commands

    match wishes.command:
        case "serve":
            commands.serve()
        case "worker":
            commands.work()
        case "migrate":
            commands.migrate(terminal)
        case "world":
            commands.build_world(terminal, wishes.size, cases=wishes.cases, seed=wishes.seed)
        case "fingerprints":
            commands.rotate_fingerprints(terminal)
        case "mail-door":
            commands.keep_mail_door(terminal, wishes.host, wishes.port, is_local_delivery=wishes.lmtp)
        case "icd10":
            release = wishes.release or ""
            commands.load_codes(terminal, wishes.file, release=release, language=wishes.language)
