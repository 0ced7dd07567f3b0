"""From the draft to the end: who may, what happens, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, IntegrityError, transaction

from accord.foundation.documents.services import store_document
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.agreements.models import Agreement, Party, Version
from accord.network.agreements.selectors import (
    agreement_for,
    choosable,
    compare,
    in_force_between,
    text_of,
    to_renew,
)
from accord.network.agreements.services import (
    adopt_framework,
    approve_agreement,
    ask_for_signatures,
    keep_dependants,
    propose_prolongation,
    renew_agreement,
    reopen_negotiation,
    sign_agreement,
    sign_prolongation,
    telling,
    terminate_agreement,
    turn_agreements,
    warn_of_end,
)
from accord.network.agreements.services.drafting import Written
from accord.network.agreements.services.signing import Signature
from accord.network.institutions.enums import Kind, Role
from furnishing.agreements import PNG
from network.agreements.situations import (
    TEXT,
    approved,
    drafted,
    in_force,
    negotiated,
    sign,
    table,
    to_sign,
    write,
)
from scenarios import colleague, in_days, institution

pytestmark = pytest.mark.django_db


def later(days: int):
    return frozen_at(now() + timedelta(days=days))


def kinds_told(who) -> list[str]:
    return list(
        Notification.objects.filter(user=who.user).order_by("created_at").values_list("kind", flat=True)
    )


def test_a_draft_is_its_owners_until_it_is_sent():
    at = table()
    agreement = drafted(at)
    with acting_as(at.provider.actor), pytest.raises(Agreement.DoesNotExist):
        agreement_for(at.provider.actor, agreement.pk)
    sent = negotiated(at)
    with acting_as(at.provider.actor):
        assert agreement_for(at.provider.actor, sent.pk) == sent
    assert "agreement.negotiation" in kinds_told(at.provider)


def test_each_party_proposes_versions_and_the_difference_is_seen():
    at = table()
    agreement = negotiated(at)
    write(
        at.provider.actor,
        agreement,
        (TEXT[0], Written("Rapports", "Un rapport final à vingt jours.")),
        base=1,
    )
    with acting_as(at.drafter.actor):
        assert {one.title: one.kind for one in compare(agreement, 1, 2)} == {
            "Objet": "same",
            "Rapports": "changed",
        }


def test_two_versions_at_once_lose_nothing():
    at = table()
    agreement = negotiated(at)
    write(at.provider.actor, agreement, base=1)
    with pytest.raises(Stale) as stale:
        write(at.drafter.actor, agreement, base=1)
    assert stale.value.current.number == 2


def test_a_version_never_changes_in_the_database():
    at = table()
    agreement = negotiated(at)
    with acting_as(at.drafter.actor):
        assert Version.objects.filter(agreement=agreement).update(comment="autre") == 0


def test_whoever_drafted_does_not_approve():
    at = table()
    agreement = negotiated(at)
    with acting_as(at.drafter.actor), pytest.raises(Refused, match="quatre yeux"):
        approve_agreement(by=at.drafter.actor, agreement_id=agreement.pk, text_number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(approved_by=at.drafter.user)
    assert approved(at, agreement).state == "approved"


def test_whoever_wrote_the_last_text_does_not_approve_it_either():
    at = table()
    agreement = negotiated(at)
    write(at.approver.actor, agreement, base=1)
    with acting_as(at.approver.actor), pytest.raises(Refused, match="quatre yeux"):
        approve_agreement(by=at.approver.actor, agreement_id=agreement.pk, text_number=2)


def test_only_the_text_that_was_read_is_approved():
    at = table()
    agreement = negotiated(at)
    write(at.provider.actor, agreement, base=1)
    with acting_as(at.approver.actor), pytest.raises(Stale):
        approve_agreement(by=at.approver.actor, agreement_id=agreement.pk, text_number=1)


def test_with_the_last_signature_it_is_in_force():
    at = table()
    agreement = to_sign(at)
    assert sign(at.drafter, agreement).state == "signing"
    assert sign(at.provider, agreement).state == "in_force"
    with acting_as(at.drafter.actor):
        assert in_force_between(*(house.pk for house in at.houses), in_days(0)) == [agreement]
        assert in_force_between(*(house.pk for house in at.houses), in_days(-1)) == []


def test_signing_twice_is_refused():
    at = table()
    agreement = to_sign(at)
    sign(at.drafter, agreement)
    with pytest.raises(Refused, match="déjà signé"):
        sign(at.drafter, agreement)


def test_a_signature_on_the_screen_is_confirmed_by_the_number():
    at = table()
    agreement = to_sign(at)
    with pytest.raises(Refused) as refused:
        sign(at.provider, agreement, confirmation="oui")
    assert refused.value.field == "confirmation"


def test_only_those_in_charge_sign_and_only_for_their_own():
    at = table()
    agreement = to_sign(at)
    clerk = colleague(at.provider.institution, Role.CASEWORKER)
    with pytest.raises(Refused, match="responsables"):
        sign(clerk, agreement)
    theirs = agreement.parties.get(institution=at.drafter.institution)
    with acting_as(at.provider.actor), pytest.raises(Refused, match="pas pour une autre"):
        sign_agreement(
            by=at.provider.actor, agreement_id=agreement.pk, party_id=theirs.pk,
            signature=Signature("x", in_days(0), confirmation=agreement.number),
        )  # fmt: skip


def test_on_paper_the_owner_records_the_sheet_of_the_other(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    at = table()
    agreement = to_sign(at)
    theirs = agreement.parties.get(institution=at.provider.institution)
    by = at.drafter.actor
    with acting_as(by):
        scan = store_document(by=by, file=SimpleUploadedFile("a.png", PNG, "image/png"))
        sign_agreement(
            by=by,
            agreement_id=agreement.pk,
            party_id=theirs.pk,
            signature=Signature("x", in_days(-3), scan=scan),
        )
    theirs.refresh_from_db()
    assert (theirs.channel, theirs.evidence, theirs.signed_on) == ("paper", scan, in_days(-3))


def test_a_paper_signature_without_its_sheet_is_refused_by_the_database():
    at = table()
    agreement = to_sign(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.filter(agreement=agreement).update(signed_at=now(), channel="paper")


def test_going_back_to_the_negotiation_lets_the_signatures_fall():
    at = table()
    agreement = to_sign(at)
    sign(at.provider, agreement)
    with acting_as(at.drafter.actor):
        reopened = reopen_negotiation(by=at.drafter.actor, agreement_id=agreement.pk)
    assert reopened.state == "negotiation"
    assert reopened.approved_by_id is None
    assert not agreement.parties.filter(signed_at__isnull=False).exists()


def test_signed_before_its_day_it_begins_by_itself():
    at = table()
    agreement = in_force(at, starts_on=in_days(5))
    assert agreement.state == "signed"
    with later(5):
        assert in_force_between(*(house.pk for house in at.houses), in_days(0)) == [agreement]
        assert turn_agreements() == 1
        assert turn_agreements() == 0
    agreement.refresh_from_db()
    assert agreement.state == "in_force"


def test_on_its_last_day_it_counts_and_the_day_after_it_is_over_even_before_the_job():
    at = table()
    agreement = in_force(at, ends_on=in_days(10))
    houses = [house.pk for house in at.houses]
    with later(10):
        assert in_force_between(*houses, in_days(0)) == [agreement]
    with later(11):
        assert in_force_between(*houses, in_days(0)) == []
        with acting_as(at.drafter.actor):
            assert choosable(at.drafter.actor) == []
        assert turn_agreements() == 1
        assert in_force_between(*houses, in_days(-1)) == [agreement]
    agreement.refresh_from_db()
    assert agreement.state == "expired"
    assert "agreement.over" in kinds_told(at.provider)


def test_those_who_depend_on_it_are_told(monkeypatch):
    at = table()
    counsellor = colleague(at.drafter.institution)
    monkeypatch.setattr(telling, "_dependants", {})
    keep_dependants("mandates", lambda _agreement: {at.drafter.institution.pk: [counsellor.user]})
    in_force(at, ends_on=in_days(3))
    warn_of_end()
    with later(4):
        turn_agreements()
    assert kinds_told(counsellor) == ["agreement.ending", "agreement.over"]


def test_each_warning_is_told_once():
    at = table()
    in_force(at, ends_on=in_days(20))
    assert [warn_of_end(), warn_of_end()] == [1, 0]
    with later(14):
        assert [warn_of_end(), warn_of_end()] == [1, 0]


def test_an_expired_convention_is_neither_signed_nor_prolonged():
    at = table()
    agreement = to_sign(at, ends_on=in_days(2))
    with later(3), pytest.raises(Refused, match="terme"):
        sign(at.drafter, agreement)
    running = in_force(table(), ends_on=in_days(2))
    owner = running.parties.get(role="buyer").institution
    by = colleague(owner, Role.MANAGER).actor
    with later(3):
        turn_agreements()
        with acting_as(by), pytest.raises(Refused, match="en vigueur"):
            propose_prolongation(by=by, agreement_id=running.pk, ends_on=in_days(400))


def test_notice_keeps_its_delay_unless_both_agree():
    at = table()
    agreement = in_force(at)
    by = at.provider.actor
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            terminate_agreement(by=by, agreement_id=agreement.pk, last_day=in_days(5), reason="x")
        assert refused.value.field == "last_day"
        terminate_agreement(by=by, agreement_id=agreement.pk, last_day=in_days(5), reason="x", is_mutual=True)
        with pytest.raises(Refused, match="déjà dénoncée"):
            terminate_agreement(
                by=by, agreement_id=agreement.pk, last_day=in_days(5), reason="x", is_mutual=True
            )
    houses = [house.pk for house in at.houses]
    with later(5):
        assert in_force_between(*houses, in_days(0)) == [agreement]
    with later(6):
        assert in_force_between(*houses, in_days(0)) == []
        turn_agreements()
    agreement.refresh_from_db()
    assert agreement.state == "terminated"


def test_what_follows_is_linked_and_leaves_the_list_of_what_to_renew():
    at = table()
    agreement = in_force(at, ends_on=in_days(30))
    by = at.drafter.actor
    with acting_as(by):
        assert to_renew(by) == [agreement]
        new = renew_agreement(by=by, agreement_id=agreement.pk, ends_on=in_days(400))
        assert to_renew(by) == []
        assert (new.renews, new.starts_on, new.state) == (agreement, in_days(31), "draft")
        text = text_of(new)
        assert text is not None
        assert [part.title for part in text.parts.all()] == ["Objet", "Rapports"]
        with pytest.raises(Refused, match="en préparation"):
            renew_agreement(by=by, agreement_id=agreement.pk, ends_on=in_days(400))


def test_a_prolongation_counts_once_every_party_has_signed():
    at = table()
    agreement = in_force(at, ends_on=in_days(30))
    with acting_as(at.drafter.actor):
        prolongation = propose_prolongation(
            by=at.drafter.actor, agreement_id=agreement.pk, ends_on=in_days(300)
        )
    for who in (at.drafter, at.provider):
        agreement.refresh_from_db()
        assert agreement.ends_on == in_days(30)
        mine = prolongation.endorsements.get(party__institution=who.institution)
        signature = Signature("x", in_days(0), confirmation=agreement.number)
        with acting_as(who.actor):
            sign_prolongation(by=who.actor, endorsement_id=mine.pk, signature=signature)
    agreement.refresh_from_db()
    assert agreement.ends_on == in_days(300)


def adopted(at, framework: Agreement, **fields) -> Agreement:
    local = institution(Kind.EMPLOYMENT_OFFICE)
    by = at.drafter.actor
    with acting_as(by):
        return adopt_framework(
            by=by, framework_id=framework.pk, institution_id=local.pk, role="partner", starts_on=in_days(0),
            **fields,
        )  # fmt: skip


def adopt_and_sign(at, framework: Agreement) -> Agreement:
    adoption = adopted(at, framework)
    with acting_as(at.approver.actor):
        approve_agreement(by=at.approver.actor, agreement_id=adoption.pk, text_number=1)
        ask_for_signatures(by=at.approver.actor, agreement_id=adoption.pk)
    for party in adoption.parties.all():
        adoption = sign(colleague(party.institution, Role.MANAGER), adoption)
    return adoption


def test_an_adoption_takes_the_text_of_its_framework_word_for_word():
    at = table()
    framework = in_force(at, kind="partnership")
    adoption = adopted(at, framework)
    assert adoption.adopted == framework.versions.get()
    assert adoption.ends_on == framework.ends_on
    with pytest.raises(Refused, match="mot"):
        write(at.drafter.actor, adoption)
    with pytest.raises(Error, match="no text of its own"), transaction.atomic():
        Version.objects.create(agreement=adoption, number=1, institution=at.drafter.institution)


def test_the_parent_cannot_change_under_an_adoption():
    at = table()
    framework = in_force(at, kind="partnership")
    adoption = adopted(at, framework)
    with pytest.raises(Refused, match="ne change plus"):
        write(at.drafter.actor, framework, base=1)
    with pytest.raises(Error, match="does not change"), transaction.atomic():
        Version.objects.create(agreement=framework, number=2, institution=at.drafter.institution)
    other = in_force(table(), kind="partnership").versions.get()
    with pytest.raises(Error, match="takes the text"), transaction.atomic():
        Agreement.objects.filter(pk=adoption.pk).update(adopted=other)


def test_only_a_framework_in_force_is_adopted():
    at = table()
    with pytest.raises(Refused, match="en vigueur"):
        adopted(at, negotiated(at, kind="partnership"))
    with pytest.raises(Refused, match="en vigueur"):
        adopted(at, adopt_and_sign(at, in_force(at, kind="partnership")))


def test_an_adoption_ends_with_its_framework():
    at = table()
    framework = in_force(at, kind="partnership", ends_on=in_days(10))
    adoption = adopt_and_sign(at, framework)
    assert adoption.state == "in_force"
    with later(11):
        assert turn_agreements() == 2
    adoption.refresh_from_db()
    assert adoption.state == "ended"


def test_notice_of_the_framework_ends_its_adoptions_on_the_same_day():
    at = table()
    framework = in_force(at, kind="partnership")
    adoption, unsigned = adopt_and_sign(at, framework), adopted(at, framework)
    by = at.drafter.actor
    with acting_as(by):
        terminate_agreement(by=by, agreement_id=framework.pk, last_day=in_days(8), reason="x", is_mutual=True)
    adoption.refresh_from_db()
    assert adoption.last_day == in_days(8)
    with later(9):
        turn_agreements()
    adoption.refresh_from_db()
    unsigned.refresh_from_db()
    assert (adoption.state, unsigned.state) == ("ended", "abandoned")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": in_days(5), "ends_on": in_days(4)}, "ends_on"),
        ({"starts_on": in_days(-9), "ends_on": in_days(-4)}, "ends_on"),
    ],
)
def test_a_term_makes_sense(fields, field):
    with pytest.raises(Refused) as refused:
        drafted(table(), **fields)
    assert refused.value.field == field


def test_a_text_has_articles_with_titles_of_their_own():
    at = table()
    agreement = negotiated(at)
    with pytest.raises(Refused, match="au moins un article"):
        write(at.drafter.actor, agreement, (), base=1)
    with pytest.raises(Refused, match="même titre"):
        write(at.drafter.actor, agreement, (TEXT[0], TEXT[0]), base=1)
