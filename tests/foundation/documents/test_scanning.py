"""The antivirus, played by a small server that speaks ClamAV's INSTREAM."""

import contextlib
import socket
import struct
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from accord.foundation.documents.enums import Finding, ScanState
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import rescan_documents, store_document
from accord.foundation.documents.services.store import path_of
from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from foundation.documents.samples import EICAR, pdf, upload
from scenarios import colleague

pytestmark = pytest.mark.django_db
VERSION = b"ClamAV 1.4.6/27800/Sun Nov 22 09:00:00 2026\0"


class PlayedScanner:
    """Answers like clamd, and finds the EICAR test file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        self.path.unlink()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                with client, client.makefile("rwb") as stream:
                    stream.write(self._answer(stream))

    @staticmethod
    def _answer(stream) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)
        if command == b"zVERSION\0":
            return VERSION
        received = b""
        while size := struct.unpack("!I", stream.read(4))[0]:
            received += stream.read(size)
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in received else b"stream: OK\0"


@pytest.fixture
def socket_path(settings):
    with tempfile.TemporaryDirectory() as folder:
        settings.ACCORD_CLAMAV_SOCKET = str(Path(folder) / "clamd")
        yield Path(settings.ACCORD_CLAMAV_SOCKET)


@pytest.fixture
def antivirus(socket_path):
    played = PlayedScanner(socket_path)
    yield played
    played.stop()


@pytest.fixture
def anne():
    return colleague()


def bring(by, content, name="decision.pdf"):
    with acting_as(by.actor):
        return store_document(by=by.actor, file=upload(content, name))


def rescan():
    with acting_as(WORKER):
        return rescan_documents()


def test_what_is_clean_is_released_with_the_date_of_the_signatures(antivirus, anne):
    document = bring(anne, pdf())
    assert document.scan_state == ScanState.CLEAN
    assert document.scan_engine == "ClamAV 1.4.6"
    assert document.signatures_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert not document.is_unscanned


def test_a_virus_is_refused_and_not_kept(antivirus, anne, documents_folder):
    with pytest.raises(Refused, match="logiciel malveillant"):
        bring(anne, pdf() + EICAR)
    assert not Document.objects.exists()
    assert not documents_folder.exists()


def test_a_clean_scan_does_not_release_what_our_rules_hold_back(antivirus, anne):
    document = bring(anne, pdf(b"/OpenAction << /S /Launch /F (calc.exe) >>"))
    assert (document.scan_state, document.scan_finding) == (ScanState.QUARANTINED, Finding.ACTIVE_CONTENT)


def test_while_the_antivirus_is_away_the_document_waits(socket_path, anne):
    document = bring(anne, pdf())
    assert (document.scan_state, document.scan_finding) == (ScanState.QUARANTINED, Finding.SCANNER_AWAY)
    assert rescan() == 0
    document.refresh_from_db()
    assert document.scan_state == ScanState.QUARANTINED


def test_when_it_is_back_the_worker_releases_it(socket_path, anne):
    document = bring(anne, pdf())
    played = PlayedScanner(socket_path)
    try:
        assert rescan() == 1
        assert rescan() == 0
    finally:
        played.stop()
    document.refresh_from_db()
    assert (document.scan_state, document.scan_finding) == (ScanState.CLEAN, Finding.NONE)


def test_a_virus_found_later_is_taken_from_everybody(socket_path, anne):
    ours, theirs = bring(anne, pdf() + EICAR), bring(colleague(), pdf() + EICAR)
    played = PlayedScanner(socket_path)
    try:
        rescan()
    finally:
        played.stop()
    for document in (ours, theirs):
        document.refresh_from_db()
        assert (document.scan_state, document.scan_finding) == (ScanState.REFUSED, Finding.VIRUS)
    assert not path_of(ours.sha256).exists()


def test_what_came_before_there_was_an_antivirus_is_shown_to_it(settings, socket_path, anne):
    settings.ACCORD_CLAMAV_SOCKET, later = "", settings.ACCORD_CLAMAV_SOCKET
    document = bring(anne, pdf())
    settings.ACCORD_CLAMAV_SOCKET = later
    played = PlayedScanner(socket_path)
    try:
        assert rescan() == 1
    finally:
        played.stop()
    document.refresh_from_db()
    assert document.is_released
    assert not document.is_unscanned


def test_without_an_antivirus_there_is_nothing_to_scan(anne):
    bring(anne, pdf())
    assert rescan() == 0
