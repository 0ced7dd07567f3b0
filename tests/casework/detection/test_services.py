"""An insurer announces early; the AI office answers within thirty days; a préavis is heard before it decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, transaction

from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Disclosure, Event
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.services import join_second_circle
from accord.casework.consents.services import prepare_consent, sign_on_screen
from accord.casework.detection.models import Detection, Notice, NoticeParty
from accord.casework.detection.policies import parties_visible_to
from accord.casework.detection.selectors import (
    answered_event,
    communications_to_answer,
    detection_of,
    detection_worklist,
    notices_of,
)
from accord.casework.detection.services import (
    answer_communication,
    hold_interview,
    invite_to_interview,
    note_application,
    receive_communication,
    record_decision,
    record_position,
)
from accord.casework.detection.services.printing import ANNOUNCER, PERSON, letter_data, print_answer
from accord.casework.referrals.services import (
    Incomplete,
    decline_referral,
    save_draft,
    send_referral,
    start_referral,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import Actor
from accord.kernel.clock import frozen_at, now, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.enums import Kind, Role
from casework.detection.situations import (
    ANSWERS,
    BENEFITS,
    CRITERIA,
    IDENTITY,
    STROKES,
    BothCircles,
    Plus,
)
from scenarios import Colleague, colleague, in_days, institution, person


def worklist(who: Colleague) -> list[tuple[str, object]]:
    with acting_as(who.actor):
        return [(one.kind, one.due_on) for one in detection_worklist(who.actor)]


def authorised(plus: Plus, who: Colleague, categories: int) -> None:
    by = plus.lea.actor
    with acting_as(by):
        consent = prepare_consent(
            by=by,
            case_id=plus.case.pk,
            language="de",
            purpose="un plan",
            is_recurring=True,
            valid_from=in_days(0),
            valid_until=in_days(90),
            grants={who.institution.pk: categories},
        )
        sign_on_screen(by=by, consent_id=consent.pk, signatory="person", strokes=STROKES)


class TestTheClock:
    def test_sending_a_communication_starts_it(self, plus):
        assert (plus.detection.received_on, plus.detection.due_on) == (in_days(0), in_days(30))
        assert plus.detection.owner == plus.anne.institution
        assert worklist(plus.anne) == [("answer", in_days(30))]
        assert worklist(plus.lea) == []

    def test_no_consent_is_needed_but_the_person_is_informed_beforehand(self, plus):
        assert not Disclosure.objects.filter(basis="consent").exists()
        assert Disclosure.objects.get(basis="law").legal_article == "LAI art. 3b"
        by = plus.lea.actor
        with acting_as(by):
            referral = start_referral(
                by=by, programme_slug="cii-plus", person=person(plus.lea.institution, "Rey")
            )
            save_draft(
                by=by, referral_id=referral.pk, version=referral.version, subject="x",
                reasons=["incapacity"], criteria=CRITERIA, answers=ANSWERS, questions="",
                announcer_kind="e", insured_informed_on=None, desk_id=plus.anne.institution.pk,
            )  # fmt: skip
            with pytest.raises(Incomplete) as refused:
                send_referral(by=by, referral_id=referral.pk)
        assert [(one.field, one.problem) for one in refused.value.missing] == [
            ("insured_informed_on", "inform")
        ]

    def test_it_is_overdue_after_thirty_days_and_gone_once_answered(self, plus):
        with frozen_at(now() + timedelta(days=31)), acting_as(plus.anne.actor):
            (row,) = communications_to_answer(plus.anne.actor)
            assert row.due_on < today()
        plus.answered()
        assert worklist(plus.anne) == []

    def test_a_declined_communication_leaves_the_list(self, plus):
        with acting_as(plus.anne.actor):
            decline_referral(
                by=plus.anne.actor, referral_id=plus.referral.pk, reason="criteria", sentence="Non."
            )
        assert worklist(plus.anne) == []

    def test_other_programmes_start_none(self, both):
        assert not Detection.objects.filter(case=both.case).exists()

    def test_on_paper_it_is_recorded_where_the_case_stands_in_cii_plus(self, both):
        actor, case = both.anne.actor, both.case
        with acting_as(actor), pytest.raises(Refused, match="détection précoce"):
            receive_communication(by=actor, case_id=case.pk, received_on=in_days(0))
        both.joined()
        with acting_as(actor):
            first = receive_communication(by=actor, case_id=case.pk, received_on=in_days(-4))
            again = receive_communication(by=actor, case_id=case.pk, received_on=in_days(0))
            with pytest.raises(Refused, match="futur"):
                receive_communication(by=actor, case_id=case.pk, received_on=in_days(1))
        assert first == again
        assert first.due_on == in_days(26)

    def test_only_an_ai_office_receives(self, plus):
        plus.accepted()
        with acting_as(plus.lea.actor), pytest.raises(Refused, match="office AI"):
            receive_communication(by=plus.lea.actor, case_id=plus.case.pk, received_on=in_days(0))

    def test_the_database_lets_nobody_start_it_for_another_office(self, plus):
        stranger = colleague(institution(Kind.INSURER_ACCIDENT))
        row = Detection(
            case=plus.case, owner=plus.anne.institution, received_on=in_days(0), due_on=in_days(30)
        )
        Detection.objects.all().delete()
        with (
            pytest.raises(Error, match="row-level security"),
            acting_as(stranger.actor),
            transaction.atomic(),
        ):
            row.save(force_insert=True)


class TestAnswering:
    def act(self, plus: Plus, verb, by: Colleague | None = None, **words: object) -> Detection:
        actor = (by or plus.anne).actor
        words.setdefault("version", plus.detection.version)
        with acting_as(actor):
            return verb(by=actor, detection_id=plus.detection.pk, **words)

    def test_interview_answer_application(self, plus):
        self.act(plus, invite_to_interview, interview_on=in_days(5))
        self.act(plus, invite_to_interview, interview_on=in_days(0))
        self.act(plus, hold_interview, held_on=in_days(0))
        plus.answered()
        assert self.act(plus, note_application, applied_on=in_days(0)).state == "applied"
        verbs = Entry.objects.filter(subject_kind="detection").values_list("verb", flat=True)
        assert list(verbs.order_by("id")) == ["invited", "invited", "held", "applied"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"outcome": ""}, "outcome"),
            ({"outcome": "perhaps"}, "outcome"),
            ({"reasons": " "}, "reasons"),
            ({"reasons": "x" * 2001}, "reasons"),
            ({"answered_on": in_days(1)}, "answered_on"),
            ({"answered_on": in_days(-1)}, "answered_on"),
        ],
    )
    def test_what_is_refused(self, plus, changes, field):
        with pytest.raises(Refused) as refused:
            plus.answered(**changes)
        assert refused.value.field == field
        assert plus.detection.state == "received"

    def test_no_interview_before_the_communication_or_after_the_answer(self, plus):
        for verb, words in (
            (invite_to_interview, {"interview_on": in_days(-1)}),
            (invite_to_interview, {"interview_on": in_days(400)}),
        ):
            with pytest.raises(Refused):
                self.act(plus, verb, **words)
        with pytest.raises(ForbiddenTransition):
            self.act(plus, hold_interview, held_on=in_days(0))
        plus.answered()
        with pytest.raises(ForbiddenTransition):
            self.act(plus, invite_to_interview, interview_on=in_days(3))

    @pytest.mark.parametrize("outcome", ["not_indicated", "already"])
    def test_no_application_is_awaited_where_none_is_indicated(self, plus, outcome):
        plus.answered(outcome)
        with pytest.raises(Refused, match="attendue"):
            self.act(plus, note_application, applied_on=in_days(0))

    def test_answering_twice_is_refused(self, plus):
        plus.answered()
        with pytest.raises(ForbiddenTransition):
            plus.answered("not_indicated")
        assert plus.detection.outcome == "indicated"

    def test_a_colleague_was_faster(self, plus):
        version = plus.detection.version
        self.act(plus, invite_to_interview, interview_on=in_days(2))
        with pytest.raises(Stale):
            plus.answered(version=version)

    def test_another_office_answers_nothing(self, plus):
        other = colleague(institution(Kind.AI_OFFICE))
        with acting_as(other.actor), pytest.raises(Detection.DoesNotExist):
            answer_communication(
                by=other.actor, detection_id=plus.detection.pk, version=1, outcome="indicated",
                reasons="x", answered_on=in_days(0),
            )  # fmt: skip

    def test_the_database_keeps_an_answer_whole(self, plus):
        for broken in ({"state": "answered"}, {"answered_on": in_days(0)}, {"state": "applied"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Detection.objects.filter(case=plus.case).update(**broken)


class TestWhatTheAnnouncerLearns:
    def test_that_it_is_answered_and_when_but_not_what(self, plus):
        colleague(plus.lea.institution, Role.REFERENT)
        plus.answered()
        with acting_as(plus.lea.actor):
            assert detection_of(plus.lea.actor, plus.case) is None
            told = answered_event(plus.lea.actor, plus.case)
        assert told.data == {"on": in_days(0).isoformat()}
        assert Notification.objects.filter(kind="detection.answered").exists()

    def test_what_was_answered_only_if_the_person_authorised_benefits(self, plus):
        plus.answered()
        authorised(plus, plus.lea, IDENTITY | BENEFITS)
        with acting_as(plus.lea.actor):
            assert detection_of(plus.lea.actor, plus.case).outcome == "indicated"

    @pytest.mark.parametrize(("categories", "told"), [(IDENTITY, False), (IDENTITY | BENEFITS, True)])
    def test_the_letter_to_the_announcer_keeps_to_it(self, plus, categories, told):
        plus.answered()
        authorised(plus, plus.lea, categories)
        data = letter_data(plus.anne.actor, plus.detection, ANNOUNCER)
        assert bool(data["answer"]) is told
        assert data["reasons"] == []

    def test_the_person_reads_her_answer_at_her_window_only_once_it_is_given(self, plus):
        her = Actor(window_case_id=plus.case.pk)
        with acting_as(her):
            assert not Detection.objects.exists()
        plus.answered()
        with acting_as(her):
            assert Detection.objects.filter(records_visible_to(her)).get().outcome == "indicated"


class TestLetters:
    def test_no_letter_before_the_answer(self, plus):
        with pytest.raises(Refused, match="réponse"):
            print_answer(by=plus.anne.actor, detection=plus.detection, to=PERSON)

    @pytest.mark.parametrize("outcome", ["indicated", "not_indicated", "already"])
    def test_the_person_is_written_to_in_her_language(self, plus, outcome):
        plus.answered(outcome)
        data = letter_data(plus.anne.actor, plus.detection, PERSON)
        assert data["language"] == "de"
        assert data["recipient"][0] == "Claire Favre"
        assert data["after"]
        with acting_as(plus.anne.actor):
            detection = detection_of(plus.anne.actor, plus.case)
            detection.case = plus.case
            assert print_answer(by=plus.anne.actor, detection=detection, to=PERSON).startswith(b"%PDF")
        assert Entry.objects.filter(verb="read", subject_kind="detection letter").count() == 1

    def test_where_an_application_is_indicated_it_says_that_only_it_opens_benefits(self, plus):
        plus.answered()
        plus.case.person.language = "fr"
        plus.case.person.save()
        data = letter_data(plus.anne.actor, plus.detection, PERSON)
        assert any("seule votre demande" in line for line in data["after"])


class TestPreavis:
    def test_it_is_served_by_law_on_those_affected(self, plus, sees):
        plus.accepted()
        colleague(plus.paul.institution, Role.REFERENT)
        notice = plus.served(outside={"compensation": "Caisse X", "military": ""})
        assert notice.objections_until == in_days(30)
        assert sees(plus.case, plus.paul.institution) == IDENTITY | BENEFITS
        opened = Disclosure.objects.get(recipient=plus.paul.institution, basis="law")
        assert opened.legal_article == "RAI art. 73bis"
        kinds = sorted(notice.parties.values_list("kind", flat=True))
        assert kinds == ["compensation", "insured", "pension"]
        assert Notification.objects.filter(kind="notice.served").exists()
        assert Event.objects.get(case=plus.case, kind=EventKind.NOTICE).category == BENEFITS
        assert worklist(plus.paul) == [("position", in_days(30))]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"subject": "other"}, "subject"),
            ({"summary": "  "}, "summary"),
            ({"sent_on": in_days(1)}, "sent_on"),
            ({"sent_on": in_days(-400)}, "sent_on"),
            ({"outside": {"insured": "X"}}, "outside_insured"),
            ({"outside": {"pension": "x" * 121}}, "outside_pension"),
        ],
    )
    def test_what_is_refused(self, plus, changes, field):
        plus.accepted()
        with pytest.raises(Refused) as refused:
            plus.served(**changes)
        assert refused.value.field == field
        assert not Notice.objects.exists()

    def test_the_article_names_whom_it_lets_one_inform(self, plus):
        plus.accepted()
        with pytest.raises(Refused, match="article"):
            plus.served(to=(plus.lea.institution,))

    def test_only_an_ai_office_serves(self, plus):
        plus.accepted()
        plus.anne = plus.lea
        with pytest.raises(Refused, match="office AI"):
            plus.served()

    def test_each_sees_its_own_part(self, plus):
        plus.accepted()
        plus.served(to=(plus.paul.institution, plus.aline.institution))
        for who, expected in ((plus.anne, 3), (plus.paul, 1), (plus.aline, 1), (plus.lea, 0)):
            with acting_as(who.actor):
                assert NoticeParty.objects.count() == expected
                assert NoticeParty.objects.filter(parties_visible_to(who.actor)).count() == expected
        with acting_as(plus.paul.actor):
            (notice,) = notices_of(plus.paul.actor, plus.case)
            assert [one.institution for one in notice.parties.all()] == [plus.paul.institution]
        with acting_as(plus.lea.actor):
            assert notices_of(plus.lea.actor, plus.case) == []

    def test_the_person_sees_on_whom_it_was_served(self, plus):
        plus.accepted()
        plus.served()
        her = Actor(window_case_id=plus.case.pk)
        with acting_as(her):
            assert Notice.objects.filter(records_visible_to(her)).count() == 1
            assert NoticeParty.objects.filter(parties_visible_to(her)).count() == 2
        with acting_as(Actor(window_case_id=person(plus.lea.institution).pk)):
            assert not NoticeParty.objects.exists()

    def position(self, who: Colleague, party: NoticeParty, **changes: object) -> NoticeParty:
        words = {"position": "taken", "position_on": today(), "text": "Contestation du taux."}
        with acting_as(who.actor):
            return record_position(by=who.actor, party_id=party.pk, **words | changes)

    def test_one_takes_position_or_renounces_within_the_period(self, plus):
        plus.accepted()
        colleague(plus.anne.institution, Role.REFERENT)
        party = plus.served().parties.get(institution=plus.paul.institution)
        self.position(plus.paul, party)
        self.position(plus.paul, party)
        assert worklist(plus.paul) == []
        with pytest.raises(Refused, match="déjà répondu"):
            self.position(plus.paul, party, position="renounced")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"position": ""}, "position"),
            ({"position": "perhaps"}, "position"),
            ({"text": ""}, "text"),
            ({"text": "x" * 2001}, "text"),
            ({"position_on": in_days(2)}, "position_on"),
            ({"position_on": in_days(-2)}, "position_on"),
        ],
    )
    def test_a_position_that_is_refused(self, plus, changes, field):
        plus.accepted()
        party = plus.served().parties.get(institution=plus.paul.institution)
        with pytest.raises(Refused) as refused:
            self.position(plus.paul, party, **changes)
        assert refused.value.field == field

    def test_after_the_last_day_it_is_too_late(self, plus):
        plus.accepted()
        party = plus.served().parties.get(institution=plus.paul.institution)
        with frozen_at(now() + timedelta(days=31)):
            assert worklist(plus.paul) == []
            with pytest.raises(Refused, match="pris fin"):
                self.position(plus.paul, party)

    def test_nobody_answers_for_another(self, plus):
        plus.accepted()
        notice = plus.served(to=(plus.paul.institution, plus.aline.institution))
        party = notice.parties.get(institution=plus.paul.institution)
        with pytest.raises(NoticeParty.DoesNotExist):
            self.position(plus.aline, party)
        with pytest.raises(Refused, match="autre institution"):
            self.position(plus.anne, party)
        self.position(plus.anne, notice.parties.get(kind="insured"))

    def decide(self, plus: Plus, notice: Notice, **changes: object) -> Notice:
        words = {"version": notice.version, "decided_on": today()}
        with acting_as(plus.anne.actor):
            return record_decision(by=plus.anne.actor, notice_id=notice.pk, **words | changes)

    def test_the_decision_waits_for_the_last_day(self, plus):
        plus.accepted()
        notice = plus.served()
        with pytest.raises(Refused, match="jusqu’au"):
            self.decide(plus, notice)
        last_day = notice.objections_until
        with frozen_at(now() + timedelta(days=31)):
            assert ("decide", last_day) in worklist(plus.anne)
            decided = self.decide(plus, notice)
            assert self.decide(plus, decided) == decided
            with pytest.raises(Refused, match="déjà"):
                self.decide(plus, decided, decided_on=in_days(1))
            assert ("decide", last_day) not in worklist(plus.anne)

    def test_it_may_come_earlier_when_all_have_answered(self, plus):
        plus.accepted()
        notice = plus.served()
        self.position(plus.paul, notice.parties.get(institution=plus.paul.institution))
        self.position(plus.anne, notice.parties.get(kind="insured"), position="renounced", text="")
        assert self.decide(plus, notice).decided_on == today()
        with pytest.raises(Refused):
            self.position(plus.anne, notice.parties.get(kind="insured"))

    def test_decided_in_the_future_or_before_it_was_sent(self, plus):
        plus.accepted()
        notice = plus.served()
        for day in (in_days(1), in_days(-1)):
            with pytest.raises(Refused):
                self.decide(plus, notice, decided_on=day)
        with pytest.raises(Stale):
            self.decide(plus, notice, version=notice.version + 1)


class TestBothCirclesTogether:
    def test_a_preavis_in_a_case_that_stands_in_both(self, both, sees):
        fund = institution(Kind.PENSION_FUND)
        both.joined()
        story = Plus.__new__(Plus)
        story.anne, story.case, story.paul = both.anne, both.case, colleague(fund)
        story.served()
        assert sees(both.case, fund) == IDENTITY | BENEFITS
        assert Disclosure.objects.get(recipient=fund, basis="law").circle == "cii-plus"

    def test_the_insurer_of_the_second_circle_sees_only_what_its_own_authorisation_opens(
        self, both: BothCircles, sees
    ):
        both.joined()
        both.signed({both.sami.institution: IDENTITY | BENEFITS})
        both.signed({both.lea.institution: IDENTITY}, "cii-plus")
        with acting_as(both.anne.actor):
            receive_communication(by=both.anne.actor, case_id=both.case.pk, received_on=in_days(0))
        for who, expected in ((both.sami, 1), (both.lea, 0)):
            with acting_as(who.actor):
                assert Detection.objects.count() == expected

    def test_story_communicated_early_answered_then_both_circles(self, plus, sees):
        """The insurer announces early; thirty days; then the case enters the circle of CII, too."""
        plus.answered()
        plus.accepted()
        social = colleague(institution(Kind.SOCIAL_AID, name="Hospice"))
        by = plus.anne.actor
        with acting_as(by):
            join_second_circle(by=by, case_id=plus.case.pk, programme_slug="cii-geneve")
            consent = prepare_consent(
                by=by, case_id=plus.case.pk, language="de", purpose="un plan", is_recurring=True,
                valid_from=in_days(0), valid_until=in_days(90),
                grants={social.institution.pk: IDENTITY}, circle="cii-geneve",
            )  # fmt: skip
            sign_on_screen(by=by, consent_id=consent.pk, signatory="person", strokes=STROKES)
        assert sees(plus.case, social.institution) == IDENTITY
        assert plus.detection.state == "answered"
