"""Admitted providers: what only they see, suspension, certificates, visits, quality in numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accord.foundation.notifications.models import Notification
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import CASE_ROLES, Kind
from accord.network.institutions.policies import works_on_cases
from accord.purchasing.providers.models import Certificate, Finding, Provider
from accord.purchasing.providers.selectors import (
    Share,
    certificates_ending,
    findings_open,
    indicators,
    indicators_of,
    keep_indicator,
    provider_for,
)
from accord.purchasing.providers.services import (
    change_provider,
    publish_guidance,
    readmit_provider,
    record_certificate,
    record_visit,
    remind_of_findings,
    settle_finding,
    suspend_provider,
    warn_of_certificates,
)
from accord.purchasing.providers.services.quality import Found
from purchasing.providers.situations import Desk, desk, provider
from scenarios import colleague, in_days

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", CASE_ROLES)
def test_no_role_at_a_provider_opens_casework(role):
    at = desk()
    found, _who = provider(at)
    inside = colleague(found.institution, role)
    assert not works_on_cases(inside.actor)
    assert inside.browser().get("/dossiers/").status_code == 403
    assert inside.browser().get("/personnes/").status_code == 403
    assert works_on_cases(colleague(at.office, role).actor)


def test_a_provider_knows_only_of_itself():
    at = desk()
    mine, who = provider(at)
    other, _them = provider(at)
    with acting_as(who.actor):
        assert list(Provider.objects.all()) == [mine]
        with pytest.raises(Provider.DoesNotExist):
            provider_for(who.actor, other.pk)


def test_suspended_and_readmitted_with_a_reason():
    at = desk()
    found, who = provider(at)
    by = at.first.actor
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            suspend_provider(by=by, provider_id=found.pk, reason=" ")
        assert refused.value.field == "reason"
        suspend_provider(by=by, provider_id=found.pk, reason="Label échu.")
        with pytest.raises(Refused, match="déjà suspendu"):
            suspend_provider(by=by, provider_id=found.pk, reason="x")
        readmit_provider(by=by, provider_id=found.pk, reason="Label renouvelé.")
    kinds = Notification.objects.filter(user=who.user).order_by("created_at").values_list("kind", flat=True)
    assert list(kinds) == ["provider.suspended", "provider.readmitted"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Provider.objects.filter(pk=found.pk).update(state="suspended", state_reason="")


def test_only_the_office_that_admitted_it_manages_a_provider():
    at, other = desk(), desk()
    found, who = provider(at)
    for by in (who.actor, colleague(at.office).actor):
        with acting_as(by), pytest.raises(Refused):
            suspend_provider(by=by, provider_id=found.pk, reason="x")
    with acting_as(other.first.actor), pytest.raises(Provider.DoesNotExist):
        suspend_provider(by=other.first.actor, provider_id=found.pk, reason="x")
    assert other.first.browser().get(f"/prestataires/{found.pk}/admission/").status_code == 403


def test_two_colleagues_changing_a_page_lose_nothing():
    at = desk()
    found, _who = provider(at)
    by = at.first.actor
    with acting_as(by):
        change_provider(by=by, provider_id=found.pk, version=1, values={"places": "Genève"})
        with pytest.raises(Stale) as stale:
            change_provider(by=by, provider_id=found.pk, version=1, values={"places": "Nyon"})
    assert stale.value.current.places == "Genève"


def certified(at: Desk, found: Provider, until: int, **fields) -> Certificate:
    by = fields.pop("by", at.first.actor)
    with acting_as(by):
        return record_certificate(
            by=by, provider_id=found.pk, label=fields.pop("label", "eduqua"), number="1",
            valid_from=fields.pop("valid_from", in_days(-300)), valid_until=in_days(until),
        )  # fmt: skip


def test_a_certificate_warns_before_its_end_once_and_not_when_another_follows():
    at = desk()
    found, who = provider(at)
    certified(at, found, 20, by=who.actor)
    assert [warn_of_certificates(), warn_of_certificates()] == [1, 0]
    with acting_as(at.first.actor):
        assert len(certificates_ending(at.first.actor)) == 1
    certified(at, found, 700, valid_from=in_days(20))
    with frozen_at(now() + timedelta(days=14)):
        assert warn_of_certificates() == 0
    with acting_as(at.first.actor):
        assert certificates_ending(at.first.actor) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"until": -400}, "valid_until"), ({"until": 9, "label": "gold"}, "label")],
)
def test_a_wrong_certificate_comes_back(fields, field):
    at = desk()
    found, _who = provider(at)
    with pytest.raises(Refused) as refused:
        certified(at, found, **fields)
    assert refused.value.field == field


def visited(at: Desk, found: Provider, *findings: Found):
    by = at.first.actor
    with acting_as(by):
        return record_visit(by=by, provider_id=found.pk, on=in_days(-30), summary="x", findings=findings)


def test_a_point_to_correct_has_a_day_is_followed_and_settled():
    at = desk()
    found, who = provider(at)
    with pytest.raises(Refused, match="délai"):
        visited(at, found, Found("demand", "Rapports tardifs"))
    visited(at, found, Found("demand", "Rapports tardifs", in_days(-1)), Found("good", "Locaux"))
    assert Notification.objects.filter(user=who.user, kind="finding.demand").count() == 1
    assert remind_of_findings() == 1
    (point,) = findings_open(at.first.actor)
    with acting_as(who.actor), pytest.raises(Refused):
        settle_finding(by=who.actor, finding_id=point.pk, done_note="Fait")
    by = at.first.actor
    with acting_as(by):
        settle_finding(by=by, finding_id=point.pk, done_note="Rappel en place")
        with pytest.raises(Refused, match="déjà réglé"):
            settle_finding(by=by, finding_id=point.pk, done_note="Encore")
    assert remind_of_findings() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=point.pk).update(done_note="")


def test_indicators_are_fed_by_whoever_knows(monkeypatch):
    at = desk()
    found, _who = provider(at)
    monkeypatch.setattr(indicators, "_readers", dict(indicators._readers))
    keep_indicator("told", "Rapports à temps", lambda keys: dict.fromkeys(keys, Share(3, 4)))
    with pytest.raises(ValueError, match="told"):
        keep_indicator("told", "Autre", lambda _keys: {})
    visited(at, found, Found("demand", "x", in_days(-2)))
    shares = {one.key: one.share for one in indicators_of([found.pk])[found.pk]}
    assert shares["findings"] == Share(0, 1)
    assert shares["told"].percent == 75
    assert Share(0, 0).percent is None


def test_expectations_are_published_in_versions():
    at = desk()
    by, other = at.first.actor, at.second.actor
    with acting_as(by):
        first = publish_guidance(by=by, topic="price", text="Comparable.", base=0)
        assert publish_guidance(by=by, topic="price", text="Comparable.", base=1) == first
    with acting_as(other), pytest.raises(Stale):
        publish_guidance(by=other, topic="price", text="Autre", base=0)
    clerk = colleague(at.office).actor
    with acting_as(clerk), pytest.raises(Refused, match="management des contrats"):
        publish_guidance(by=clerk, topic="price", text="Autre", base=1)


def test_suspension_is_seen_by_the_provider():
    at = desk()
    found, who = provider(at)
    assert found.institution.kind == Kind.PROVIDER
    by = at.first.actor
    with acting_as(by):
        suspend_provider(by=by, provider_id=found.pk, reason="Label échu depuis mai.")
    assert "Label échu depuis mai." in who.browser().get(f"/prestataires/{found.pk}/").content.decode()
