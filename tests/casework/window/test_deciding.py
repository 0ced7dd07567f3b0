"""She takes back, narrows, signs and declines; and never in another's case."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import Error, transaction
from django.urls import reverse

from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Event
from accord.casework.consents.models import Consent
from accord.casework.consents.rules import mark_of
from accord.casework.consents.services import narrow_consent
from accord.casework.window.services import decline, keep_only, sign, take_back
from accord.foundation.journal.models import Entry
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from casework.consents.situations import IDENTITY, STROKES, WORK
from scenarios import colleague, open_case


def test_taking_back_closes_at_once_and_the_journal_says_that_she_did(window):
    consent = window.signed()
    with acting_as(window.her):
        take_back(by=window.her, consent_id=consent.pk)
        take_back(by=window.her, consent_id=consent.pk)
    consent.refresh_from_db()
    assert consent.state == "revoked"
    assert not window.case.disclosures.filter(consent_id=consent.pk, ended_because="").exists()
    entry = Entry.objects.filter(verb="consent_revoked").get()
    assert (entry.user_name, entry.user_id, entry.institution_id) == ("la personne concernée", None, None)
    assert (
        Event.objects.filter(case=window.case, kind=EventKind.PERSON_ACTED).first().data["act"] == "revoked"
    )


def test_narrowing_keeps_the_rest(window):
    consent = window.signed(to={window.social: IDENTITY | WORK})
    with acting_as(window.her):
        keep_only(
            by=window.her, consent_id=consent.pk, grants={window.social.pk: IDENTITY}, version=consent.version
        )
        with pytest.raises(Stale):
            keep_only(by=window.her, consent_id=consent.pk, grants={}, version=consent.version)
    assert consent.grants.get(ended_at__isnull=True).categories == IDENTITY


def test_adding_something_needs_a_new_signature(window):
    consent = window.signed(to={window.social: IDENTITY})
    with acting_as(window.her), pytest.raises(Refused, match="retire seulement"):
        keep_only(
            by=window.her,
            consent_id=consent.pk,
            grants={window.social.pk: IDENTITY | WORK},
            version=consent.version,
        )


def test_signing_opens_and_declining_does_not(window):
    first, second = window.prepared(), None
    with acting_as(window.her):
        sign(by=window.her, consent_id=first.pk, signatory="person", strokes=STROKES)
    first.refresh_from_db()
    assert first.state == "active" and first.channel == "screen"
    second = window.prepared()
    with acting_as(window.her):
        decline(by=window.her, consent_id=second.pk, word="Je préfère attendre.")
    second.refresh_from_db()
    assert second.state == "abandoned"
    assert Event.objects.filter(kind=EventKind.PERSON_ACTED, data__act="declined").exists()


def test_nothing_of_another_case_is_hers(window):
    other = open_case(colleague(window.anne.institution))
    stranger = Actor(window_case_id=other.pk)
    consent = window.signed()
    with acting_as(stranger):
        for act in (
            lambda: take_back(by=stranger, consent_id=consent.pk),
            lambda: decline(by=stranger, consent_id=consent.pk, word=""),
            lambda: sign(by=stranger, consent_id=consent.pk, signatory="person", strokes=STROKES),
            lambda: keep_only(by=stranger, consent_id=consent.pk, grants={}, version=1),
        ):
            with pytest.raises(Consent.DoesNotExist):
                act()


def test_her_hand_reaches_no_other_case_even_without_the_services(window):
    other = open_case(colleague(window.anne.institution))
    hand = Actor(window_case_id=other.pk).her_hand
    with acting_as(hand):
        assert Consent.objects.filter(case=window.case).update(state="revoked") == 0
        assert list(type(window.case).objects.values_list("pk", flat=True)) == [other.pk]
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Event.objects.create(case=window.case, owner=window.anne.institution, kind=EventKind.PERSON_ACTED)


def test_nobody_else_has_a_hand(window):
    with pytest.raises(ValueError, match="only the insured person"):
        _ = window.anne.actor.her_hand


def test_her_eyes_cannot_write(window):
    consent = window.signed()
    with acting_as(window.her), pytest.raises(Error, match="permission denied"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(state="revoked")


def test_revoking_is_asked_twice(window, browser):
    consent = window.signed()
    url = reverse("window:revoke", args=[consent.pk])
    assert "ne voit plus" in browser.get(url).content.decode()
    assert "Êtes-vous sûre" in browser.post(url).content.decode()
    consent.refresh_from_db()
    assert consent.state == "active"
    assert browser.post(url, {"sure": "1"}).status_code == 302
    consent.refresh_from_db()
    assert consent.state == "revoked"
    assert browser.get(url).status_code == 302


def test_narrowing_says_what_closes_and_keeps_what_she_unticked(window, browser):
    consent = window.signed(to={window.social: IDENTITY | WORK, window.employment: IDENTITY})
    url = reverse("window:narrow", args=[consent.pk])
    kept = [mark_of(window.social.pk, "identity")]
    sent = {"version": consent.version, "grants": kept}
    asked = browser.post(url, sent)
    assert asked.status_code == 200 and "Ceci se ferme" in asked.content.decode()
    with acting_as(window.anne.actor):
        narrow_consent(
            by=window.anne.actor,
            consent_id=consent.pk,
            grants={window.social.pk: IDENTITY | WORK},
            version=consent.version,
        )
    meanwhile = browser.post(url, sent | {"sure": "1"})
    assert meanwhile.status_code == 409 and "entre-temps" in meanwhile.content.decode()
    consent.refresh_from_db()
    assert browser.post(url, sent | {"sure": "1", "version": consent.version}).status_code == 302
    assert consent.grants.get(ended_at__isnull=True).categories == IDENTITY
    nothing = browser.post(url, {"version": consent.version + 1})
    assert nothing.status_code == 422 and "révoquez" in nothing.content.decode()


def test_a_double_click_signs_once(window, browser):
    consent = window.prepared()
    url = reverse("window:sign", args=[consent.pk])
    sent = {"signatory": "person", "strokes": json.dumps(STROKES), "submission": uuid4().hex}
    assert browser.post(url, {"signatory": "person", "strokes": ""}).status_code == 422
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, sent).status_code == 302
    assert Event.objects.filter(kind=EventKind.PERSON_ACTED).count() == 1


def test_the_timeline_says_what_she_did(window, browser):
    consent = window.prepared()
    browser.post(reverse("window:decline", args=[consent.pk]), {"word": "Pas maintenant."})
    page = window.anne.browser().get(f"{reverse('web:case', args=[window.case.pk])}?panneau=fil")
    assert "Elle n’a pas signé l’autorisation proposée. « Pas maintenant. »" in page.content.decode()
