"""What an operator should mend before people work here: one sentence a finding."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import OperationalError, connection
from django.urls import URLPattern, URLResolver, get_resolver

from accord.config.environment import read
from accord.kernel.http.screens import screen_of

OUTSIDE = ("allauth.", "django.")
"""Views that are not ours; config/urls.py includes only those that we want."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend; an error stops production from starting."""

    is_error: bool
    sentence: str


def screens_without_door(patterns: list[URLPattern | URLResolver] | None = None) -> list[str]:
    """Addresses of ours whose view has no policy and no purpose."""
    missing: list[str] = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            missing += screens_without_door(pattern.url_patterns)
        elif screen_of(pattern.callback) is None and not pattern.callback.__module__.startswith(OUTSIDE):
            missing.append(f"{pattern.callback.__module__}.{pattern.callback.__name__}")
    return missing


@register()
def check_doors(**_kwargs: object) -> list[CheckMessage]:
    """A screen without policy and purpose does not start."""
    return [
        Error(f"The screen {name} has no @screen(policy, purpose=…).", id="accord.E001")
        for name in screens_without_door()
    ]


@register()
def check_production(**_kwargs: object) -> list[CheckMessage]:
    """Production refuses to start insecure."""
    if settings.ACCORD_MODE != "production":
        return []
    return [
        (Error if finding.is_error else Warning)(finding.sentence, id="accord.E002")
        for finding in production_findings()
    ]


def production_findings() -> list[Finding]:
    """What is missing for production, from the settings alone."""
    found: list[Finding] = []
    if len(read("ACCORD_SECRET_KEY")) < 50:
        found.append(Finding(True, "ACCORD_SECRET_KEY must be given and have 50 characters or more."))
    if not read("ACCORD_BASE_URL").startswith("https://"):
        found.append(Finding(True, "ACCORD_BASE_URL must begin with https:// in production."))
    if not read("DATABASE_URL"):
        found.append(Finding(True, "DATABASE_URL must name the login of the web server."))
    if not read("DATABASE_OWNER_URL") or read("DATABASE_OWNER_URL") == read("DATABASE_URL"):
        found.append(
            Finding(True, "DATABASE_OWNER_URL must be another login than DATABASE_URL: the web owns nothing.")
        )
    if not settings.ACCORD_FINGERPRINT_KEYS:
        found.append(
            Finding(
                True, "ACCORD_FINGERPRINT_KEYS must be given: without a key no common follow-up is found."
            )
        )
    if not read("ACCORD_MAIL_URL"):
        found.append(Finding(False, "ACCORD_MAIL_URL is empty: nobody receives e-mails."))
    if not read("ACCORD_CLAMAV_SOCKET"):
        found.append(
            Finding(
                False, "ACCORD_CLAMAV_SOCKET is empty: documents are only checked by rules, not for viruses."
            )
        )
    return found


def database_findings() -> list[Finding]:
    """What the database itself says: version, and a login that owns nothing and bypasses nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_setting('server_version_num')::int, rolsuper or rolbypassrls,"
                " exists (select 1 from pg_class where relowner = r.oid and relkind = 'r'),"
                " pg_has_role('accord_app', 'member') and pg_has_role('accord_window', 'member')"
                " and pg_has_role('accord_hand', 'member') and pg_has_role('accord_hand', 'accord_app', 'member')"
                " and pg_has_role('accord_medical', 'member')"
                " and pg_has_role('accord_medical', 'accord_app', 'member')"
                " from pg_roles r where rolname = session_user"
            )
            version, bypasses, owns, is_member = cursor.fetchone()
    except OperationalError:
        return [Finding(True, "The database does not answer: check DATABASE_URL and that PostgreSQL runs.")]
    found = []
    if not 150000 <= version < 190000:
        found.append(Finding(True, f"PostgreSQL {version // 10000} is not supported; take 15 to 18."))
    strict = settings.ACCORD_MODE == "production"
    if bypasses:
        found.append(Finding(strict, "The login of DATABASE_URL bypasses row-level security; take another."))
    if owns:
        found.append(Finding(strict, "The login of DATABASE_URL owns tables; take one that owns none."))
    if not is_member:
        found.append(
            Finding(
                True,
                "The login of DATABASE_URL is not a member of accord_app, accord_window, accord_hand and"
                " accord_medical, or accord_hand or accord_medical is none of accord_app.",
            )
        )
    return found


def folder_findings() -> list[Finding]:
    """Folders that the operator named."""
    return [
        Finding(True, f"{name} names {read(name)}, which is not a folder.")
        for name in ("ACCORD_PROGRAMMES_DIR", "ACCORD_INVOICES_DIR")
        if read(name) and not Path(read(name)).is_dir()
    ]


def findings() -> list[Finding]:
    """Everything that `accord check` says."""
    found = [Finding(True, message.msg) for message in check_doors()]
    if settings.ACCORD_MODE == "production":
        found += production_findings()
    return found + folder_findings() + database_findings()
