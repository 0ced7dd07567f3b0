"""The content-addressed store: a file lies under the hash of its bytes, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from accord.foundation.documents.models import Document
from accord.kernel.clock import now

ADDRESS = re.compile(r"[0-9a-f]{64}")
KEEP_ORPHANS = timedelta(days=1)


def path_of(sha256: str) -> Path:
    """Where these bytes lie: ab/cd/abcd…; ValueError for what is no hash."""
    if not ADDRESS.fullmatch(sha256):
        raise ValueError("not a sha256")
    root: Path = settings.ACCORD_DOCUMENTS_DIR
    return root / sha256[:2] / sha256[2:4] / sha256


def keep(data: bytes) -> str:
    """Put bytes on disk for good and return their hash; the same bytes lie there once."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if target.exists():
        os.utime(target)
        return sha256
    descriptor, draft = tempfile.mkstemp(prefix=".incoming-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def remove(sha256: str) -> None:
    """Take bytes from the disk."""
    path_of(sha256).unlink(missing_ok=True)


def remove_orphans() -> int:
    """Remove files that no document names, a day after they came (an upload that was rolled back).

    Returns how many.
    """
    root: Path = settings.ACCORD_DOCUMENTS_DIR
    oldest = (now() - KEEP_ORPHANS).timestamp()
    old = {path.name: path for path in root.glob("??/??/*") if path.stat().st_mtime < oldest}
    named = set(Document.objects.filter(sha256__in=old).values_list("sha256", flat=True).distinct())
    for name in old.keys() - named:
        old[name].unlink(missing_ok=True)
    return len(old.keys() - named)
