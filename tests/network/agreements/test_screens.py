"""The screens of conventions, as those in charge and as others."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accord.network.agreements.models import Agreement, Party
from accord.network.institutions.enums import Role
from furnishing.agreements import PNG
from network.agreements.situations import drafted, in_force, negotiated, table, to_sign, write
from scenarios import colleague, in_days

pytestmark = pytest.mark.django_db


def day(days: int) -> str:
    return f"{in_days(days):%d.%m.%Y}"


def page(name: str, *arguments: object) -> str:
    return reverse(f"agreements:{name}", args=arguments)


def test_from_the_form_to_the_signatures(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    at = table()
    browser = at.drafter.browser()
    browser.post(
        page("draft"),
        {
            "kind": "provider", "title": "Coaching", "partner": at.provider.institution.pk, "role": "provider",
            "starts_on": day(0), "ends_on": day(300), "notice_months": "3",
        },
    )  # fmt: skip
    agreement = Agreement.objects.get()
    part = {
        "part-TOTAL_FORMS": "2",
        "part-INITIAL_FORMS": "0",
        "part-0-kind": "clause",
        "part-1-kind": "clause",
    }
    text = {"part-0-title": "Objet", "part-0-text": "Du coaching.", "comment": "Premier jet", "base": "0"}
    annex = {"annex": SimpleUploadedFile("a.png", PNG, "image/png"), "annex_title": "Plan"}
    browser.post(page("write", agreement.pk), part | text | annex)
    browser.post(page("state", agreement.pk), {"acte": "envoi"})
    at.approver.browser().post(page("state", agreement.pk), {"acte": "approbation-1"})
    browser.post(page("state", agreement.pk), {"acte": "signature"})
    for who in (at.drafter, at.provider):
        party = Party.objects.get(agreement=agreement, institution=who.institution)
        who.browser().post(
            page("sign_screen", agreement.pk, party.pk),
            {"signatory": "A. Favre", "entitled": "on", "confirmation": agreement.number},
        )
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    shown = at.provider.browser().get(page("show", agreement.pk)).content.decode()
    assert "Du coaching." in shown
    found = agreement.versions.get().annexes.get()
    assert at.provider.browser().get(page("annex", agreement.pk, found.pk)).status_code == 200


def test_the_signed_sheet_is_kept_only_with_the_signature(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    at = table()
    agreement = to_sign(at)
    party = agreement.parties.get(institution=at.provider.institution)
    url = page("sign_paper", agreement.pk, party.pk)
    wrong = {"signatory": "A. Favre", "signed_on": day(3)}
    response = at.drafter.browser().post(url, wrong | {"scan": SimpleUploadedFile("a.png", PNG, "image/png")})
    assert response.status_code == 422
    assert "avenir" in response.content.decode()
    party.refresh_from_db()
    assert party.evidence is None


def test_a_colleague_who_was_faster_costs_nothing():
    at = table()
    agreement = negotiated(at)
    write(at.provider.actor, agreement, base=1)
    sent = {
        "part-TOTAL_FORMS": "1", "part-INITIAL_FORMS": "0", "part-0-kind": "clause", "part-0-title": "Objet",
        "part-0-text": "Ce que j’écrivais.", "comment": "x", "base": "1",
    }  # fmt: skip
    response = at.drafter.browser().post(page("write", agreement.pk), sent)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Ce que j’écrivais." in shown
    assert 'name="base" value="2"' in shown


def test_versions_stand_side_by_side():
    at = table()
    agreement = negotiated(at)
    write(at.provider.actor, agreement, base=1)
    client = at.drafter.browser()
    assert client.get(page("versions", agreement.pk)).status_code == 200
    assert client.get(page("versions", agreement.pk) + "?nouvelle=9&ancienne=1").status_code == 404
    assert client.get(page("versions", agreement.pk) + "?nouvelle=²").status_code == 200


def test_what_is_not_ones_own_does_not_exist():
    agreement = in_force(table())
    stranger = table().drafter.browser()
    assert stranger.get(page("show", agreement.pk)).status_code == 404
    assert stranger.post(page("state", agreement.pk), {"acte": "abandon"}).status_code == 404


def test_a_caseworker_reads_and_does_not_act():
    at = table()
    agreement = in_force(at)
    clerk = colleague(at.drafter.institution, Role.CASEWORKER).browser()
    assert clerk.get(page("show", agreement.pk)).status_code == 200
    assert clerk.get(page("terminate", agreement.pk)).status_code == 403
    assert clerk.get(page("draft")).status_code == 403


def test_a_last_day_too_soon_comes_back_beside_its_field():
    at = table()
    agreement = in_force(at)
    response = at.drafter.browser().post(
        page("terminate", agreement.pk), {"last_day": day(2), "reason": "Cessation"}
    )
    assert response.status_code == 422
    assert "délai de dénonciation" in response.content.decode()


@pytest.mark.parametrize("how", ["new", "prolong"])
def test_what_follows(how):
    at = table()
    agreement = in_force(at, ends_on=in_days(30))
    client = at.drafter.browser()
    assert client.get(page("renewals")).content.decode().count(agreement.number) == 1
    response = client.post(page("renew", agreement.pk), {"how": how, "ends_on": day(500)})
    assert response.status_code == 302
    assert client.get(page("show", agreement.pk)).status_code == 200


def test_the_list_asks_as_many_questions_with_many_rows(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    at = table()
    client = at.drafter.browser()
    drafted(at)
    client.get(page("list"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page("list"))
    for _ in range(12):
        drafted(at)
    with django_assert_num_queries(len(few)):
        response = client.get(page("list"))
    assert response.content.decode().partition("<main")[2].count("Mesures") == 13


@pytest.mark.parametrize("query", ["etat=terminees", "genre=partnership", "fin=1"])
def test_filters(query):
    at = table()
    in_force(at)
    assert (
        "Aucune convention ne répond" in at.drafter.browser().get(page("list") + "?" + query).content.decode()
    )
