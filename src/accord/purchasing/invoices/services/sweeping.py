"""Take in what lies in the watched folder: one folder an office, each file once, a file being written later.

A file is moved only after what it holds is kept for good. A worker killed in between finds it again, sees by
its bytes that it is here, and moves it then: nothing is lost, nothing is taken twice.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.jobs import later
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import Source
from accord.purchasing.invoices.models import Batch
from accord.purchasing.invoices.rules import Finding
from accord.purchasing.invoices.rules.reading import read_file
from accord.purchasing.invoices.rules.verdicts import check_bytes
from accord.purchasing.invoices.services.receiving import call_worker, open_batch, take_file

SWEEP = "invoices.sweep"
DONE, REFUSED = "done", "refused"
"""Folders beside the files: what is kept, and what is no invoice, with why."""
STILL_SECONDS = 15
"""A file that nobody has touched for so long is taken to be written to its end."""
FILES_A_SWEEP = 200
log = logging.getLogger(__name__)


@transaction.atomic
def sweep_folders() -> int:
    """Take some still files of every office's folder, and come back while there are more; returns how many.

    Each office's folder is called like the office (its short name, “slug”), inside the one that is watched.
    """
    watched: Path | None = settings.ACCORD_INVOICES_DIR
    if watched is None or not watched.is_dir():
        return 0
    offices = {one.slug: one for one in Institution.objects.filter(kind=Kind.AI_OFFICE, is_active=True)}
    taken = 0
    for folder in sorted(path for path in watched.iterdir() if path.is_dir()):
        if folder.name not in offices:
            log.error("a folder of the watched one is called like no AI office; nothing is taken from it")
            continue
        try:
            taken += _sweep(folder, offices[folder.name])
        except OSError as trouble:
            log.error("the folder of an office cannot be read: %s", type(trouble).__name__)
    return taken


def _sweep(folder: Path, office: Institution) -> int:
    waiting = list(_still_files(folder))
    some = waiting[:FILES_A_SWEEP]
    if not some:
        return 0
    batch = _batch_of_the_day(office)
    for path in some:
        _take(path, office, batch)
    call_worker(office)
    if len(waiting) > len(some):
        later(SWEEP, once=SWEEP)
    return len(some)


def _still_files(folder: Path) -> Iterator[Path]:
    """Files that nobody writes any more; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".xml" and path.is_file() and not path.is_symlink() and _is_still(path):
            yield path


def _is_still(path: Path) -> bool:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime >= STILL_SECONDS
    return False


def _batch_of_the_day(office: Institution) -> Batch:
    """What comes through the folder in a day is one batch, so that its progress is seen in one place."""
    latest = Batch.objects.filter(office=office, source=Source.FOLDER, sender=None).first()
    if latest is not None and latest.created_at.astimezone(SWISS_TIME).date() == today():
        return latest
    return open_batch(WORKER, office, Source.FOLDER)


def _take(path: Path, office: Institution, batch: Batch) -> None:
    data = read_file(path)
    if isinstance(data, Finding):
        _after_commit(partial(_put_aside, path, [data]))
        return
    verdict = check_bytes(data)
    if verdict.version is None:
        _after_commit(partial(_put_aside, path, verdict.findings))
        return
    take_file(by=WORKER, data=data, office=office, source=Source.FOLDER, batch=batch)
    _after_commit(partial(_move, path, DONE))


def _after_commit(act: Callable[[], object]) -> None:
    """A move that fails is written to the log and tried again by the next sweep."""
    transaction.on_commit(act, robust=True)


def _put_aside(path: Path, findings: Sequence[Finding]) -> None:
    """Beside the file lies why it was refused, in the same words as `accord invoices check --json`."""
    moved = _move(path, REFUSED)
    if moved is not None:
        note = {
            "refused_at": now().isoformat(timespec="seconds"),
            "findings": [one.as_json() for one in findings],
        }
        moved.with_name(f"{moved.name}.json").write_text(
            json.dumps(note, ensure_ascii=False, indent=2), encoding="utf-8"
        )


def _move(path: Path, folder: str) -> Path | None:
    """Where the file is now; None when another sweep was faster. A file of the same name is not overwritten."""
    target = path.parent / folder
    target.mkdir(exist_ok=True)
    names = (path.name if n == 1 else f"{path.stem}-{n}{path.suffix}" for n in count(1))
    free = next(target / name for name in names if not (target / name).exists())
    with suppress(FileNotFoundError):
        return path.rename(free)
    return None
