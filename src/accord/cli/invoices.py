"""`accord invoices` and `accord schemas`: check files without a server or a database, and feed the queue."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from accord.cli.terminal import Terminal
from accord.config import environment
from accord.config.embedded import Unavailable, database_at_hand
from accord.purchasing.invoices.rules import Finding, Verdict, check_bytes, check_file, finding
from accord.purchasing.invoices.rules.reading import read_stream
from accord.purchasing.invoices.rules.schemas import NotOfficial, install, installed
from accord.purchasing.invoices.rules.verdicts import ACCEPT

STANDARD_INPUT = "-"
Command = Callable[[str, str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """Declare the two commands with their actions."""
    invoices = command(
        "invoices", "Check electronic invoices 4.5 and 5.0, or hand a folder of them to the worker."
    )
    actions = invoices.add_subparsers(dest="action", required=True, metavar="action")
    check = actions.add_parser("check", help="verdict and findings on files, without a server or a database")
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="file, folder (all *.xml in it), or - for standard input"
    )
    check.add_argument(
        "--json", action="store_true", help="one object for one file, an array of them for several"
    )
    feed = actions.add_parser(
        "import", help="take every *.xml of a folder into the queue; files stay where they are"
    )
    feed.add_argument("folder", type=Path, metavar="DIR")
    feed.add_argument(
        "--office", required=True, metavar="SLUG", help="short name of the AI office that receives them"
    )

    schemas = command("schemas", "Install the official schemas, so that checks ask them, too.")
    actions = schemas.add_subparsers(dest="action", required=True, metavar="action")
    take = actions.add_parser(
        "install", help="copy the official schemas of a folder, if they are the official ones"
    )
    take.add_argument("folder", type=Path, metavar="DIR")


def run(wishes: argparse.Namespace, terminal: Terminal) -> int:
    """Do what was asked; 0 only when all went well and every invoice was accepted."""
    match wishes.command, wishes.action:
        case "invoices", "check":
            return check(wishes.files, as_json=wishes.json)
        case "invoices", "import":
            with database_at_hand():
                return feed_queue(terminal, wishes.folder, wishes.office)
        case _:
            return install_schemas(terminal, wishes.folder)


def check(files: Sequence[str], *, as_json: bool = False) -> int:
    """Say the verdict on each file; 0 only when all are accepted."""
    schemas = environment.schema_dir()
    if as_json:
        told = [verdict.as_json() for verdict in _verdicts(files, schemas)]
        is_one = len(files) == 1 and not Path(files[0]).is_dir()
        _print(json.dumps(told[0] if is_one else told, ensure_ascii=False, indent=2))
        return 0 if all(one["verdict"] == ACCEPT for one in told) else 1
    accepted = total = 0
    for verdict in _verdicts(files, schemas):
        total += 1
        accepted += verdict.is_accepted
        _print("\n".join(_lines_of(verdict)))
    if not installed(schemas):
        _print(
            "The official schemas are not installed (accord schemas install DIR); our own checks stand alone."
        )
    if total > 1:
        _print(f"{accepted} of {total} accepted.")
    return 0 if accepted == total else 1


def install_schemas(terminal: Terminal, folder: Path) -> int:
    """Copy the official schemas to where checks look for them, and say what was found."""
    target = environment.schema_dir()
    try:
        found = install(folder, target)
    except (NotOfficial, OSError) as trouble:
        raise Unavailable(str(trouble)) from trouble
    for one in found:
        what = f"general invoice {one.root} {one.version}" if one.version else "imported by the others"
        terminal.say(f"{one.path.name}: {what}")
    terminal.say(f"Installed in {target}.")
    return 0


def feed_queue(terminal: Terminal, folder: Path, office: str) -> int:
    """Take the files of a folder into the queue of an office, each exactly once."""
    os.environ["ACCORD_LOGIN"] = "worker"
    from accord.cli.commands import set_up_django

    set_up_django()
    from accord.purchasing.invoices.services import UnknownOffice, take_folder

    if not folder.is_dir():
        raise Unavailable(f"{folder} is not a folder.")
    try:
        taken = take_folder(folder, office=office, progress=terminal.progress)
    except UnknownOffice as unknown:
        raise Unavailable(f"There is no AI office called “{office}”.") from unknown
    terminal.say(f"{taken.new} taken, {taken.known} were here already, {taken.refused} could not be read.")
    return 0


def _verdicts(files: Sequence[str], schemas: Path) -> Iterator[Verdict]:
    for file in files:
        if file == STANDARD_INPUT:
            data = read_stream(sys.stdin.buffer)
            yield (
                Verdict(file, None, (data,))
                if isinstance(data, Finding)
                else check_bytes(data, schemas=schemas)
            )
        elif Path(file).is_dir():
            yield from _verdicts_of_folder(Path(file), schemas)
        else:
            yield check_file(Path(file), schemas=schemas)


def _verdicts_of_folder(folder: Path, schemas: Path) -> Iterator[Verdict]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".xml")
    if not paths:
        yield Verdict(str(folder), None, (finding("file.unreadable", reason="no .xml file in this folder"),))
    for path in paths:
        yield check_file(path, schemas=schemas)


def _lines_of(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.verdict}  {verdict.version or '–'}  {verdict.file}"
    for one in verdict.findings:
        yield f"  {one.severity}, line {one.line}, {one.code}: {one.message()}"
        if one.field:
            yield f"    at {one.field}"
        yield f"    → {one.what_to_do()}"


def _print(text: str) -> None:
    sys.stdout.write(
        text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8") + "\n"
    )
