"""Break the glass, end it, review it: what opens, what closes, who is told, and what stays refused."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import Error, IntegrityError, connection, transaction

import scenarios
from accord.casework.cases.enums import Audience, Basis, Category, EventKind
from accord.casework.cases.models import Case, Disclosure, Event, Note
from accord.casework.cases.policies import can_work_on, cases_visible_to
from accord.casework.cases.selectors import case_for, sight_of
from accord.casework.cases.services import add_note, tell_of_case
from accord.casework.emergencies.enums import Outcome
from accord.casework.emergencies.models import EmergencyAccess, EmergencyAttempt
from accord.casework.emergencies.selectors import running_for, tallies
from accord.casework.emergencies.services import end_access, remind_reviewers, review_access
from accord.casework.emergencies.services.alerting import mail_person
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
from casework.emergencies.conftest import SENTENCE

UNKNOWN = "Aucun dossier en cours"


def told(kind: str) -> set[object]:
    return set(Notification.objects.filter(kind=kind).values_list("user_id", flat=True))


def sees(scene) -> int | None:
    with acting_as(scene.social.actor):
        try:
            case = case_for(scene.social.actor, scene.case.pk)
        except Case.DoesNotExist:
            return None
        return sight_of(scene.social.actor, case).mask


class TestOpening:
    def test_the_case_lies_open_for_what_was_asked_and_nothing_more(self, scene):
        assert sees(scene) is None
        access = scene.opened()
        assert sees(scene) == Category.IDENTITY | Category.SOCIAL
        opened = Disclosure.objects.get(pk=access.pk)
        assert (opened.basis, opened.valid_from, opened.valid_until) == (
            Basis.EMERGENCY,
            access.opened_at,
            access.opened_at + timedelta(hours=4),
        )

    def test_the_avs_number_finds_the_case_too(self, scene):
        typed = f"{scene.avs[:3]}.{scene.avs[3:7]}.{scene.avs[7:11]}.{scene.avs[11:]}"
        assert scene.opened(number=typed).case_id == scene.case.pk

    def test_a_house_that_may_not_hold_avs_numbers_gives_the_case_number(self, scene):
        house = scene.social.institution
        house.may_hold_avs = False
        house.save()
        with pytest.raises(Refused, match="habilitée"):
            scene.opened(number=scene.avs)

    def test_everybody_concerned_is_told(self, scene):
        access = scene.opened()
        assert told("emergency.opened") == {scene.officer.user.pk, scene.lead_officer.user.pk}
        assert told("emergency.letter") == {scene.lead.user.pk}
        event = Event.objects.get(case=scene.case, kind=EventKind.EMERGENCY)
        assert event.data["institution"] == scene.social.institution.name
        assert Entry.objects.filter(verb="emergency", cases=[scene.case.pk]).exists()
        with acting_as(Actor(window_case_id=scene.case.pk)):
            assert [row.pk for row in EmergencyAccess.objects.all()] == [access.pk]

    def test_the_person_of_another_case_reads_nothing_of_it(self, scene):
        scene.opened()
        other = scenarios.open_case(scene.lead)
        with acting_as(Actor(window_case_id=other.pk)):
            assert not EmergencyAccess.objects.exists()

    def test_the_person_gets_a_mail_without_content_when_she_wishes(self, scene, mailoutbox):
        access = scene.opened()
        person = scene.case.person
        with acting_as(WORKER):
            assert mail_person(access.pk) is False
            person.email, person.contact_way = "claire@example.org", "email"
            person.save()
            assert mail_person(access.pk) is True
        (sent,) = mail.outbox
        assert sent.to == ["claire@example.org"]
        for secret in ("Favre", scene.case.number, scene.social.institution.name, SENTENCE):
            assert secret not in sent.subject + sent.body

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"explanation": "urgent"}, "explanation"),
            ({"explanation": " " * 40}, "explanation"),
            ({"reason": "curious"}, "reason"),
            ({"categories": 0}, "categories"),
            ({"categories": int(Category.MEDICAL)}, "medical_explanation"),
            ({"categories": int(Category.MEDICAL), "medical_explanation": "oui"}, "medical_explanation"),
            ({"number": "CII-INCONNU"}, "number"),
            ({"number": "Favre"}, "number"),
        ],
    )
    def test_what_is_missing_is_said_beside_its_field(self, scene, changes, field):
        with pytest.raises(Refused) as refusal:
            scene.opened(**changes)
        assert refusal.value.field == field
        assert sees(scene) is None
        assert not EmergencyAccess.objects.exists()

    def test_the_medical_data_come_with_their_own_sentence(self, scene):
        scene.opened(categories=int(Category.MEDICAL), medical_explanation=SENTENCE)
        assert sees(scene) == Category.MEDICAL

    def test_no_more_hours_than_the_programme_allows(self, scene):
        access = scene.opened(hours=1_000)
        assert access.until - access.opened_at == timedelta(hours=24)

    def test_what_one_reads_already_needs_no_emergency(self, scene):
        scene.opened()
        with pytest.raises(Refused, match="lit déjà"):
            scene.opened()
        scene.opened(categories=int(Category.SOCIAL | Category.LANGUAGE))
        assert EmergencyAccess.objects.count() == 2

    def test_a_role_that_works_on_no_case_is_refused(self, scene):
        clerk = scenarios.colleague(scene.social.institution, Role.ADMINISTRATOR)
        scene.social = clerk
        with pytest.raises(Refused, match="rôle"):
            scene.opened()

    def test_a_draft_of_another_house_is_unknown(self, scene):
        scene.case = scenarios.draft(scene.lead)
        with pytest.raises(Refused, match=UNKNOWN):
            scene.opened()


class TestGuessing:
    def test_unknown_numbers_are_counted_journalled_and_then_refused(self, scene):
        for number in range(5):
            with pytest.raises(Refused, match=UNKNOWN):
                scene.opened(number=f"CII-{number}")
        assert Entry.objects.filter(verb="emergency_refused").count() == 5
        assert EmergencyAttempt.objects.filter(case_id=None).count() == 5
        with pytest.raises(Refused, match="Trop de numéros"):
            scene.opened()
        assert sees(scene) is None

    def test_an_hour_later_one_may_try_again(self, scene):
        for number in range(5):
            with pytest.raises(Refused):
                scene.opened(number=f"CII-{number}")
        EmergencyAttempt.objects.update(at=now() - timedelta(minutes=61))
        assert scene.opened().case_id == scene.case.pk

    def test_a_house_of_many_colleagues_does_not_guess_either(self, scene):
        EmergencyAttempt.objects.bulk_create(
            EmergencyAttempt(
                user_id=uuid4(), institution_id=scene.social.institution.pk, at=now() - timedelta(hours=2)
            )
            for _ in range(30)
        )
        with pytest.raises(Refused, match="Trop de numéros"):
            scene.opened()


class TestOtherWaysStayClosed:
    def test_a_disclosure_of_this_basis_cannot_be_inserted(self, scene):
        for actor in (scene.social.actor, scene.lead.actor):
            with (
                pytest.raises(Error, match=r"break_glass alone|row-level security"),
                acting_as(actor),
                transaction.atomic(),
            ):
                Disclosure.objects.create(
                    case=scene.case,
                    person_id=scene.case.person_id,
                    recipient_id=actor.institution_id,
                    categories=511,
                    basis=Basis.EMERGENCY,
                )

    def test_an_access_cannot_be_inserted_nor_changed_into_another(self, scene):
        access = scene.opened()
        changes = [{"until": now() + timedelta(days=30)}, {"categories": 511}, {"explanation": "x"}]
        for change in changes:
            with pytest.raises(Error), acting_as(scene.social.actor), transaction.atomic():
                EmergencyAccess.objects.filter(pk=access.pk).update(**change)
        with pytest.raises(Error), acting_as(scene.social.actor), transaction.atomic():
            access.pk = uuid4()
            access.save(force_insert=True)

    @pytest.mark.parametrize(
        "change",
        [
            {"valid_until": "later"},
            {"categories": 511},
            {"basis": Basis.PARTY, "categories": 0},
            {"basis": Basis.LAW, "legal_article": "x"},
        ],
    )
    def test_its_disclosure_is_not_lengthened_nor_widened(self, scene, change):
        access = scene.opened()
        if "valid_until" in change:
            change = {"valid_until": now() + timedelta(days=30)}
        with (
            pytest.raises(Error, match="break_glass alone"),
            acting_as(scene.social.actor),
            transaction.atomic(),
        ):
            Disclosure.objects.filter(pk=access.pk).update(**change)

    def test_no_other_disclosure_is_opened_from_within(self, scene):
        scene.opened()
        with pytest.raises(Error, match="row-level"), acting_as(scene.social.actor), transaction.atomic():
            tell_of_case(scene.case, scene.social.institution.pk)

    def test_the_function_has_its_own_checks(self, scene):
        begins = now()
        good = [
            uuid4(), scene.case.pk, "health", SENTENCE, "", 1, begins, begins + timedelta(hours=2), today(),
        ]  # fmt: skip

        def ask(**changes: object) -> None:
            values = [changes.get(str(place), value) for place, value in enumerate(good)]
            with acting_as(scene.social.actor), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select accord.break_glass(%s,%s,%s,%s,%s,%s,%s,%s,%s)", values)

        with pytest.raises(Error, match="number was not given"):
            ask()
        EmergencyAttempt.objects.create(
            user_id=scene.social.user.pk, institution_id=scene.social.institution.pk, case_id=scene.case.pk
        )
        for wrong in (
            {"3": "court"},
            {"5": 0},
            {"5": 32},
            {"7": begins},
            {"7": begins + timedelta(days=8)},
        ):
            with pytest.raises(Error, match="needed"):
                ask(**wrong)
        ask()
        assert sees(scene) == 1


class TestReadingOnly:
    def test_nothing_is_written_in_an_emergency(self, scene):
        scene.opened(categories=511, medical_explanation=SENTENCE)
        with acting_as(scene.social.actor):
            assert not can_work_on(scene.social.actor, scene.case)
            with pytest.raises(Refused, match="ne participe pas"):
                add_note(
                    by=scene.social.actor,
                    case_id=scene.case.pk,
                    text="x",
                    category=int(Category.SOCIAL),
                    audience=Audience.CIRCLE,
                )
        with pytest.raises(Error, match="row-level"), acting_as(scene.social.actor), transaction.atomic():
            Note.objects.create(case=scene.case, owner=scene.social.institution, text="x")


class TestEnding:
    def test_it_ends_by_itself_at_its_hour(self, scene):
        access = scene.opened()
        ended = now() - timedelta(seconds=1)
        Disclosure.objects.filter(pk=access.pk).update(
            valid_from=ended - timedelta(hours=4), valid_until=ended
        )
        assert sees(scene) is None
        with acting_as(scene.social.actor):
            assert not Case.objects.filter(cases_visible_to(scene.social.actor)).exists()

    def test_it_can_be_ended_early_once(self, scene):
        access = scene.opened()
        with acting_as(scene.social.actor):
            assert [one.pk for one in running_for(scene.social.actor)] == [access.pk]
            end_access(by=scene.social.actor, access_id=access.pk)
            assert running_for(scene.social.actor) == []
            with pytest.raises(Refused, match="déjà terminé"):
                end_access(by=scene.social.actor, access_id=access.pk)
        assert sees(scene) is None
        assert told("emergency.ended") == {scene.officer.user.pk, scene.lead_officer.user.pk}

    def test_another_house_does_not_end_it(self, scene):
        access = scene.opened()
        with acting_as(scene.lead.actor), pytest.raises(Refused, match="Seule"):
            end_access(by=scene.lead.actor, access_id=access.pk)


class TestReview:
    def review(self, who, access, **changes: object) -> EmergencyAccess:
        words: dict[str, object] = {"outcome": Outcome.JUSTIFIED, "review": SENTENCE} | changes
        with acting_as(who.actor):
            return review_access(by=who.actor, access_id=access.pk, **words)  # type: ignore[arg-type]

    def test_the_officer_says_whether_it_was_justified(self, scene):
        access = self.review(scene.officer, scene.opened())
        assert (access.outcome, access.reviewer_id) == (Outcome.JUSTIFIED, scene.officer.user.pk)
        assert told("emergency.reviewed") == {scene.social.user.pk, scene.lead_officer.user.pk}
        with acting_as(scene.officer.actor):
            counted = {
                one.reason: (one.all, one.justified, one.unreviewed) for one in tallies(scene.officer.actor)
            }
        assert counted["danger pour la santé ou la vie"] == (1, 1, 0)

    def test_a_second_review_is_refused(self, scene):
        access = scene.opened()
        self.review(scene.officer, access)
        with pytest.raises(Refused, match="déjà été revu"):
            self.review(scene.officer, access)

    def test_nobody_reviews_herself(self, scene):
        both = scenarios.colleague(scene.social.institution, Role.CASEWORKER, Role.DATA_PROTECTION)
        scene.social = both
        access = scene.opened()
        with pytest.raises(Refused, match="une autre personne"):
            self.review(both, access)
        with pytest.raises(IntegrityError), transaction.atomic():
            EmergencyAccess.objects.filter(pk=access.pk).update(
                reviewer=both.user, reviewed_at=now(), outcome="justified"
            )

    def test_the_officer_of_the_lead_does_not_review(self, scene):
        with pytest.raises(Refused, match="appartient"):
            self.review(scene.lead_officer, scene.opened())

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"outcome": "perhaps"}, "outcome"),
            ({"review": "bien"}, "review"),
            ({"outcome": Outcome.NOT_JUSTIFIED}, "follow_up"),
        ],
    )
    def test_a_review_is_a_sentence_and_has_consequences(self, scene, changes, field):
        with pytest.raises(Refused) as refusal:
            self.review(scene.officer, scene.opened(), **changes)
        assert refusal.value.field == field

    def test_the_officer_is_reminded_and_the_manager_told_each_once(self, scene):
        manager = scenarios.colleague(scene.social.institution, Role.MANAGER)
        access = scene.opened()
        with acting_as(WORKER):
            assert remind_reviewers(on=access.review_due_on - timedelta(days=3)) == 0
            assert remind_reviewers(on=access.review_due_on) == 1
            assert remind_reviewers(on=access.review_due_on) == 0
            assert remind_reviewers(on=access.review_due_on + timedelta(days=1)) == 1
            assert remind_reviewers(on=access.review_due_on + timedelta(days=2)) == 0
        assert told("emergency.review_due") == {scene.officer.user.pk}
        assert told("emergency.review_late") == {scene.officer.user.pk, manager.user.pk}
