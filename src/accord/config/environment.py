"""Every setting that an operator may give, read from the environment in this one place.

The table in docs/reference/settings.md is made from `VARIABLES`.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

MODES = ("demo", "production", "test")


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, what stands when it is not given, and what it is for."""

    name: str
    default: str
    sentence: str


VARIABLES = (
    Variable("ACCORD_MODE", "demo", "`demo`, `production` or `test`. Production refuses to start insecure."),
    Variable(
        "ACCORD_SECRET_KEY", "", "Key that signs sessions and links; 50 characters or more in production."
    ),
    Variable("ACCORD_BASE_URL", "http://localhost:8000", "Address under which people reach Accord."),
    Variable("ACCORD_HOST", "127.0.0.1", "Address on which `accord serve` listens."),
    Variable("ACCORD_PORT", "8000", "Port on which `accord serve` listens."),
    Variable("ACCORD_WORKERS", "2", "Processes of `accord serve`."),
    Variable("ACCORD_STATE_DIR", ".accord", "Folder of the demo's database, documents and keys."),
    Variable("DATABASE_URL", "", "Login of the web server: a role that owns no table. PostgreSQL 15 to 18."),
    Variable("DATABASE_WORKER_URL", "", "Login of the worker; `DATABASE_URL` when empty."),
    Variable(
        "DATABASE_OWNER_URL", "", "Login that owns the tables, for `accord migrate`; as above when empty."
    ),
    Variable(
        "ACCORD_PREPARED_STATEMENTS",
        "on",
        "`off` behind a pooler that keeps no prepared statements (PgBouncer before 1.21).",
    ),
    Variable("ACCORD_DOCUMENTS_DIR", "", "Folder of the documents; inside the state folder when empty."),
    Variable("ACCORD_PROGRAMMES_DIR", "", "Folder of your own programme files (TOML)."),
    Variable(
        "ACCORD_SCHEMA_DIR", "", "Folder of the official invoice schemas; inside the state folder when empty."
    ),
    Variable(
        "ACCORD_INVOICES_DIR",
        "",
        "Watched folder of invoices: the worker takes the XML files of each subfolder that is named like an AI"
        " office (slug). None when empty.",
    ),
    Variable(
        "ACCORD_RECEPTION_PER_MINUTE", "120", "Invoices that a program may hand in with one key in a minute."
    ),
    Variable("ACCORD_CLAMAV_SOCKET", "", "Socket of ClamAV; without it documents are quarantined by rules."),
    Variable("ACCORD_MAX_UPLOAD_MB", "25", "Largest document that is accepted, in megabytes."),
    Variable(
        "ACCORD_MAIL_URL", "", "smtp://user:password@host:587 (STARTTLS) or smtps://…; demo: mailbox page."
    ),
    Variable("ACCORD_MAIL_FROM", "accord@localhost", "Sender of Accord's e-mails."),
    Variable(
        "ACCORD_FINGERPRINT_KEYS",
        "",
        "Keys of the fingerprints by which a common follow-up is found, the current one first, as"
        " `2:secret,1:former`; or the path of a file that holds this. 32 characters or more each.",
    ),
    Variable("ACCORD_FOLLOW_UP_HOURLY", "30", "Questions on a common follow-up a colleague may ask an hour."),
    Variable("ACCORD_FOLLOW_UP_DAILY", "200", "The same a day."),
    Variable("ACCORD_FOLLOW_UP_HOUSE", "2000", "The same a day for all colleagues of an institution."),
    Variable(
        "ACCORD_REPLY_MAIL_URL",
        "",
        "imaps://user:password@host/INBOX: mailbox of the sender, where replies to invitations come"
        "; it must accept accord+…@ (plus addresses). None are read when empty.",
    ),
    Variable(
        "ACCORD_SIGNING_CERTIFICATE",
        "",
        "PKCS#12 file of the certificate with which medical reports are signed. The demo makes one of its own.",
    ),
    Variable("ACCORD_SIGNING_PASSWORD_FILE", "", "File that holds the password of that certificate."),
    Variable("ACCORD_OUTBOX_DIR", "", "Folder into which filed reports are written for an external dossier."),
    Variable("ACCORD_INBOX_DIR", "", "Folder from which documents and receipts of that dossier are taken."),
    Variable("ACCORD_EXCHANGE_SENDER", "sedex://T0-ACCORD-1", "Our sedex identifier in the envelopes."),
    Variable(
        "ACCORD_EXCHANGE_RECIPIENT", "sedex://T0-DOSSIER-1", "That of the external dossier; T… is for tests."
    ),
    Variable(
        "ACCORD_EXCHANGE_HOUSE",
        "smr-rhone",
        "Short name (slug) of the medical service for which documents come in, and whose secretariat sorts them.",
    ),
    Variable("ACCORD_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
)
_BY_NAME = {variable.name: variable for variable in VARIABLES}


def read(name: str) -> str:
    """The value of a declared variable; KeyError for one that is not in the table."""
    return os.environ.get(name, "").strip() or _BY_NAME[name].default


def mode() -> str:
    """demo, production or test."""
    found = read("ACCORD_MODE")
    if found not in MODES:
        raise SystemExit(f"ACCORD_MODE is “{found}”; it must be one of {', '.join(MODES)}.")
    return found


def number(name: str) -> int:
    """A declared variable as a whole number; stops with a sentence otherwise."""
    text = read(name)
    if not text.isdecimal():
        raise SystemExit(f"{name} is “{text}”; it must be a whole number.")
    return int(text)


def state_dir() -> Path:
    """The state folder, absolute."""
    return Path(read("ACCORD_STATE_DIR")).absolute()


def schema_dir() -> Path:
    """The folder of the official invoice schemas: the operator's, or the one in the state folder."""
    given = read("ACCORD_SCHEMA_DIR")
    return Path(given).absolute() if given else state_dir() / "schemas"


def secret_key() -> str:
    """The given key, or, outside production, one kept in the state folder."""
    given = read("ACCORD_SECRET_KEY")
    if given or mode() == "production":
        return given or "missing"
    if mode() == "test":
        return "a key for tests only, never for anything else, long enough"
    return _kept_secret("secret.key")


def _kept_secret(name: str) -> str:
    """A secret of the state folder, made when it is first asked for."""
    path = state_dir() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def fingerprint_keys() -> tuple[tuple[int, bytes], ...]:
    """Version and secret of each key of the fingerprints, the current one first; none where none is given.

    Outside production one is kept in the state folder.
    """
    given = read("ACCORD_FINGERPRINT_KEYS")
    if given.startswith("/"):
        try:
            given = Path(given).read_text().strip()
        except OSError as trouble:
            raise SystemExit(f"ACCORD_FINGERPRINT_KEYS: {given} cannot be read.") from trouble
    if not given and mode() == "test":
        given = "1:a key for tests only and never for anything else"
    if not given and mode() == "demo":
        given = f"1:{_kept_secret('fingerprint.key')}"
    keys = tuple(_versioned_key(part) for part in re.split(r"\s*[,\n]\s*", given) if part)
    if len(dict(keys)) < len(keys):
        raise SystemExit("ACCORD_FINGERPRINT_KEYS gives two keys the same version.")
    return keys


def _versioned_key(part: str) -> tuple[int, bytes]:
    version, colon, secret = part.partition(":")
    if not colon or not version.isdecimal() or int(version) == 0 or len(secret) < 32:
        raise SystemExit(
            "ACCORD_FINGERPRINT_KEYS must be like 2:secret,1:former, 32 characters or more each."
        )
    return int(version), secret.encode()


def database(url: str) -> dict[str, str | int]:
    """Django's name, user, password, host and port for a postgresql:// address."""
    parts = urlsplit(url)
    if url and parts.scheme not in ("postgresql", "postgres"):
        raise SystemExit("DATABASE_URL must begin with postgresql://.")
    return {
        "NAME": unquote(parts.path.lstrip("/")) or "accord",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
    }
