"""Upkeep by the worker: jobs that a killed worker left, and tokens of forms long since sent."""

from __future__ import annotations

from procrastinate.contrib.django import app

from accord.foundation.journal.services import forget_old_submissions
from accord.kernel.jobs import requeue_stalled_jobs, worker_task


@worker_task("journal.forget_old_submissions", cron="17 3 * * *")
def forget_submissions() -> None:
    """Every night, drop the tokens that nobody can click any more."""
    forget_old_submissions()


@app.periodic(cron="* * * * *")
@app.task(name="jobs.requeue_stalled", queueing_lock="jobs.requeue_stalled")
async def requeue_stalled(timestamp: int) -> None:
    """Every minute, give back the jobs of workers that died."""
    await requeue_stalled_jobs()
