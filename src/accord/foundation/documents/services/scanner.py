"""ClamAV over its socket: the INSTREAM command."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

SECONDS = 30
CHUNK = 64 * 1024


class ScannerAway(Exception):
    """ClamAV is configured and does not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the antivirus says, and how fresh its signatures are."""

    virus: str
    engine: str
    signatures_at: datetime | None


def is_configured() -> bool:
    """Whether an antivirus is there to be asked."""
    return bool(settings.ACCORD_CLAMAV_SOCKET)


def scan(data: bytes) -> Verdict:
    """Ask ClamAV about these bytes; `ScannerAway` when it does not answer."""
    try:
        engine, signatures_at = _version()
        with _connection() as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                chunk = data[start : start + CHUNK]
                clamd.sendall(struct.pack("!I", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!I", 0))
            answer = _answer(clamd)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    if answer.endswith(" OK"):
        return Verdict("", engine, signatures_at)
    if answer.endswith(" FOUND"):
        return Verdict(answer.removeprefix("stream: ").removesuffix(" FOUND"), engine, signatures_at)
    raise ScannerAway(answer[:100])


def _version() -> tuple[str, datetime | None]:
    """ "ClamAV 1.4.6/27800/Sun Nov 22 09:00:00 2026": the engine, and the day of its signatures."""
    with _connection() as clamd:
        clamd.sendall(b"zVERSION\0")
        engine, *rest = _answer(clamd).split("/")
    if not engine.startswith("ClamAV"):
        raise ScannerAway(engine[:100])
    with contextlib.suppress(ValueError):
        return engine, datetime.strptime(rest[-1] if rest else "", "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    return engine, None


@contextlib.contextmanager
def _connection() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as clamd:
        clamd.settimeout(SECONDS)
        clamd.connect(settings.ACCORD_CLAMAV_SOCKET)
        yield clamd


def _answer(clamd: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (part := clamd.recv(4096)):
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
