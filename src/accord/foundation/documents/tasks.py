"""What the worker does about documents."""

from __future__ import annotations

from accord.foundation.documents.services import remove_orphans, rescan_documents
from accord.kernel.jobs import worker_task


@worker_task("documents.rescan", cron="*/5 * * * *")
def rescan() -> None:
    """Every five minutes, show the antivirus what it has not seen."""
    rescan_documents()


@worker_task("documents.remove_orphans", cron="43 3 * * *")
def sweep() -> None:
    """Every night, remove files that no document names."""
    remove_orphans()
