"""Work for later, kept in the database: deferred in the caller's transaction, done by the worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as

RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)
"""A failed job is tried again after 3, 9, 27 seconds, …: for almost three hours in all."""


def worker_task(name: str, *, cron: str = "") -> Callable[[Callable[..., object]], Any]:
    """Make a function a job of the worker, named for `later`; with `cron` it also comes round by itself.

    It runs as the worker and in one transaction, so that what it wrote before a crash is undone. It may run
    twice (the worker was killed after the commit): each function looks first whether its work is done.
    """

    def decorate(work: Callable[..., object]) -> Any:
        @wraps(work)
        def run(**arguments: Any) -> None:
            if cron:
                arguments.pop("timestamp", None)
            with acting_as(WORKER), transaction.atomic():
                work(**arguments)

        task: Any = app.task(name=name, retry=RETRY, queueing_lock=name if cron else None)(run)
        return app.periodic(cron=cron)(task) if cron else task

    return decorate


def later(name: str, *, once: str | None = None, **arguments: Any) -> None:
    """Let the worker do the job `name`, if and when the transaction at hand commits.

    With `once`, nothing is added while a job with the same key still waits.
    """
    configured = app.configure_task(name, queueing_lock=once)
    try:
        with transaction.atomic():
            JobDeferrer(JobManager(DjangoConnector()), configured.job).defer(**arguments)
    except AlreadyEnqueued:
        return


async def requeue_stalled_jobs() -> int:
    """Put back into the queue what a killed worker had begun; returns how many.

    A worker that lives tells so every ten seconds; after thirty it is taken for dead.
    """
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)
