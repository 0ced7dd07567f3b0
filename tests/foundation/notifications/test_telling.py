"""Messages to colleagues."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accord.foundation.notifications.enums import Cadence
from accord.foundation.notifications.events import kind_of, register_kind, sentence_of
from accord.foundation.notifications.models import Delivery, Notification, Preference
from accord.foundation.notifications.policies import can_read, visible_to
from accord.foundation.notifications.selectors import unread_count
from accord.foundation.notifications.services import choose_mails, mark_all_read, mark_read, notify
from accord.foundation.notifications.services.telling import next_mail_time
from accord.kernel.actors import NOBODY
from accord.kernel.clock import frozen_at
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from scenarios import colleague

pytestmark = pytest.mark.django_db
LIST = reverse("notifications:list")
CHOICES = reverse("notifications:preferences")


@pytest.fixture
def anne():
    return colleague(last_name="Aubert")


@pytest.fixture
def bruno():
    return colleague(last_name="Blanc")


def tell(by, *people, path="/dossiers/1/", number="26-0001"):
    with acting_as(by.actor):
        return notify(
            users=[person.user for person in people],
            institution_id=people[0].institution.pk,
            kind="test.happened",
            params={"number": number},
            path=path,
        )


def wishes(someone, cadence):
    with acting_as(someone.actor):
        choose_mails(by=someone.actor, wishes={"platform": cadence})


def test_a_message_is_for_her_to_whom_it_is_addressed(anne, bruno):
    tell(bruno, anne)
    with acting_as(anne.actor):
        assert unread_count(anne.actor) == 1
        assert Notification.objects.count() == 1
    with acting_as(bruno.actor):
        assert unread_count(bruno.actor) == 0
        assert not Notification.objects.exists()


def test_the_list_and_the_policy_agree(anne, bruno):
    tell(bruno, anne, bruno)
    for actor in (anne.actor, bruno.actor, NOBODY):
        readable = {message for message in Notification.objects.all() if can_read(actor, message)}
        assert set(Notification.objects.filter(visible_to(actor))) == readable


def test_somebody_named_twice_is_told_once_and_a_closed_account_never(anne, bruno):
    bruno.user.is_active = False
    tell(anne, anne, anne, bruno)
    assert [message.user for message in Notification.objects.all()] == [anne.user]


def test_an_unknown_kind_is_a_mistake_of_ours(anne):
    with pytest.raises(KeyError):
        notify(users=[anne.user], institution_id=None, kind="never.heard", params={}, path="/")


def test_a_kind_has_one_sentence():
    known = kind_of("test.happened")
    register_kind(known.key, sentence=known.sentence, group=known.group)
    with pytest.raises(ValueError, match="twice"):
        register_kind(known.key, sentence="Autre chose.", group=known.group)


def test_a_message_of_an_older_version_still_reads():
    assert sentence_of("since.removed", {}) == "Un message d’une version antérieure d’Accord."
    assert sentence_of("test.happened", {}) == "Il y a du nouveau dans un dossier."
    assert sentence_of("test.happened", {"number": "26-0001"}) == "Il s’est passé quelque chose : 26-0001."


def test_a_mail_is_prepared_for_the_worker_at_once(anne, bruno):
    tell(bruno, anne)
    delivery = Delivery.objects.get()
    assert (delivery.user, delivery.cadence) == (anne.user, Cadence.AT_ONCE)
    job = ProcrastinateJob.objects.get(task_name="notifications.send_mail")
    assert job.args == {"delivery_id": str(delivery.pk)}


def test_when_the_act_is_undone_nothing_is_told(anne, bruno):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(bruno, anne)
        raise RuntimeError
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_who_wants_no_mail_gets_none(anne, bruno):
    wishes(anne, Cadence.NEVER)
    tell(bruno, anne)
    assert Notification.objects.count() == 1
    assert not Delivery.objects.exists()


def test_who_wants_one_a_day_gets_one(anne, bruno):
    wishes(anne, Cadence.DAILY)
    for number in range(3):
        tell(bruno, anne, number=str(number))
    delivery = Delivery.objects.get()
    assert delivery.cadence == Cadence.DAILY
    assert delivery.path == LIST
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize(
    ("instant", "morning"),
    [
        (datetime(2026, 11, 22, 5, 59, tzinfo=UTC), datetime(2026, 11, 22, 6, tzinfo=UTC)),
        (datetime(2026, 11, 22, 6, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
    ],
)
def test_the_daily_mail_goes_out_at_seven_in_summer_and_winter(instant, morning):
    assert next_mail_time(instant, 7) == morning


def test_reading_puts_it_aside(anne, bruno):
    (message,) = tell(bruno, anne)
    with acting_as(anne.actor):
        mark_read(by=anne.actor, notification_id=message.pk)
        assert unread_count(anne.actor) == 0


def test_nobody_reads_in_anothers_name(anne, bruno):
    (message,) = tell(bruno, anne)
    with acting_as(bruno.actor):
        with pytest.raises(Notification.DoesNotExist):
            mark_read(by=bruno.actor, notification_id=message.pk)
        mark_all_read(by=bruno.actor)
    message.refresh_from_db()
    assert message.read_at is None


@pytest.mark.parametrize("wrong", [{"platform": "sometimes"}, {"nothing": Cadence.NEVER}])
def test_a_wish_that_does_not_exist_is_refused(anne, wrong):
    with pytest.raises(Refused):
        choose_mails(by=anne.actor, wishes=wrong)
    assert not Preference.objects.exists()


@pytest.mark.parametrize("address", [LIST, CHOICES])
def test_a_visitor_must_sign_in(address):
    assert Client().get(address).status_code == 302


def test_the_list_shows_ones_own_messages_the_newest_first(anne, bruno):
    for day in (3, 5):
        with frozen_at(datetime(2026, 11, day, tzinfo=UTC)):
            tell(bruno, anne, number=f"26-000{day}")
    page = anne.browser().get(LIST).content.decode()
    assert page.index("26-0005") < page.index("26-0003")
    assert "26-000" not in bruno.browser().get(LIST).content.decode()


def test_an_empty_list_says_what_would_fill_it(anne):
    assert "Aucun message" in anne.browser().get(LIST).content.decode()


def test_opening_one_leads_there_and_reads_it(anne, bruno):
    (message,) = tell(bruno, anne, path="/dossiers/42/")
    address = reverse("notifications:open", args=[message.pk])
    assert bruno.browser().get(address).status_code == 404
    assert anne.browser().get(address).url == "/dossiers/42/"
    message.refresh_from_db()
    assert message.read_at
    unread = anne.browser().get(LIST, {"show": "unread"}).context["found"]
    assert unread == []


def test_opening_one_sent_to_her_other_institution_lets_her_act_for_it(anne):
    other = colleague().institution
    Membership.objects.create(user=anne.user, institution=other, role=Role.CASEWORKER)
    notify(
        users=[anne.user], institution_id=other.pk, kind="test.happened", params={"number": "1"}, path=LIST
    )
    browser = anne.browser()
    assert browser.get(LIST).wsgi_request.actor.institution_id == anne.institution.pk
    browser.get(reverse("notifications:open", args=[Notification.objects.get().pk]))
    assert browser.get(LIST).wsgi_request.actor.institution_id == other.pk


def test_all_are_read_with_one_click(anne, bruno):
    tell(bruno, anne)
    browser = anne.browser()
    assert browser.get(reverse("notifications:read-all")).status_code == 405
    browser.post(reverse("notifications:read-all"))
    assert not Notification.objects.filter(read_at__isnull=True).exists()


def test_the_choice_of_mails_is_kept(anne):
    browser = anne.browser()
    form = browser.get(CHOICES).context["form"]
    assert browser.post(CHOICES, {**dict.fromkeys(form.fields, "daily"), "hour": "18"}).status_code == 302
    assert set(Preference.objects.values_list("user", "mail")) == {(anne.user.pk, "daily")}
    assert browser.get(CHOICES).context["form"].initial["platform"] == "daily"
    assert browser.get(CHOICES).context["form"].initial["hour"] == 18


def test_a_wrong_choice_is_shown_beside_its_question(anne):
    response = anne.browser().post(CHOICES, {"platform": "sometimes"})
    assert response.status_code == 200
    assert "platform" in response.context["form"].errors


def test_as_many_queries_with_one_message_as_with_twenty(anne, bruno, django_assert_max_num_queries):
    browser = anne.browser()
    for number in range(20):
        tell(bruno, anne, number=str(number))
    with django_assert_max_num_queries(10):
        browser.get(LIST)
