"""An offer without an account: its links, its completeness, its four-eyes decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.db import IntegrityError, transaction

from accord.foundation.notifications.models import Notification
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Membership
from accord.purchasing.providers.models import MagicLink, Offer, Provider
from accord.purchasing.providers.services import (
    answer_question,
    ask_question,
    decide_offer,
    invite_member,
    join_piece,
    open_link,
    propose_decision,
    save_offer,
    submit_offer,
)
from accord.purchasing.providers.services.links import SEND_LINK, token_of
from purchasing.providers.situations import (
    COMPLETE,
    asked,
    begun,
    completed,
    decided,
    desk,
    last_mail,
    png,
    proposed,
    provider,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_link_opens_the_draft_that_was_kept():
    at = desk()
    first = begun(at)
    with acting_as(at.counter):
        save_offer(by=at.counter, offer_id=first.pk, version=1, values={"name": "Atelier"})
    again = begun(at)
    assert (again.pk, again.name) == (first.pk, "Atelier")
    assert again.confirmed_at is not None


def test_the_mail_holds_the_link_and_nothing_of_the_offer():
    at = desk()
    link = asked(at)
    assert token_of(link) in last_mail()
    assert mail.outbox[-1].to == ["atelier@example.org"]


SENTENCE = "n’est plus valable"


def test_a_link_is_used_once():
    at = desk()
    link = asked(at)
    with acting_as(at.counter):
        open_link(by=at.counter, token=token_of(link))
        with pytest.raises(Refused, match=SENTENCE):
            open_link(by=at.counter, token=token_of(link))


def test_a_link_expires():
    at = desk()
    link = asked(at)
    with (
        frozen_at(now() + timedelta(hours=25)),
        acting_as(at.counter),
        pytest.raises(Refused, match=SENTENCE),
    ):
        open_link(by=at.counter, token=token_of(link))


def test_a_link_cannot_be_guessed_nor_used_at_another_office():
    at, other = desk(), desk()
    link = asked(at)
    guesses = [
        str(link.pk), f"{link.pk}:x", "", "none", Signer(salt="other").sign(str(link.pk)),
        Signer(salt=SEND_LINK).sign(str(new_id())), Signer(salt=SEND_LINK).sign("x"),
    ]  # fmt: skip
    for guess in guesses:
        with acting_as(at.counter), pytest.raises(Refused, match=SENTENCE):
            open_link(by=at.counter, token=guess)
    with acting_as(other.counter), pytest.raises(Refused, match=SENTENCE):
        open_link(by=other.counter, token=token_of(link))
    link.refresh_from_db()
    assert link.used_at is None


def test_links_are_few_within_the_hour_and_nobody_is_told():
    at = desk()
    for _ in range(6):
        asked(at)
    assert MagicLink.objects.count() == 3
    with frozen_at(now() + timedelta(minutes=61)):
        asked(at)
    assert MagicLink.objects.count() == 4


def test_a_used_link_is_not_mailed_again_by_a_job_that_runs_twice():
    at = desk()
    begun(at)
    before = len(mail.outbox)
    from accord.purchasing.providers.services import send_link

    send_link(MagicLink.objects.get().pk)
    assert len(mail.outbox) == before


def test_an_incomplete_offer_is_not_sent_and_says_what_is_missing():
    at = desk()
    offer = begun(at)
    with acting_as(at.counter):
        save_offer(by=at.counter, offer_id=offer.pk, version=1, values=COMPLETE | {"prices": ""})
        with pytest.raises(Refused, match="Prix proposés, Concept de la mesure"):
            submit_offer(by=at.counter, offer_id=offer.pk)


def test_the_receipt_has_a_number_and_twice_is_the_same():
    at = desk()
    offer = submitted(at)
    with acting_as(at.counter):
        assert submit_offer(by=at.counter, offer_id=offer.pk).number == offer.number
    assert offer.number.startswith("OS-")
    assert set(Notification.objects.values_list("user", "kind")) == {
        (who.user.pk, "offer.submitted") for who in (at.first, at.second)
    }


def test_what_was_sent_does_not_change():
    at = desk()
    offer = submitted(at)
    with acting_as(at.counter), pytest.raises(Refused, match="déjà envoyée"):
        save_offer(by=at.counter, offer_id=offer.pk, version=2, values={"name": "Autre"})


def test_two_windows_lose_nothing():
    at = desk()
    offer = begun(at)
    with acting_as(at.counter):
        save_offer(by=at.counter, offer_id=offer.pk, version=1, values={"name": "Un"})
        with pytest.raises(Stale) as stale:
            save_offer(by=at.counter, offer_id=offer.pk, version=1, values={"name": "Deux"})
    assert stale.value.current.name == "Un"


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.exe", b"MZ program", "application/pdf"),
        SimpleUploadedFile("a.pdf", b"", "application/pdf"),
    ],
)
def test_files_are_checked(file):
    at = desk()
    offer = begun(at)
    with acting_as(at.counter), pytest.raises(Refused) as refused:
        join_piece(by=at.counter, offer_id=offer.pk, piece="concept", file=file)
    assert refused.value.field == "file"


def test_the_counter_of_one_office_reaches_no_offer_of_another():
    at, other = desk(), desk()
    offer = begun(at)
    with acting_as(other.counter), pytest.raises(Offer.DoesNotExist):
        save_offer(by=other.counter, offer_id=offer.pk, version=1, values={"name": "x"})
    with acting_as(other.first.actor):
        assert not Offer.objects.exists()


def test_a_question_is_answered_under_a_new_link():
    at = desk()
    offer = submitted(at)
    by = at.first.actor
    with acting_as(by):
        ask_question(by=by, offer_id=offer.pk, question="Combien de personnes ?")
        with pytest.raises(Refused, match="attend déjà"):
            ask_question(by=by, offer_id=offer.pk, question="Encore ?")
    link = MagicLink.objects.order_by("-created_at")[0]
    with acting_as(at.counter):
        assert open_link(by=at.counter, token=token_of(link)) == offer
        answered = answer_question(by=at.counter, offer_id=offer.pk, text="Six au plus.")
        with pytest.raises(Refused, match="Aucune question"):
            answer_question(by=at.counter, offer_id=offer.pk, text="Sept.")
    assert answered.state == "submitted"
    assert offer.exchanges.get().answer == "Six au plus."


def test_four_eyes_decide():
    at = desk()
    offer = proposed(at)
    with acting_as(at.first.actor), pytest.raises(Refused, match="quatre yeux"):
        decide_offer(by=at.first.actor, offer_id=offer.pk, agrees=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(decided_by=at.first.user)


def test_two_managers_deciding_at_once_admit_one_provider():
    at = desk()
    third = at.first.institution
    offer = proposed(at)
    decided(at, offer)
    from scenarios import colleague

    late = colleague(third, Role.MANAGER).actor
    with acting_as(late), pytest.raises(Refused, match="déjà prise"):
        decide_offer(by=late, offer_id=offer.pk, agrees=False)
    assert Provider.objects.count() == 1


def test_to_accept_makes_an_institution_and_invites_its_first_member():
    at = desk()
    offer = decided(at, proposed(at, gln="2005555555003"))
    assert offer.provider is not None
    house = offer.provider.institution
    assert (house.kind, house.name, offer.provider.gln) == (Kind.PROVIDER, "Atelier neuf", "2005555555003")
    by = at.first.actor
    with acting_as(by):
        membership = invite_member(
            by=by, provider_id=offer.provider.pk, email="x@example.org", first_name="A", last_name="B",
            role=Role.ADMINISTRATOR,
        )  # fmt: skip
        with pytest.raises(Refused, match="déjà ce rôle"):
            invite_member(
                by=by, provider_id=offer.provider.pk, email="x@example.org", first_name="A", last_name="B",
                role=Role.ADMINISTRATOR,
            )  # fmt: skip
    assert membership.institution == house


def test_two_offers_of_the_same_name_are_two_institutions():
    at, other = desk(), desk()
    names = {decided(one, proposed(one)).provider.institution.slug for one in (at, other)}
    assert names == {"atelier-neuf", "atelier-neuf-2"}


def test_an_office_makes_no_other_institution_and_invites_nobody_elsewhere():
    at, other = desk(), desk()
    found, _who = provider(other)
    with acting_as(at.first.actor):
        for kind in (Kind.AI_OFFICE, Kind.EMPLOYER):
            with pytest.raises(Exception, match="row-level security"), transaction.atomic():
                Institution.objects.create(slug=f"x-{kind}", name="x", short_name="x", kind=kind)
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Membership.objects.create(
                user=at.first.user, institution=found.institution, role=Role.ADMINISTRATOR
            )


def test_a_refusal_has_reasons_and_they_are_told():
    at = desk()
    offer = submitted(at)
    by = at.first.actor
    with acting_as(by), pytest.raises(Refused) as refused:
        propose_decision(by=by, offer_id=offer.pk, verdict="refuse", reasons=" ")
    assert refused.value.field == "reasons"
    with acting_as(by):
        propose_decision(by=by, offer_id=offer.pk, verdict="refuse", reasons="Besoin couvert.")
    assert decided(at, offer).state == "refused"
    assert not Provider.objects.exists()
    assert MagicLink.objects.filter(used_at__isnull=True).count() == 1


def test_a_second_look_may_give_the_offer_back():
    at = desk()
    offer = decided(at, proposed(at), agrees=False)
    assert (offer.state, offer.verdict) == ("submitted", "")


def test_the_same_gln_is_not_admitted_twice():
    at = desk()
    provider(at, gln="2005555555003")
    offer = proposed(at, gln="2005555555003")
    with pytest.raises(Refused, match="GLN"):
        decided(at, offer)
    offer.refresh_from_db()
    assert offer.state == "proposed"


def test_a_piece_is_joined_and_counted():
    at = desk()
    offer = completed(at)
    assert offer.pieces.count() == 3
    with acting_as(at.counter), pytest.raises(Refused, match="genre"):
        join_piece(by=at.counter, offer_id=offer.pk, piece="poem", file=png())
