"""Which programmes there are, what they say, and who belongs to their circle."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from accord.network.institutions.models import Institution
from accord.network.programmes.models import ProgrammeMember, ProgrammeVersion
from accord.network.programmes.rules import BUILT_IN, Fault, Programme, programme_from, read_folders

_read: dict[str, Programme] = {}
"""Programmes by the fingerprint of their content, which never changes."""
_fingerprints: dict[tuple[str, str], str] = {}


def programme_for(slug: str, version: str) -> Programme:
    """The programme in the version under which a case began.

    A version once loaded never changes, so each process reads it once. Raises
    ProgrammeVersion.DoesNotExist for a version that was never loaded.
    """
    fingerprint = _fingerprints.get((slug, version))
    if fingerprint is None:
        return _programme(ProgrammeVersion.objects.get(slug=slug, version=version))
    return _read[fingerprint]


def current_programme(slug: str) -> Programme:
    """The programme under which new cases begin; ProgrammeVersion.DoesNotExist if there is none."""
    version = (
        ProgrammeVersion.objects.filter(slug=slug, is_current=True).values_list("version", flat=True).first()
    )
    if version is None:
        raise ProgrammeVersion.DoesNotExist(slug)
    return programme_for(slug, version)


def current_programmes() -> list[Programme]:
    """All programmes in their current version, by their slug."""
    current = ProgrammeVersion.objects.filter(is_current=True).order_by("slug")
    return [programme_for(slug, version) for slug, version in current.values_list("slug", "version")]


def _programme(row: ProgrammeVersion) -> Programme:
    if row.sha256 not in _read:
        found = programme_from(json.loads(row.content), file=str(row))
        if not isinstance(found, Programme):
            raise ValueError(f"{row} can no longer be read: {'; '.join(str(fault) for fault in found)}")
        _read[row.sha256] = found
    _fingerprints[row.slug, row.version] = row.sha256
    return _read[row.sha256]


def forget_read_programmes() -> None:
    """Read every programme from the database again."""
    _read.clear()
    _fingerprints.clear()


def versions_of(slug: str) -> list[ProgrammeVersion]:
    """All loaded versions of a programme, the current one first, then the newest."""
    rows = ProgrammeVersion.objects.filter(slug=slug).defer("content")
    return sorted(rows, key=lambda row: (row.is_current, natural(row.version)), reverse=True)


def natural(version: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts 2026.2 before 2026.10."""
    parts = re.findall(r"[0-9]+|[^0-9.-]+", version)
    return tuple((1, int(part)) if part.isdecimal() else (0, part) for part in parts)


def circle_of(slug: str) -> QuerySet[ProgrammeMember]:
    """The institutions that belong to a programme now, with their roles."""
    return (
        ProgrammeMember.objects.filter(programme_slug=slug, until__isnull=True, institution__is_active=True)
        .select_related("institution")
        .order_by("institution__name")
    )


def circle_institutions(programme: Programme) -> list[Institution]:
    """The institutions of a programme's circle; while none is seated, all active ones of its kinds."""
    seated = circle_of(programme.slug).values("institution")
    kinds = {seat.kind for seat in programme.circle}
    found = Institution.objects.filter(pk__in=seated)
    if not found.exists():
        found = Institution.objects.filter(kind__in=kinds, is_active=True)
    return list(found.order_by("name"))


def definition_folders(extra: Sequence[Path] | None = None) -> list[Path]:
    """The built-in folder, then the operator's (or those given)."""
    own = settings.ACCORD_PROGRAMMES_DIR
    return [BUILT_IN, *(extra if extra is not None else [Path(own)] if own else [])]


def findings() -> list[Fault]:
    """Every fault in the programme files, for `accord check` and for the check at start."""
    return read_folders(definition_folders())[1]
