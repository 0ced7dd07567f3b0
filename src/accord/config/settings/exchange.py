"""With what reports are signed, and the folders through which others reach us."""

from __future__ import annotations

from pathlib import Path

from accord.config.environment import mode, number, read, state_dir


def _folder(name: str) -> Path | None:
    """The folder of a setting; the demo has one of its own."""
    if given := read(name):
        return Path(given)
    return (
        state_dir() / name.removeprefix("ACCORD_").removesuffix("_DIR").lower() if mode() == "demo" else None
    )


ACCORD_SIGNING_CERTIFICATE = (
    Path(read("ACCORD_SIGNING_CERTIFICATE")) if read("ACCORD_SIGNING_CERTIFICATE") else None
)
ACCORD_SIGNING_PASSWORD_FILE = (
    Path(read("ACCORD_SIGNING_PASSWORD_FILE")) if read("ACCORD_SIGNING_PASSWORD_FILE") else None
)
ACCORD_DEMO_CERTIFICATE = None if mode() == "production" else state_dir() / "demonstration.p12"
"""Made when it is first asked for, where no other is named; never in production."""

ACCORD_OUTBOX_DIR = _folder("ACCORD_OUTBOX_DIR")
ACCORD_INBOX_DIR = _folder("ACCORD_INBOX_DIR")
ACCORD_INVOICES_DIR = _folder("ACCORD_INVOICES_DIR")
ACCORD_RECEPTION_PER_MINUTE = number("ACCORD_RECEPTION_PER_MINUTE")
ACCORD_EXCHANGE_SENDER = read("ACCORD_EXCHANGE_SENDER")
ACCORD_EXCHANGE_RECIPIENT = read("ACCORD_EXCHANGE_RECIPIENT")
ACCORD_EXCHANGE_HOUSE = read("ACCORD_EXCHANGE_HOUSE")
