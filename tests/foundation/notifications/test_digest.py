"""The one mail a day: how many messages in which groups, at the colleague's hour, and never what they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

import scenarios
from accord.foundation.notifications.enums import Cadence, DeliveryState
from accord.foundation.notifications.models import Delivery
from accord.foundation.notifications.services import choose_mails, notify, send_delivery
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(db):
    anne = scenarios.colleague()
    with acting_as(anne.actor):
        wishes = {"cases": "daily", "consents": "daily", "referrals": "never"}
        choose_mails(by=anne.actor, wishes=wishes, hour=18)
    return anne


def tell(anne, *kinds):
    for kind in kinds:
        notify(
            users=[anne.user],
            institution_id=anne.institution.pk,
            kind=kind,
            params={"number": "CII-SECRET"},
            path="/",
        )


def send(delivery) -> Delivery:
    with acting_as(WORKER):
        send_delivery(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def test_it_comes_once_at_her_hour(anne):
    tell(anne, "case.closed", "case.reopened", "consent.given")
    delivery = Delivery.objects.get()
    assert delivery.due_at.astimezone(SWISS_TIME).hour == 18


def test_it_says_how_many_in_which_groups_and_never_what(anne, mailoutbox):
    tell(anne, "case.closed", "case.reopened", "consent.given", "referral.received")
    assert send(Delivery.objects.get()).state == DeliveryState.SENT
    (sent,) = mail.outbox
    assert "Dossiers\xa0: 2" in sent.body
    assert "Autorisations\xa0: 1" in sent.body
    assert "Annonces" not in sent.body
    assert "CII-SECRET" not in sent.body + sent.subject


def test_another_hour_chosen_the_same_day_gives_no_second_mail(anne, mailoutbox):
    tell(anne, "case.closed")
    Delivery.objects.update(due_at=now())
    send(Delivery.objects.get())
    second = Delivery.objects.create(user=anne.user, cadence=Cadence.DAILY, path="/", due_at=now())
    assert send(second).state == DeliveryState.PENDING
    assert second.due_at > now()
    assert len(mail.outbox) == 1


def test_no_hour_outside_of_the_day(anne):
    with acting_as(anne.actor), pytest.raises(Refused) as refusal:
        choose_mails(by=anne.actor, wishes={}, hour=24)
    assert refusal.value.field == "hour"


def test_a_mail_that_could_not_be_delivered_is_said_until_another_arrives(anne):
    def page() -> str:
        return anne.browser().get(reverse("notifications:list")).content.decode()

    broken = {"user": anne.user, "cadence": Cadence.AT_ONCE, "path": "/"}
    assert "n’a pas pu être remis" not in page()
    Delivery.objects.create(state=DeliveryState.FAILED, settled_at=now() - timedelta(hours=1), **broken)
    assert "n’a pas pu être remis" in page()
    Delivery.objects.create(state=DeliveryState.SENT, settled_at=now(), **broken)
    assert "n’a pas pu être remis" not in page()
