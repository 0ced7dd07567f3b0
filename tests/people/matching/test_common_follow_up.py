"""Who else follows her? One sentence, no name, no institution; and not too often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from accord.network.programmes.models import ProgrammeMember
from accord.people.matching.enums import Verdict
from accord.people.matching.models import Fingerprint, Look, Question
from accord.people.matching.services import (
    NoKey,
    ask_who_follows,
    catch_up,
    keep_fingerprints,
    merge_persons,
    rotate,
    undo_merge,
)
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.services import correct_person
from scenarios import avs_number, colleague, draft, institution, person, programmes

pytestmark = pytest.mark.django_db
FORMER, NEW = (1, b"f" * 40), (2, b"n" * 40)


@pytest.fixture(autouse=True)
def _programmes():
    programmes()


@pytest.fixture
def anne():
    return colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def bruno():
    """Works for an institution of the same circle."""
    return colleague(kind=Kind.SOCIAL_AID)


def followed(at: Institution, **fields: object) -> Person:
    """A person with an open file at the institution that registered her, and her fingerprints."""
    about = person(at, **fields)
    InstitutionFile.objects.create(person=about, institution=at, opened_on=today())
    keep_fingerprints([about])
    return about


def ask(by, about):
    with acting_as(by.actor):
        return ask_who_follows(by=by.actor, person_id=about.pk)


def test_somebody_of_the_circle_follows_her_and_no_more_is_said(anne, bruno):
    claire, theirs = followed(anne.institution), followed(bruno.institution)
    answer = ask(anne, claire)
    assert answer.verdict == Verdict.FOLLOWED
    assert "CII Genève" in answer.sentence
    assert "suit aussi cette personne" in answer.sentence
    for told in (bruno.institution.name, bruno.institution.short_name, str(theirs), str(theirs.pk)):
        assert told not in str(answer)
        assert told not in answer.sentence


def test_nobody_else_to_our_knowledge(anne):
    answer = ask(anne, followed(anne.institution))
    assert (answer.verdict, answer.circles) == (Verdict.NOBODY, ())
    assert answer.sentence == "Personne d’autre ne la suit, à notre connaissance."


def test_the_number_alone_is_enough_whatever_the_names(anne, bruno):
    number = avs_number()
    claire = followed(anne.institution, avs_number=number)
    followed(bruno.institution, family_name="Rochat", birth_date="", avs_number=number)
    assert ask(anne, claire).verdict == Verdict.FOLLOWED


def test_names_are_compared_without_accents_and_in_any_order(anne, bruno):
    claire = followed(anne.institution, family_name="Müller", given_names="Zoé")
    followed(bruno.institution, family_name="ZOE", given_names="Mueller")
    assert ask(anne, claire).verdict == Verdict.FOLLOWED


SILENT = {
    "another person": {"family_name": "Rochat"},
    "another date": {"birth_date": "1980-05-18"},
    "a date known in part": {"birth_date": "1980"},
}


@pytest.mark.parametrize("fields", SILENT.values(), ids=SILENT)
def test_another_person_is_not_taken_for_her(anne, bruno, fields):
    claire = followed(anne.institution)
    followed(bruno.institution, **fields)
    assert ask(anne, claire).verdict == Verdict.NOBODY


def test_equal_names_and_date_with_two_numbers_are_two_persons(anne, bruno):
    claire = followed(anne.institution, avs_number=avs_number())
    followed(bruno.institution, avs_number=avs_number())
    assert ask(anne, claire).verdict == Verdict.NOBODY


def test_an_institution_that_closed_its_file_no_longer_follows_her(anne, bruno):
    claire, theirs = followed(anne.institution), followed(bruno.institution)
    theirs.files.update(closed_on=today())
    assert ask(anne, claire).verdict == Verdict.NOBODY
    draft(bruno, about=theirs)
    assert ask(anne, claire).verdict == Verdict.FOLLOWED


def test_only_the_circles_in_which_one_sits_answer():
    fund = colleague(kind=Kind.PENSION_FUND)
    claire = followed(fund.institution)
    followed(institution(Kind.CAREER_GUIDANCE))
    assert ask(fund, claire).verdict == Verdict.NOBODY


def test_once_a_circle_has_seats_only_the_seated_answer(anne, bruno):
    claire = followed(anne.institution)
    followed(bruno.institution)
    for slug in ("cii-geneve", "cii-valais", "cii-plus"):
        ProgrammeMember.objects.create(programme_slug=slug, institution=anne.institution, role="member")
    assert ask(anne, claire).verdict == Verdict.NOBODY
    ProgrammeMember.objects.create(programme_slug="cii-geneve", institution=bruno.institution, role="member")
    assert ask(anne, claire).circles == ("CII Genève",)


def test_one_asks_only_of_persons_whom_one_follows(anne, bruno):
    claire = person(anne.institution)
    keep_fingerprints([claire])
    followed(bruno.institution)
    answer = ask(anne, claire)
    assert (answer.verdict, answer.circles) == (Verdict.UNFOLLOWED, ())
    draft(anne, about=claire)
    assert ask(anne, claire).verdict == Verdict.FOLLOWED


def test_one_asks_only_of_persons_whom_one_has_registered(anne, bruno):
    theirs = followed(bruno.institution)
    with pytest.raises(Person.DoesNotExist):
        ask(anne, theirs)
    assert not Question.objects.exists()


def test_an_administrator_does_not_ask(anne):
    with pytest.raises(Refused):
        ask(colleague(anne.institution, Role.ADMINISTRATOR), followed(anne.institution))


def test_every_question_is_journalled(anne):
    claire = followed(anne.institution)
    ask(anne, claire)
    entry = Entry.objects.get(verb="asked_who_follows")
    assert (entry.user_id, entry.subject_id, entry.data["verdict"]) == (anne.user.pk, claire.pk, "nobody")


def test_two_queries_whoever_answers(anne, bruno, django_assert_num_queries):
    claire, denise = followed(anne.institution), followed(anne.institution, family_name="Rochat")
    followed(bruno.institution)
    ask(anne, claire)
    for about in (claire, denise):
        with acting_as(anne.actor), transaction.atomic(), django_assert_num_queries(4) as asked:
            ask_who_follows(by=anne.actor, person_id=about.pk)
        statements = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(statements) == 2
        assert "accord.ask_who_follows" in statements[0]


def test_who_asks_too_often_is_refused_and_may_ask_again_later(anne, bruno, settings):
    settings.ACCORD_FOLLOW_UP_QUESTIONS = (2, 3, 100)
    claire = followed(anne.institution)
    followed(bruno.institution)
    assert [ask(anne, claire).verdict for _ in range(3)] == ["followed", "followed", "refused"]
    assert "trop de questions" in ask(anne, claire).sentence
    with frozen_at(now() + timedelta(hours=2)):
        assert [ask(anne, claire).verdict for _ in range(2)] == ["followed", "refused"]
    with frozen_at(now() + timedelta(days=2)):
        assert ask(anne, claire).verdict == "followed"


def test_a_refused_question_tells_nothing_and_is_journalled(anne, bruno, settings):
    settings.ACCORD_FOLLOW_UP_QUESTIONS = (0, 0, 0)
    claire = followed(anne.institution)
    followed(bruno.institution)
    answer = ask(anne, claire)
    assert (answer.verdict, answer.circles) == (Verdict.REFUSED, ())
    assert Entry.objects.get(verb="asked_who_follows").data == {"verdict": "refused", "circles": []}


def test_an_institution_has_its_limit_too(anne, settings):
    settings.ACCORD_FOLLOW_UP_QUESTIONS = (30, 200, 1)
    claire = followed(anne.institution)
    ask(anne, claire)
    assert ask(colleague(anne.institution), claire).verdict == Verdict.REFUSED
    stranger = colleague()
    assert ask(stranger, followed(stranger.institution)).verdict != Verdict.REFUSED


def test_data_protection_is_told_once_of_repeated_refusals(anne, settings):
    settings.ACCORD_FOLLOW_UP_QUESTIONS = (0, 0, 0)
    officer = colleague(anne.institution, Role.DATA_PROTECTION)
    claire = followed(anne.institution)
    for refused in range(1, 6):
        ask(anne, claire)
        told = Notification.objects.filter(kind="matching.guessing")
        assert [message.user_id for message in told] == ([officer.user.pk] if refused >= 3 else [])


@pytest.mark.parametrize("actor", ["anne", "worker"])
def test_nobody_reads_the_fingerprints(anne, actor):
    followed(anne.institution)
    acting = anne.actor if actor == "anne" else WORKER
    with pytest.raises(Error, match="permission denied"), acting_as(acting), transaction.atomic():
        list(Fingerprint.objects.all())


def test_nobody_writes_fingerprints_for_another_institution(anne, bruno):
    theirs = followed(bruno.institution)
    with pytest.raises(Error, match="another institution"), acting_as(anne.actor), transaction.atomic():
        keep_fingerprints([theirs])


def test_only_the_worker_drops_fingerprints(anne):
    with pytest.raises(Error, match="permission denied"), acting_as(anne.actor), transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute("select accord.drop_old_fingerprints(1, 1)")


def test_a_correction_makes_a_new_fingerprint(anne, bruno):
    claire = followed(anne.institution)
    followed(bruno.institution, family_name="Rochat")
    assert ask(anne, claire).verdict == Verdict.NOBODY
    with acting_as(anne.actor):
        correct_person(
            by=anne.actor, person_id=claire.pk, version=1, family_name="Rochat", given_names="Claire",
            birth_date="1980-05-17", postal_code="1201", city="Genève",
        )  # fmt: skip
    assert ask(anne, claire).verdict == Verdict.FOLLOWED


def test_a_merged_registration_has_no_fingerprint_until_it_comes_back(anne, bruno):
    claire, twin = followed(anne.institution), person(bruno.institution)
    kept = person(bruno.institution, "Favre", "Claire", birth_date="1980-05-18")
    InstitutionFile.objects.create(person=kept, institution=bruno.institution, opened_on=today())
    keep_fingerprints([twin, kept])
    with acting_as(bruno.actor):
        merged = merge_persons(
            by=bruno.actor, kept_id=kept.pk, gone_id=twin.pk, decided={"birth_date": "kept"}, reason="Vu"
        )
    assert not Fingerprint.objects.filter(person=twin).exists()
    assert ask(anne, claire).verdict == Verdict.NOBODY
    with acting_as(bruno.actor):
        undo_merge(by=bruno.actor, merge_id=merged.pk)
    assert Fingerprint.objects.filter(person=twin).exists()


def test_the_night_makes_the_fingerprints_that_are_missing(anne):
    person(anne.institution)
    with acting_as(WORKER):
        catch_up()
    assert Fingerprint.objects.count() == 1


class Killed(Exception):
    """The process is gone."""


def kill(done: int, total: int, what: str) -> None:
    raise Killed


def test_a_rotation_that_is_killed_goes_on_and_both_keys_answer_meanwhile(anne, bruno, settings):
    settings.ACCORD_FINGERPRINT_KEYS = (FORMER,)
    claire, theirs = followed(anne.institution), followed(bruno.institution)
    settings.ACCORD_FINGERPRINT_KEYS = (NEW, FORMER)
    assert ask(anne, claire).verdict == Verdict.FOLLOWED
    with pytest.raises(Killed):
        rotate(progress=kill, batch=1)
    assert sorted(Look.objects.values_list("key_version", flat=True)) == [1, 2]
    assert ask(anne, claire).verdict == Verdict.FOLLOWED
    assert ask(bruno, theirs).verdict == Verdict.FOLLOWED

    steps: list[tuple[int, int]] = []
    done = rotate(progress=lambda recomputed, total, what: steps.append((recomputed, total)), batch=1)
    assert (done.key_version, done.recomputed, done.dropped) == (2, 1, 2)
    assert steps == [(1, 1)]
    assert set(Fingerprint.objects.values_list("key_version", flat=True)) == {2}
    settings.ACCORD_FINGERPRINT_KEYS = (NEW,)
    assert ask(anne, claire).verdict == Verdict.FOLLOWED


def test_who_is_registered_during_a_rotation_stands_under_both_keys_and_afterwards_under_one(anne, settings):
    settings.ACCORD_FINGERPRINT_KEYS = (FORMER,)
    followed(anne.institution)
    settings.ACCORD_FINGERPRINT_KEYS = (NEW, FORMER)
    during = followed(anne.institution, family_name="Rochat")
    assert Fingerprint.objects.filter(person=during).count() == 2
    rotate(progress=lambda *told: None)
    after = followed(anne.institution, family_name="Rey")
    assert Fingerprint.objects.filter(person=after).count() == 1


def test_rotating_twice_changes_nothing(anne):
    followed(anne.institution)
    before = list(Fingerprint.objects.values_list("pk", flat=True))
    assert rotate(progress=kill).recomputed == 0
    assert list(Fingerprint.objects.values_list("pk", flat=True)) == before


def test_without_a_key_there_is_nothing_to_rotate_and_nothing_is_found(anne, bruno, settings):
    settings.ACCORD_FINGERPRINT_KEYS = ()
    claire = followed(anne.institution)
    followed(bruno.institution)
    assert ask(anne, claire).verdict == Verdict.NOBODY
    with pytest.raises(NoKey):
        rotate(progress=kill)
