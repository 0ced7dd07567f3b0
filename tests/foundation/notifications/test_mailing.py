"""Mails: they say that something waits, and nothing more."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accord.foundation.notifications.enums import Cadence, DeliveryState
from accord.foundation.notifications.models import Delivery, DemoMail, Notification
from accord.foundation.notifications.services import notify, send_delivery, wake_due_deliveries
from accord.foundation.notifications.services.mailing import MOST_ATTEMPTS
from accord.foundation.notifications.tasks import send_mail
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from scenarios import colleague

pytestmark = pytest.mark.django_db


def waiting(language="fr", **fields):
    someone = colleague(language=language)
    with acting_as(someone.actor):
        notify(
            users=[someone.user],
            institution_id=someone.institution.pk,
            kind="test.happened",
            params={"number": "26-0001"},
            path="/dossiers/42/",
        )
    delivery = Delivery.objects.get(user=someone.user)
    for name, value in fields.items():
        setattr(delivery, name, value)
    delivery.save()
    return delivery


def send(delivery):
    with acting_as(WORKER):
        send_delivery(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def test_a_mail_holds_a_link_and_nothing_about_anybody(settings):
    delivery = send(waiting())
    (message,) = mail.outbox
    assert delivery.state == DeliveryState.SENT
    assert message.subject == "Un message vous attend dans Accord"
    assert f"{settings.ACCORD_BASE_URL}/dossiers/42/" in message.body
    assert message.to == [delivery.user.email]
    assert "26-0001" not in message.subject + message.body


def test_it_is_sent_once_however_often_the_job_runs():
    delivery = waiting()
    for _ in range(3):
        send_mail(delivery_id=str(delivery.pk))
    assert len(mail.outbox) == 1


def test_each_mail_can_be_told_from_its_repetition():
    first = send(waiting())
    (message,) = mail.outbox
    assert str(first.pk) in message.extra_headers["Message-ID"]


def test_what_was_read_meanwhile_needs_no_mail():
    delivery = waiting()
    Notification.objects.update(read_at=now())
    assert send(delivery).state == DeliveryState.NEEDLESS
    assert not mail.outbox


def test_a_job_whose_mail_is_gone_does_nothing():
    delivery = waiting()
    Delivery.objects.all().delete()
    with acting_as(WORKER):
        send_delivery(delivery.pk)
    assert not mail.outbox


def test_a_mail_server_that_is_away_is_tried_again_later_and_then_given_up(monkeypatch):
    def away(*_arguments, **_options):
        raise smtplib.SMTPServerDisconnected("anne@example.org")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    delivery = waiting()
    waits = []
    for _ in range(MOST_ATTEMPTS):
        waits.append(send(delivery).due_at - now())
    assert waits[1] > waits[0] > timedelta(seconds=50)
    assert delivery.state == DeliveryState.FAILED
    assert delivery.error == "SMTPServerDisconnected"
    monkeypatch.undo()
    assert send(delivery).state == DeliveryState.FAILED


def test_what_is_due_is_given_to_the_worker_once():
    ProcrastinateJob.objects.all()
    delivery = waiting(due_at=now() - timedelta(minutes=5), cadence=Cadence.DAILY)
    later = waiting(due_at=now() + timedelta(hours=5), cadence=Cadence.DAILY)
    before = ProcrastinateJob.objects.count()
    with acting_as(WORKER):
        assert wake_due_deliveries() == 1
        assert wake_due_deliveries() == 1
    assert ProcrastinateJob.objects.count() == before + 1
    with frozen_at(now() + timedelta(hours=6)), acting_as(WORKER):
        assert wake_due_deliveries() == 2
    assert {delivery.state, later.state} == {DeliveryState.PENDING}


def test_the_demo_keeps_its_mails_in_a_mailbox(settings):
    settings.EMAIL_BACKEND = "accord.foundation.notifications.services.mailing.DemoMailbox"
    delivery = send(waiting())
    kept = DemoMail.objects.get()
    assert (kept.recipients, kept.subject) == (delivery.user.email, "Un message vous attend dans Accord")
    page = Client().get(reverse("notifications:mailbox")).content.decode()
    assert delivery.user.email in page
    assert "/dossiers/42/" in page
