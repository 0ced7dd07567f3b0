"""Every address, tried logged out, from another institution, in the wrong role and in the right one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accord.casework.cases.enums import Category
from accord.casework.cases.services import add_note, add_step, file_document
from accord.casework.consents.services import prepare_consent
from accord.casework.referrals.services import start_referral
from accord.foundation.documents.services import store_document
from accord.foundation.notifications.services import notify
from accord.kernel.http.screens import Screen, screen_of
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Membership
from accord.network.institutions.policies import (
    administers,
    anyone,
    member,
    protects_data,
    signed_in,
    works_on_cases,
)
from accord.network.programmes.policies import can_read_programmes
from accord.people.persons.services import open_file
from furnishing import collected, furnished, gathered, named
from scenarios import Colleague, colleague, in_days, institution, opened_to, person, programmes

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000000b49444154789c6360400600000e0001a99173b10000000049454e44ae426082"
)
OWNED = {
    "case_id", "step_id", "note_id", "filed_id", "consent_id", "referral_id", "person_id", "file_id",
    "notification_id", *collected("OWNED"),
}  # fmt: skip
"""Arguments that name something which belongs to an institution or a colleague."""


OPEN_TO_MEMBERS = {anyone, signed_in, member, can_read_programmes, *collected("OPEN_TO_MEMBERS")}
CLIENTS = gathered("CLIENTS")
"""Policies of which neither the caseworker nor the clerk is the right one, with who is."""


@dataclass
class Scene:
    """One case with one thing of each kind, its caseworker, and the others."""

    ours: Colleague
    stranger: Colleague
    clerk: Colleague
    arguments: dict[str, object]


@pytest.fixture
def scene(db, settings, tmp_path) -> Scene:
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    programmes()
    house = institution(Kind.EMPLOYMENT_OFFICE, slug="ours")
    ours = colleague(house, Role.CASEWORKER)
    clerk = colleague(house, Role.ADMINISTRATOR)
    stranger = colleague(institution(Kind.EMPLOYMENT_OFFICE, slug="theirs"), Role.CASEWORKER)
    about = person(house)
    by = ours.actor
    referral = start_referral(by=by, programme_slug="cii-geneve", person=about)
    case = referral.case
    desk = institution(Kind.AI_OFFICE, slug="desk")
    opened_to(case, desk, Category.IDENTITY)
    consent = prepare_consent(
        by=by,
        case_id=case.pk,
        language="fr",
        purpose="common_plan",
        is_recurring=True,
        valid_from=in_days(0),
        valid_until=in_days(30),
        grants={desk.pk: int(Category.IDENTITY)},
    )
    document = store_document(by=by, file=SimpleUploadedFile("a.png", PNG, "image/png"))
    filed = file_document(
        by=by,
        case_id=case.pk,
        document=document,
        title="Image",
        category=int(Category.WORK),
        audience="circle",
    )
    notify(
        users=[ours.user],
        institution_id=house.pk,
        kind="case.closed",
        params={"number": case.number},
        path="/",
        case_id=case.pk,
    )
    from accord.foundation.notifications.models import Notification

    scene = Scene(
        ours,
        stranger,
        clerk,
        {
            "case_id": case.pk,
            "step_id": add_step(by=by, case_id=case.pk, title="Bilan", assignee_id=house.pk, due_on=None).pk,
            "note_id": add_note(
                by=by, case_id=case.pk, text="Note", category=int(Category.WORK), audience="circle"
            ).pk,
            "filed_id": filed.pk,
            "consent_id": consent.pk,
            "referral_id": referral.pk,
            "person_id": about.pk,
            "file_id": open_file(by=by, person_id=about.pk, number="1", opened_on=in_days(-1)).pk,
            "notification_id": Notification.objects.get(user=ours.user).pk,
            "membership_id": Membership.objects.get(user=ours.user).pk,
            "slug": "ours",
            "version": "2026.2",
        },
    )
    scene.arguments |= furnished("furnish_scene", scene)
    return scene


def addresses(patterns=None, names=()):
    """(name, arguments, door) of each of our screens."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from addresses(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern) and (door := screen_of(pattern.callback)):
            yield ":".join((*names, pattern.name)), tuple(pattern.pattern.converters), door


EVERY = list(addresses())


def address(scene: Scene, name: str, arguments: tuple[str, ...]) -> str:
    values = dict(scene.arguments)
    if name.startswith("programmes:"):
        values["slug"] = "cii-geneve"
    return reverse(name, kwargs=named(values, name, arguments))


def ask(client: Client, url: str, door: Screen, method: str):
    """Ask in one of the door's methods; a POST carries nothing but its token."""
    if method == "POST":
        return client.post(url, {"submission": uuid4().hex})
    return client.get(url)


def every_door(scene: Scene):
    """Each address of ours with its door and each method that it opens to."""
    for name, arguments, door in EVERY:
        for method in door.methods:
            yield name, set(arguments), door, method, address(scene, name, arguments)


def test_logged_out(scene):
    """One is led to the sign-in page, whatever the address, and learns nothing."""
    wrong = {}
    for name, _arguments, door, method, url in every_door(scene):
        if not door.public:
            response = ask(Client(), url, door, method)
            entrance = reverse(door.entrance or "account_login")
            if not response.headers.get("Location", "").startswith(entrance):
                wrong[name, method] = response.status_code
    assert not wrong, "\n".join(map(str, wrong.items()))


def test_another_institution(scene):
    """What belongs to others does not exist: 404 and not 403."""
    client = scene.stranger.browser()
    wrong = {}
    for name, arguments, door, method, url in every_door(scene):
        if OWNED & arguments and (status := ask(client, url, door, method).status_code) != 404:
            wrong[name, method] = status
    assert not wrong, "\n".join(map(str, wrong.items()))


def test_wrong_role(scene):
    """A policy by role refuses, with its sentence."""
    caseworker, clerk = scene.ours.browser(), scene.clerk.browser()
    wrong = {}
    for name, _arguments, door, method, url in every_door(scene):
        if door.policy in OPEN_TO_MEMBERS:
            continue
        wants_another = door.policy in (administers, protects_data, *CLIENTS)
        client = caseworker if wants_another else clerk
        if (status := ask(client, url, door, method).status_code) != 403:
            wrong[name, method] = status
    assert not wrong, "\n".join(map(str, wrong.items()))


STATE_REFUSES = {
    "cases:lead": 403, "cases:closure": 403, "cases:reopening": 403, "consents:evidence": 404,
    **gathered("STATE_REFUSES"),
}  # fmt: skip
"""A case in preparation is neither handed over nor closed, and an unsigned form has no signed sheet."""


def right_client(scene: Scene, door: Screen) -> Client:
    if door.policy is administers:
        return scene.clerk.browser()
    if door.policy is protects_data:
        return colleague(scene.ours.institution, Role.DATA_PROTECTION).browser()
    if door.policy in CLIENTS:
        client: Client = CLIENTS[door.policy](scene)
        return client
    return scene.ours.browser()


def test_right_role_reads(scene):
    """Whoever may come in gets a page, or is led on."""
    wrong = {}
    for name, _arguments, door, method, url in every_door(scene):
        if method == "GET":
            status = ask(right_client(scene, door), url, door, method).status_code
            if status not in (200, 302) and status != STATE_REFUSES.get(name):
                wrong[name] = status
    assert not wrong, "\n".join(map(str, wrong.items()))


def test_right_role_sends_an_empty_form(scene):
    """An empty form comes back with its errors, or does what needs no words; never a failure."""
    wrong = {}
    for name, arguments, door in EVERY:
        if "POST" in door.methods:
            with nothing_kept():
                url = address(scene, name, arguments)
                status = ask(right_client(scene, door), url, door, "POST").status_code
            if status not in (200, 302, 303, 401, 403, 404, 409, 422):
                wrong[name] = status
    assert not wrong, "\n".join(map(str, wrong.items()))


@contextmanager
def nothing_kept():
    """What one form did is not there for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_policies_by_role_are_known():
    """A new policy on a screen must be told to this file."""
    known = {*OPEN_TO_MEMBERS, works_on_cases, administers, protects_data, *CLIENTS}
    assert {door.policy for _name, _arguments, door in EVERY} <= known
