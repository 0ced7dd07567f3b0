"""A worker is killed in the middle of a mail: another takes the job up, and the mail goes out once."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from accord.foundation.notifications.enums import DeliveryState
from accord.foundation.notifications.models import Delivery, DemoMail
from accord.foundation.notifications.services import notify
from accord.kernel.jobs import requeue_stalled_jobs
from scenarios import colleague

PATIENCE = 60


def address_of_test_database() -> str:
    known = connection.settings_dict
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def start_worker(**environment: str) -> subprocess.Popen[bytes]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACCORD_", "DATABASE_"))
    }
    clean |= {"ACCORD_MODE": "test", "DATABASE_URL": address_of_test_database(), **environment}
    clean["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
    return subprocess.Popen([sys.executable, "-m", "accord", "worker"], env=clean)


def wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def silent_mail_server() -> socket.socket:
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(PATIENCE)
    return server


@pytest.mark.usefixtures("journal_can_be_emptied")
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_goes_out_twice():
    ProcrastinateJob.objects.all().delete()
    anne = colleague()
    notify(users=[anne.user], institution_id=None, kind="test.happened", params={"number": "1"}, path="/")
    with silent_mail_server() as server:
        first = start_worker(ACCORD_MAIL_URL=f"smtp://127.0.0.1:{server.getsockname()[1]}")
        try:
            caller, _ = server.accept()
            assert ProcrastinateJob.objects.get(task_name="notifications.send_mail").status == "doing"
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()
        caller.close()
    assert Delivery.objects.get().state == DeliveryState.PENDING

    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    assert async_to_sync(requeue_stalled_jobs)() >= 1

    second = start_worker()
    try:
        wait_for(lambda: Delivery.objects.get().state == DeliveryState.SENT)
        wait_for(
            lambda: ProcrastinateJob.objects.get(task_name="notifications.send_mail").status == "succeeded"
        )
    finally:
        second.terminate()
        second.wait(PATIENCE)
    assert DemoMail.objects.count() == 1
