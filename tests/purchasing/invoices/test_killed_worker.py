"""Many invoices at once, and a real worker killed in the middle: another goes on, each exactly once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.kernel.jobs import later, requeue_stalled_jobs
from accord.purchasing.invoices.models import Batch, Invoice, Response
from accord.purchasing.invoices.selectors import progress_of
from accord.purchasing.invoices.services import SWEEP
from accord.purchasing.invoices.services.sweeping import DONE, REFUSED
from foundation.notifications.test_killed_worker import start_worker
from purchasing.invoices.billing import Desk, desk

FILES = 200
PATIENCE = 240


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        jobs = ProcrastinateJob.objects.filter(task_name__startswith="invoices.")
        assert time.monotonic() < deadline, list(jobs.values_list("task_name", "status", "attempts"))
        time.sleep(0.1)


def dropped(office: Desk, watched: Path) -> Path:
    """Two hundred invoices and one file that is none, all still."""
    folder = watched / office.anne.institution.slug
    folder.mkdir()
    plain = office.written(request_id="2026-0000")
    for number in range(FILES):
        (folder / f"{number:04}.xml").write_bytes(plain.replace(b"2026-0000", b"2026-%04d" % (number + 1000)))
    (folder / "0100-bad.xml").write_bytes(b"\xff\xfe\x00")
    for path in folder.iterdir():
        os.utime(path, (time.time() - 3600,) * 2)
    return folder


@pytest.mark.usefixtures("journal_can_be_emptied")
@pytest.mark.django_db(transaction=True)
def test_each_of_many_is_taken_checked_and_answered_exactly_once(tmp_path: Path) -> None:
    ProcrastinateJob.objects.all().delete()
    office = desk()
    folder = dropped(office, tmp_path)
    waiting = Invoice.objects.filter(state="received")
    with transaction.atomic():
        later(SWEEP, once=SWEEP)

    first = start_worker(ACCORD_INVOICES_DIR=str(tmp_path))
    try:
        wait_for(Response.objects.exists)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert waiting.exists(), "killed in the middle"
    _take_it_for_dead()

    second = start_worker(ACCORD_INVOICES_DIR=str(tmp_path))
    try:
        wait_for(lambda: not list(folder.glob("*.xml")) and not waiting.exists())
        _nothing_is_under_way()
    finally:
        second.terminate()
        second.wait(60)
    assert Invoice.objects.count() == Response.objects.count() == FILES
    assert Invoice.objects.filter(state="accepted").count() == 1, "one a month; the others are told so"
    assert Entry.objects.filter(verb="invoice_received").count() == FILES
    assert len(list((folder / DONE).iterdir())) == FILES
    assert {path.name for path in (folder / REFUSED).iterdir()} == {"0100-bad.xml", "0100-bad.xml.json"}
    with acting_as(WORKER):
        assert _progress(office) == {"accepted": 1, "rejected": FILES - 1}


def _take_it_for_dead() -> None:
    """Half a minute later, as the next worker sees it."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    async_to_sync(requeue_stalled_jobs)()


def _nothing_is_under_way() -> None:
    mine = ProcrastinateJob.objects.filter(task_name__startswith="invoices.", status="doing")
    wait_for(lambda: not mine.exists())


def _progress(office: Desk) -> dict[str, Any]:
    counted: dict[str, int] = {}
    for batch in Batch.objects.all():
        for state, count in progress_of(office.anne.actor, batch.pk).items():
            counted[state] = counted.get(state, 0) + count
    return counted
