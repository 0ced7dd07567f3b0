"""Ask, sign, narrow, revoke, expire: what each opens and closes, and when."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accord.casework.cases.enums import Category, EventKind
from accord.casework.cases.models import Case, Disclosure, Event, Participant
from accord.casework.cases.services import disclose_by_law, enter_stage, gates_of, leave
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent, ConsentText
from accord.casework.consents.services import (
    abandon_consent,
    expire_consents,
    lapse_consents,
    narrow_consent,
    revoke_consent,
    sign_on_paper,
    sign_on_screen,
    warn_of_expiry,
)
from accord.foundation.documents.enums import MediaType
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.selectors import programme_for
from casework.consents.situations import IDENTITY, MEDICAL, PLAN, STROKES, WORK, Geneva
from scenarios import colleague, in_days, institution, opened_to


def told(geneva: Geneva, kind: EventKind) -> bool:
    return Event.objects.filter(case=geneva.case, kind=kind).exists()


def messages_to(one: object, kind: str) -> int:
    return Notification.objects.filter(institution_id=one.pk, kind=kind).count()


def narrow(geneva: Geneva, consent: Consent, to: dict, by=None, **more: object) -> Consent:
    by = by or geneva.anne
    with acting_as(by.actor):
        return narrow_consent(
            by=by.actor, consent_id=consent.pk, grants={one.pk: mask for one, mask in to.items()}, **more
        )


def revoke(geneva: Geneva, consent: Consent, by=None) -> Consent:
    by = by or geneva.anne
    with acting_as(by.actor):
        return revoke_consent(by=by.actor, consent_id=consent.pk, note="par téléphone")


class TestPreparing:
    def test_a_prepared_form_opens_nothing(self, geneva, sees):
        geneva.prepared()
        assert sees(geneva.social) is None
        assert sees(geneva.employment) is None

    def test_a_new_form_of_ours_replaces_the_one_that_waited(self, geneva):
        first, second = geneva.prepared(), geneva.prepared()
        first.refresh_from_db()
        assert (first.state, second.state) == (ConsentState.ABANDONED, ConsentState.DRAFT)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"until": in_days(-1), "since": in_days(-9)}, "valid_until"),
            ({"until": in_days(-1)}, "valid_until"),
            ({"until": in_days(1000)}, "valid_until"),
            ({"since": in_days(400), "until": in_days(500)}, "valid_until"),
            ({"purpose": "   "}, "purpose"),
            ({"purpose": "x" * 201}, "purpose"),
            ({"language": "xx"}, "language"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(self, geneva, changes, field):
        with pytest.raises(Refused) as refused:
            geneva.prepared(**changes)
        assert refused.value.field == field

    def test_an_empty_grid_is_refused(self, geneva):
        with pytest.raises(Refused, match="Cochez au moins une"):
            geneva.prepared(to={geneva.social: 0})

    def test_a_category_that_the_programme_does_not_know_is_refused(self, geneva):
        with pytest.raises(Refused, match="n’existe pas"):
            geneva.prepared(to={geneva.social: 1 << 40})

    def test_an_institution_outside_of_the_circle_is_refused(self, geneva):
        with pytest.raises(Refused, match="cercle"):
            geneva.prepared(to={institution(Kind.EMPLOYER): IDENTITY})

    def test_a_closed_institution_is_refused(self, geneva):
        closed = institution(Kind.SOCIAL_AID, is_active=False)
        with pytest.raises(Refused, match="cercle"):
            geneva.prepared(to={closed: IDENTITY})

    def test_the_employment_office_opens_only_to_who_reciprocates(self, geneva):
        """LACI art. 85f al. 2 let. b."""
        ours = colleague(kind=Kind.EMPLOYMENT_OFFICE)
        other = Geneva(anne=ours)
        closed = institution(Kind.SOCIAL_AID, grants_reciprocity=False)
        with pytest.raises(Refused, match="réciprocité"):
            other.prepared(to={closed: IDENTITY})
        closed.grants_reciprocity = True
        closed.save()
        assert other.prepared(to={closed: IDENTITY}).state == ConsentState.DRAFT

    def test_the_wording_is_kept_as_it_was_signed(self, geneva):
        german, french = geneva.signed(language="de"), geneva.signed()
        assert german.text.body["title"] == "Vollmacht zum Austausch von Informationen"
        assert french.text != german.text
        assert len(french.text.sha256) == 64
        assert ConsentText.objects.count() == 2

    def test_a_stranger_learns_nothing_of_the_case(self, geneva):
        stranger = colleague(kind=Kind.SOCIAL_AID)
        with pytest.raises(Case.DoesNotExist):
            geneva.prepared(by=stranger)

    def test_who_only_knows_of_the_case_does_not_ask(self, geneva):
        opened_to(geneva.case, geneva.social, takes_part=False)
        with pytest.raises(Refused, match="ne participe pas"):
            geneva.prepared(by=geneva.sami)

    def test_whose_role_is_another_does_not_ask(self, geneva):
        guardian = colleague(geneva.anne.institution, Role.DATA_PROTECTION)
        with pytest.raises(Refused, match="rôle"):
            geneva.prepared(by=guardian)


class TestSigning:
    def test_the_signature_opens_exactly_the_grid(self, geneva, sees):
        consent = geneva.signed()
        assert consent.state == ConsentState.ACTIVE
        assert sees(geneva.social) == IDENTITY | WORK
        assert sees(geneva.employment) == IDENTITY
        assert messages_to(geneva.social, "consent.given") == 0
        assert told(geneva, EventKind.CONSENT_GIVEN)

    def test_those_who_receive_are_told(self, geneva):
        geneva.signed()
        assert messages_to(geneva.sami.institution, "consent.given") == 0
        colleague(geneva.social, Role.REFERENT)
        geneva.signed()
        assert messages_to(geneva.social, "consent.given") == 1

    def test_paper_needs_its_scan_and_its_date(self, geneva):
        consent = geneva.signed_on_paper()
        assert (consent.channel, consent.signed_on) == ("paper", in_days(-1))
        assert consent.evidence is not None

    def test_nobody_signed_tomorrow(self, geneva):
        with pytest.raises(Refused) as refused:
            geneva.signed_on_paper(on=in_days(1))
        assert refused.value.field == "signed_on"

    def test_a_scan_of_somebody_else_is_no_evidence(self, geneva):
        prepared, foreign = geneva.prepared(), geneva.scan(by=geneva.sami)
        with pytest.raises(Refused, match="feuille signée"), acting_as(geneva.anne.actor):
            sign_on_paper(
                by=geneva.anne.actor,
                consent_id=prepared.pk,
                signed_on=in_days(0),
                signatory="person",
                scan=foreign,
            )

    @pytest.mark.parametrize("strokes", [[], [[[1, 2, 3]]], "x", None])
    def test_an_empty_frame_is_no_signature(self, geneva, strokes):
        prepared = geneva.prepared()
        with pytest.raises(Refused) as refused, acting_as(geneva.anne.actor):
            sign_on_screen(by=geneva.anne.actor, consent_id=prepared.pk, signatory="person", strokes=strokes)
        assert refused.value.field == "strokes"

    def test_only_who_prepared_records_the_signature(self, geneva):
        opened_to(geneva.case, geneva.social)
        prepared = geneva.prepared()
        with pytest.raises(Refused, match="préparé"), acting_as(geneva.sami.actor):
            sign_on_screen(by=geneva.sami.actor, consent_id=prepared.pk, signatory="person", strokes=STROKES)

    def test_a_form_is_signed_once(self, geneva):
        signed = geneva.signed()
        with pytest.raises(Refused, match="n’attend plus"), acting_as(geneva.anne.actor):
            sign_on_screen(by=geneva.anne.actor, consent_id=signed.pk, signatory="person", strokes=STROKES)

    def test_a_form_signed_too_late_opens_nothing(self, geneva, sees):
        prepared = geneva.prepared(until=in_days(2))
        with (
            frozen_at(now() + timedelta(days=5)),
            pytest.raises(Refused, match="passée"),
            acting_as(geneva.anne.actor),
        ):
            sign_on_screen(by=geneva.anne.actor, consent_id=prepared.pk, signatory="person", strokes=STROKES)
        assert sees(geneva.social) is None

    def test_reciprocity_is_looked_at_again_when_she_signs(self, geneva):
        other = Geneva(anne=colleague(kind=Kind.EMPLOYMENT_OFFICE))
        prepared = other.prepared(to={other.social: IDENTITY})
        type(other.social).objects.filter(pk=other.social.pk).update(grants_reciprocity=False)
        with pytest.raises(Refused, match="réciprocité"), acting_as(other.anne.actor):
            sign_on_screen(by=other.anne.actor, consent_id=prepared.pk, signatory="person", strokes=STROKES)

    def test_an_authorisation_for_later_opens_later(self, geneva, sees):
        geneva.signed(since=in_days(10))
        assert sees(geneva.social) == 0
        row = Disclosure.objects.get(recipient=geneva.social, basis="consent")
        assert row.valid_from > now() + timedelta(days=8)

    def test_a_new_one_replaces_the_earlier(self, geneva, sees):
        first = geneva.signed()
        geneva.signed(to={geneva.social: PLAN})
        first.refresh_from_db()
        assert first.state == ConsentState.REPLACED
        assert sees(geneva.social) == PLAN
        assert sees(geneva.employment) is None, "it never took part, and is no longer named"

    def test_the_database_holds_one_in_force(self, geneva):
        geneva.signed()
        waiting = geneva.prepared()
        with pytest.raises(IntegrityError, match="consent_active_once"), transaction.atomic():
            Consent.objects.filter(pk=waiting.pk).update(
                state="active", signed_on=in_days(0), channel="screen", signatory="person", signature={}
            )

    def test_who_did_not_sign_abandons(self, geneva):
        prepared = geneva.prepared()
        with acting_as(geneva.anne.actor):
            for _twice in range(2):
                abandoned = abandon_consent(by=geneva.anne.actor, consent_id=prepared.pk)
        assert abandoned.state == ConsentState.ABANDONED
        assert Entry.objects.filter(subject_id=prepared.pk, verb="abandoned").count() == 1


class TestNarrowing:
    def test_what_is_taken_away_closes_at_once(self, geneva, sees):
        consent = geneva.signed()
        narrow(geneva, consent, {geneva.social: IDENTITY, geneva.employment: IDENTITY})
        assert sees(geneva.social) == IDENTITY
        assert sees(geneva.employment) == IDENTITY
        assert told(geneva, EventKind.CONSENT_NARROWED)

    def test_who_loses_all_and_never_took_part_forgets_the_case(self, geneva, sees):
        narrow(geneva, geneva.signed(), {geneva.social: IDENTITY | WORK})
        assert sees(geneva.employment) is None

    def test_who_takes_part_still_knows_of_the_case(self, geneva, sees):
        Participant.objects.create(case=geneva.case, institution=geneva.employment, role="member")
        narrow(geneva, geneva.signed(), {geneva.social: IDENTITY | WORK})
        assert sees(geneva.employment) == 0

    @pytest.mark.parametrize(
        ("social", "sentence"),
        [
            (IDENTITY | WORK | MEDICAL, "retire seulement"),
            (MEDICAL, "retire seulement"),
            (IDENTITY | WORK, "Rien n’a changé"),
        ],
    )
    def test_narrowing_never_adds(self, geneva, sees, social, sentence):
        consent = geneva.signed()
        with pytest.raises(Refused, match=sentence):
            narrow(geneva, consent, {geneva.social: social, geneva.employment: IDENTITY})
        assert sees(geneva.social) == IDENTITY | WORK

    def test_another_institution_is_an_addition(self, geneva):
        with pytest.raises(Refused, match="retire seulement"):
            narrow(geneva, geneva.signed(), {institution(Kind.SOCIAL_AID): IDENTITY})

    def test_nothing_left_is_a_revocation(self, geneva):
        with pytest.raises(Refused, match="révoquez"):
            narrow(geneva, geneva.signed(), {})

    def test_two_people_at_once_the_second_looks_again(self, geneva, sees):
        consent = geneva.signed()
        version = consent.version
        narrow(geneva, consent, {geneva.social: IDENTITY, geneva.employment: IDENTITY}, version=version)
        with pytest.raises(Stale) as stale:
            narrow(geneva, consent, {geneva.social: IDENTITY | WORK}, version=version)
        assert stale.value.current.version == version + 1
        assert sees(geneva.social) == IDENTITY

    def test_who_has_left_gets_nothing_back(self, geneva, sees):
        opened_to(geneva.case, geneva.social)
        consent = geneva.signed()
        with acting_as(geneva.sami.actor):
            leave(by=geneva.sami.actor, case_id=geneva.case.pk)
        narrow(geneva, consent, {geneva.social: IDENTITY, geneva.employment: IDENTITY})
        assert sees(geneva.social) == 0

    def test_the_reason_keeps_the_day_of_the_authorisation(self, geneva):
        consent = geneva.signed()
        before = Disclosure.objects.get(recipient=geneva.social, basis="consent")
        narrow(geneva, consent, {geneva.social: IDENTITY, geneva.employment: IDENTITY})
        after = Disclosure.objects.get(recipient=geneva.social, basis="consent", ended_because="")
        assert (after.valid_from, after.valid_until) == (before.valid_from, before.valid_until)


class TestRevoking:
    def test_it_closes_in_the_same_transaction(self, geneva, sees):
        consent = geneva.signed()
        assert sees(geneva.social) == IDENTITY | WORK
        with transaction.atomic():
            revoke(geneva, consent)
            assert sees(geneva.social) is None
            assert sees(geneva.employment) is None
        assert told(geneva, EventKind.CONSENT_REVOKED)

    def test_twice_is_once(self, geneva):
        consent = geneva.signed()
        revoke(geneva, consent)
        revoke(geneva, consent)
        assert Event.objects.filter(kind=EventKind.CONSENT_REVOKED).count() == 1

    def test_those_who_lose_it_are_told(self, geneva):
        colleague(geneva.social, Role.REFERENT)
        revoke(geneva, geneva.signed())
        assert messages_to(geneva.social, "consent.revoked") == 1

    def test_any_institution_that_knows_records_it_even_the_one_that_then_forgets(self, geneva, sees):
        consent = geneva.signed(
            to={geneva.social: IDENTITY, geneva.employment: IDENTITY, institution(Kind.SOCIAL_AID): IDENTITY}
        )
        revoke(geneva, consent, by=geneva.sami)
        strangers = set(consent.grants.values_list("recipient_id", flat=True))
        assert not [
            party
            for party in Disclosure.objects.filter(case=geneva.case, recipient__in=strangers)
            if party.valid_until > now()
        ]

    def test_what_rests_on_law_survives(self, geneva, sees):
        with acting_as(geneva.anne.actor):
            disclose_by_law(
                by=geneva.anne.actor,
                case_id=geneva.case.pk,
                law_key="laci_85f_3",
                recipient_id=geneva.employment.pk,
            )
        by_law = sees(geneva.employment)
        assert by_law & Category.CAPACITY
        revoke(geneva, geneva.signed(to={geneva.employment: MEDICAL}))
        assert sees(geneva.employment) == by_law

    def test_a_stranger_cannot_revoke_what_he_may_not_know(self, geneva):
        consent = geneva.signed()
        with pytest.raises(Consent.DoesNotExist):
            revoke(geneva, consent, by=colleague(kind=Kind.SOCIAL_AID))

    def test_the_second_signature_after_a_revocation_opens_again(self, geneva, sees):
        revoke(geneva, geneva.signed())
        geneva.signed()
        assert sees(geneva.social) == IDENTITY | WORK

    def test_an_announcement_that_ends_takes_the_authorisation_with_it(self, geneva, sees):
        consent = geneva.signed()
        with acting_as(geneva.anne.actor):
            assert lapse_consents(by=geneva.anne.actor, case=geneva.case, because="declined") == 1
        consent.refresh_from_db()
        assert consent.state == ConsentState.EXPIRED
        assert sees(geneva.social) is None


class TestByLaw:
    def test_an_article_of_the_programme_only(self, geneva):
        with pytest.raises(Refused, match="article"), acting_as(geneva.anne.actor):
            disclose_by_law(
                by=geneva.anne.actor,
                case_id=geneva.case.pk,
                law_key="laci_85f_3",
                recipient_id=geneva.social.pk,
            )

    def test_what_needs_an_authorisation_is_not_given_by_law(self, geneva):
        with pytest.raises(Refused, match="article"), acting_as(geneva.anne.actor):
            disclose_by_law(
                by=geneva.anne.actor,
                case_id=geneva.case.pk,
                law_key="lai_68bis",
                recipient_id=geneva.social.pk,
            )


class TestTime:
    def test_the_last_day_is_whole(self, geneva):
        geneva.signed(until=in_days(0))
        row = Disclosure.objects.get(recipient=geneva.social, basis="consent")
        assert row.valid_until.astimezone().date() >= in_days(0)
        assert row.valid_until > now()

    def test_it_expires_and_who_recorded_it_is_told(self, geneva):
        consent = geneva.signed(until=in_days(3))
        colleague(geneva.anne.institution, Role.REFERENT)
        with acting_as(WORKER):
            assert expire_consents() == 0
            with frozen_at(now() + timedelta(days=4)):
                assert expire_consents() == 1
                assert expire_consents() == 0
        consent.refresh_from_db()
        assert consent.state == ConsentState.EXPIRED
        assert messages_to(geneva.anne.institution, "consent.expired") >= 1
        assert told(geneva, EventKind.CONSENT_EXPIRED)

    def test_warned_30_and_7_days_before_once_each(self, geneva):
        geneva.signed(until=in_days(40))
        warned = []
        with acting_as(WORKER):
            for days in (5, 10, 11, 32, 33, 34, 40):
                with frozen_at(now() + timedelta(days=days)):
                    warned.append(warn_of_expiry())
        assert warned == [0, 1, 0, 0, 1, 0, 0]
        assert messages_to(geneva.anne.institution, "consent.expiring") == 2

    def test_a_revoked_one_needs_no_warning(self, geneva):
        revoke(geneva, geneva.signed(until=in_days(5)))
        with acting_as(WORKER):
            assert warn_of_expiry() == 0


class TestGate:
    def answer(self, geneva):
        stage = programme_for(geneva.case.programme, geneva.case.programme_version).stage("diagnosis")
        return dict(gates_of(geneva.case, stage))["consent.active"]

    def test_the_diagnosis_waits_for_the_authorisation(self, geneva):
        assert not self.answer(geneva)
        with pytest.raises(Refused, match="autorisation"), acting_as(geneva.anne.actor):
            enter_stage(by=geneva.anne.actor, case_id=geneva.case.pk, stage_key="diagnosis")
        consent = geneva.signed()
        assert self.answer(geneva)
        revoke(geneva, consent)
        assert not self.answer(geneva)

    def test_not_before_it_begins_and_not_after_it_ends(self, geneva):
        geneva.signed(since=in_days(5), until=in_days(10))
        assert not self.answer(geneva)
        with frozen_at(now() + timedelta(days=6)):
            assert self.answer(geneva)
        with frozen_at(now() + timedelta(days=11)):
            assert not self.answer(geneva)


def test_a_word_document_is_no_scan(geneva):
    prepared = geneva.prepared()
    with acting_as(geneva.anne.actor):
        scan = geneva.scan()
        scan.media_type = MediaType.DOCX
        with pytest.raises(Refused, match="PDF ou en image"):
            sign_on_paper(
                by=geneva.anne.actor,
                consent_id=prepared.pk,
                signed_on=in_days(0),
                signatory="person",
                scan=scan,
            )


def test_an_unknown_authorisation_does_not_exist(geneva):
    with pytest.raises(Consent.DoesNotExist), acting_as(geneva.anne.actor):
        revoke_consent(by=geneva.anne.actor, consent_id=uuid4(), note="")


def test_the_preparation_is_journalled(geneva):
    consent = geneva.prepared()
    entry = Entry.objects.get(subject_id=consent.pk, verb="prepared")
    assert (entry.user_id, entry.cases) == (geneva.anne.user.pk, [geneva.case.pk])


def test_informing_by_law_is_journalled_with_its_article(geneva):
    with acting_as(geneva.anne.actor):
        for _twice in range(2):
            disclose_by_law(
                by=geneva.anne.actor,
                case_id=geneva.case.pk,
                law_key="laci_85f_3",
                recipient_id=geneva.employment.pk,
            )
    entry = Entry.objects.get(verb="disclosed")
    assert entry.legal_basis == "LACI art. 85f al. 3"
