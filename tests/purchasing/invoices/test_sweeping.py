"""The watched folder: still files only, each once, moved when it is kept, refused with a reason."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from accord.config import check
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind
from accord.purchasing.invoices.models import Batch, Invoice
from accord.purchasing.invoices.services import sweep_folders, sweeping
from accord.purchasing.invoices.services.sweeping import DONE, REFUSED, STILL_SECONDS
from purchasing.invoices.billing import Desk, desk
from scenarios import colleague

pytestmark = pytest.mark.django_db
LONG_AGO = 10 * STILL_SECONDS


class Killed(BaseException):
    """The worker is gone."""


@pytest.fixture
def office() -> Desk:
    return desk()


@pytest.fixture
def folder(office: Desk, settings: Any, tmp_path: Path) -> Path:
    settings.ACCORD_INVOICES_DIR = tmp_path
    folder = tmp_path / office.anne.institution.slug
    folder.mkdir()
    return folder


@pytest.fixture
def swept(django_capture_on_commit_callbacks: Any) -> Callable[[], int]:
    """One round of the worker, committed."""

    def sweep() -> int:
        with django_capture_on_commit_callbacks(execute=True), acting_as(WORKER):
            return sweep_folders()

    return sweep


def put(path: Path, data: bytes, seconds_ago: float = LONG_AGO) -> Path:
    path.write_bytes(data)
    os.utime(path, (time.time() - seconds_ago,) * 2)
    return path


def test_a_file_is_taken_and_moved(office: Desk, folder: Path, swept: Callable[[], int]) -> None:
    data = office.written()
    put(folder / "a.xml", data)
    assert swept() == 1
    invoice = Invoice.objects.get()
    assert (invoice.office, invoice.sender, invoice.source) == (office.anne.institution, None, "folder")
    assert (folder / DONE / "a.xml").read_bytes() == data
    assert swept() == 0


def test_a_file_being_written_is_left_until_it_is_still(
    office: Desk, folder: Path, swept: Callable[[], int]
) -> None:
    path = put(folder / "a.xml", office.written()[:100], seconds_ago=0)
    assert swept() == 0
    assert path.exists() and not Invoice.objects.exists()
    put(path, office.written())
    assert swept() == 1


def test_a_worker_killed_before_it_moved_the_file_takes_it_no_second_time(
    office: Desk, folder: Path, swept: Callable[[], int]
) -> None:
    put(folder / "a.xml", office.written())
    with acting_as(WORKER):
        sweep_folders()
    assert (folder / "a.xml").exists(), "killed after the commit, before the move"
    assert swept() == 1
    assert Invoice.objects.count() == 1
    assert (folder / DONE / "a.xml").exists()


def test_a_sweep_that_fails_leaves_every_file_where_it_lies(
    office: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    for name in "ab":
        put(folder / f"{name}.xml", office.written(request_id=name))

    def breaks(_office: object) -> None:
        raise Killed

    monkeypatch.setattr(sweeping, "call_worker", breaks)
    with (
        pytest.raises(Killed),
        django_capture_on_commit_callbacks(execute=True),
        acting_as(WORKER),
        transaction.atomic(),
    ):
        sweep_folders()
    assert {path.name for path in folder.iterdir()} == {"a.xml", "b.xml"}
    assert not Invoice.objects.exists()


def test_what_is_no_invoice_is_put_aside_with_what_to_do(folder: Path, swept: Callable[[], int]) -> None:
    put(folder / "bomb.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    put(folder / "large.xml", b" " * (20 * 1024 * 1024 + 1))
    put(folder / "letter.xml", b"<letter/>")
    assert swept() == 3
    assert not Invoice.objects.exists()
    for name, code in (("bomb", "xml.entity"), ("large", "file.too_large"), ("letter", "xml.root")):
        assert (folder / REFUSED / f"{name}.xml").exists()
        said = json.loads((folder / REFUSED / f"{name}.xml.json").read_text())["findings"]
        assert said[0]["code"] == code and said[0]["what_to_do"], name


def test_one_bad_file_stops_no_other_and_a_wrong_invoice_is_answered(
    office: Desk, folder: Path, swept: Callable[[], int]
) -> None:
    put(folder / "1.xml", b"\xff\xfe\x00")
    put(folder / "2.xml", office.written().replace(b"756", b"757"))
    put(folder / "3.xml", office.written())
    assert swept() == 3
    assert Invoice.objects.count() == 2, "a wrong invoice is kept: its provider gets an answer"


def test_names_links_and_strange_folders(
    office: Desk, folder: Path, swept: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    """A name that is there already is kept beside; links are not followed; nothing else is touched."""
    first, second = office.written(), office.written(request_id="2")
    put(folder / "a.xml", first)
    swept()
    put(folder / "a.xml", second)
    secret = put(folder.parent / "secret.xml", office.written(request_id="3"))
    (folder / "link.xml").symlink_to(secret)
    put(folder / "readme.txt", b"x")
    stranger = folder.parent / "nowhere"
    stranger.mkdir()
    put(stranger / "b.xml", first)
    assert swept() == 1
    assert {path.name for path in (folder / DONE).iterdir()} == {"a.xml", "a-2.xml"}
    assert Invoice.objects.count() == 2
    assert (stranger / "b.xml").exists() and secret.exists() and (folder / "readme.txt").exists()
    assert "no AI office" in caplog.text and "nowhere" not in caplog.text


def test_a_folder_that_cannot_be_read_stops_no_other_office(
    office: Desk, folder: Path, swept: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.parent / colleague(kind=Kind.AI_OFFICE, last_name="Autre").institution.slug).mkdir()
    put(folder / "a.xml", office.written())
    still_files = sweeping._still_files

    def broken(path: Path) -> Any:
        if path != folder:
            raise PermissionError
        return still_files(path)

    monkeypatch.setattr(sweeping, "_still_files", broken)
    assert swept() == 1


def test_many_at_once_come_in_rounds_and_as_one_batch_of_the_day(
    office: Desk, folder: Path, swept: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []
    monkeypatch.setattr(sweeping, "FILES_A_SWEEP", 2)
    monkeypatch.setattr(sweeping, "later", lambda name, **_: again.append(name))
    for number in range(3):
        put(folder / f"{number}.xml", office.written(request_id=str(number)))
    assert (swept(), swept(), swept()) == (2, 1, 0)
    assert again == [sweeping.SWEEP], "it comes back at once while more lies there"
    assert Batch.objects.get().invoices.count() == 3
    put(folder / "3.xml", office.written(request_id="3"))
    with frozen_at(now().replace(year=now().year + 1)):
        swept()
    assert Batch.objects.count() == 2


def test_without_a_folder_there_is_nothing_to_do(settings: Any, tmp_path: Path) -> None:
    for folder in (None, tmp_path / "missing"):
        settings.ACCORD_INVOICES_DIR = folder
        assert sweep_folders() == 0


def test_a_folder_that_is_none_is_told_to_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_INVOICES_DIR", "/nonexistent/invoices")
    (found,) = check.folder_findings()
    assert found.is_error and "ACCORD_INVOICES_DIR" in found.sentence
