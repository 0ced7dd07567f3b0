"""At the door: right, wrong, expired, guessed, used twice, from too many tries, and two at once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

import scenarios
from accord.casework.window.models import Attempt, Code
from accord.casework.window.rules import ADDRESS_WINDOW, IDLE_SECONDS, MOST_FROM_ADDRESS
from accord.casework.window.services import enter, forget_attempts, revoke_letter
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import NOBODY
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from casework.window.situations import BORN, CODES, Window

TODAY = "window:today"


def is_inside(client: Client) -> bool:
    return client.get(reverse(TODAY)).status_code == 200


def answer_of(response: object) -> str:
    """The page without its tokens and what she typed."""
    text = re.sub(
        r'(name="(csrfmiddlewaretoken|submission|number|code|birth_date)" )?value="[^"]*"',
        "",
        response.content.decode(),
    )  # type: ignore[attr-defined]
    return re.sub(r"value=\S+", "", text)


def test_number_code_and_birth_date_open_the_window(window):
    client = Client()
    assert window.types(client, " bcdf-2346 ", "17/5/1980").status_code == 302
    assert is_inside(client)
    entry = Entry.objects.get(verb="entered")
    assert entry.user_name == "la personne concernée" and entry.cases == [window.case.pk]


def wrongs(window: Window) -> dict[str, dict[str, str]]:
    return {
        "number": {"number": "00000000"},
        "code": {"code": "XXXX9999"},
        "birth date": {"birth_date": "18.05.1980"},
        "partial birth date": {"birth_date": "1980"},
    }


def test_every_failure_says_the_same(window):
    answers = {answer_of(window.types(Client(), **wrong)) for wrong in wrongs(window).values()}
    window.comes_in(Client())
    window.letter.refresh_from_db()
    answers.add(answer_of(window.types(Client())))
    for field in ("revoked_at", "locked_at"):
        setattr(window.letter, field, now())
        window.letter.save()
        answers.add(answer_of(window.types(Client(), CODES[1])))
        setattr(window.letter, field, None)
    window.letter.valid_until = now() - timedelta(seconds=1)
    window.letter.save()
    answers.add(answer_of(window.types(Client(), CODES[1])))
    assert len(answers) == 1
    assert "Cela n’a pas marché" in answers.pop()


@pytest.mark.parametrize("typed", ["mai", "32.13.1980", "31.02.1980"])
def test_what_is_no_date_is_said_beside_it_and_is_no_try(window, typed):
    client = Client()
    page = window.types(client, CODES[0], typed)
    assert page.status_code == 422 and "Cette date n’existe pas" in page.text
    assert not Attempt.objects.exists()
    assert window.types(client, CODES[0], BORN).status_code == 302


def test_a_code_serves_once(window):
    window.comes_in(Client())
    second = Client()
    assert window.types(second).status_code == 422
    assert not is_inside(second)
    window.comes_in(second, CODES[1])


def test_an_expired_letter_opens_nothing(window):
    client = Client()
    with frozen_at(window.letter.valid_until):
        assert window.types(client).status_code == 422
    assert Code.objects.filter(used_at__isnull=False).count() == 0


def test_the_fifth_wrong_try_locks_the_letter_and_tells_who_issued_it(window):
    from accord.casework.cases.models import Participant

    Participant.objects.filter(case=window.case).update(referent=window.anne.user)
    for _try in range(4):
        window.types(Client(), "XXXX9999")
    assert not Notification.objects.filter(kind="window.locked").exists()
    window.types(Client(), "XXXX9999")
    window.letter.refresh_from_db()
    assert window.letter.locked_at is not None
    assert Notification.objects.get(kind="window.locked").user_id == window.anne.user.pk
    client = Client()
    assert window.types(client).status_code == 422
    assert not is_inside(client)


def test_coming_in_forgives_the_slips_before(window):
    for _try in range(4):
        window.types(Client(), "XXXX9999")
    window.comes_in(Client())
    window.letter.refresh_from_db()
    assert window.letter.wrong_tries == 0


def try_from(address: str, window: Window, code: str = CODES[0]) -> bool:
    with acting_as(NOBODY):
        return enter(number=window.letter.number, code=code, birth_date=BORN, address=address) is not None


def test_an_address_that_guesses_must_wait_and_cannot_lock_more(window):
    with acting_as(NOBODY):
        for _try in range(MOST_FROM_ADDRESS):
            enter(number="00000000", code="XXXX9999", birth_date=BORN, address="192.0.2.1")
    assert not try_from("192.0.2.1", window)
    window.letter.refresh_from_db()
    assert window.letter.wrong_tries == 0
    assert try_from("192.0.2.2", window)
    with frozen_at(now() + ADDRESS_WINDOW + timedelta(seconds=1)):
        assert try_from("192.0.2.1", window, CODES[1])


def test_an_address_is_kept_as_a_digest_and_a_day_only(window):
    assert not try_from("192.0.2.1", window, "XXXX9999")
    assert "192.0.2.1" not in Attempt.objects.get().address
    assert forget_attempts() == 0
    with frozen_at(now() + timedelta(days=2)):
        assert forget_attempts() == 1


@pytest.mark.usefixtures("journal_can_be_emptied")
@pytest.mark.django_db(transaction=True)
def test_the_same_code_in_two_transactions_at_once_opens_once(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    scenarios.programmes()
    window = Window()
    outcomes: list[bool] = []
    both = threading.Barrier(2)

    def come(address: str) -> None:
        try:
            both.wait(5)
            outcomes.append(try_from(address, window))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come, args=(f"192.0.2.{place}",)) for place in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == [False, True]


def test_a_revoked_letter_ends_the_session_at_once(window, browser):
    assert is_inside(browser)
    with acting_as(window.anne.actor):
        revoke_letter(by=window.anne.actor, letter_id=window.letter.pk)
    assert browser.get(reverse(TODAY)).headers["Location"].startswith(reverse("window:sign-in"))


def test_the_session_is_fresh_and_short(window):
    client = Client()
    client.get(reverse("window:sign-in"))
    client.post(reverse("window:size"), {"step": "+"})
    before = client.session.session_key
    window.comes_in(client)
    assert client.session.session_key != before
    assert client.session.get_expiry_age() == IDLE_SECONDS
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == IDLE_SECONDS


def test_coming_in_ends_a_colleagues_session_and_the_other_way_round(window):
    client = window.anne.browser()
    assert client.get(reverse("web:home")).status_code == 200
    window.comes_in(client)
    assert client.get(reverse("web:home")).status_code == 302
    client.force_login(window.anne.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("web:home")).status_code == 200
    assert client.get(reverse(TODAY)).status_code == 403
    client.logout()
    assert not is_inside(client)


def test_leaving_leaves_nothing(window, browser):
    assert browser.post(reverse("window:leave")).headers["Location"] == reverse("window:sign-in")
    assert not is_inside(browser)
    assert Entry.objects.filter(verb="left_window", cases=[window.case.pk]).exists()


def test_the_database_tells_nobody_more_than_the_case_of_a_number(window):
    with acting_as(NOBODY), connection.cursor() as cursor:
        cursor.execute("select count(*) from window_letter")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from window_code")
        assert cursor.fetchone() == (0,)
