"""What is measured: each page or act of this stage, and what it must reach (see the table of the targets)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from accord.casework.cases.enums import Category
from accord.casework.consents.services import prepare_consent, sign_on_screen
from accord.casework.referrals.services import save_draft, send_referral, start_referral
from accord.cli.world.announcements import invent_referral
from accord.foundation.accounts.models import User
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.network.institutions.models import Institution
from accord.network.programmes.selectors import current_programme
from accord.people.matching.selectors import twins_for
from accord.people.matching.services import ask_who_follows
from accord.people.persons.models import Person
from accord.people.persons.services import possible_twins
from bench.scenes import Scene
from bench.visitor import Answer, timed

STROKES = [[[float(10 + 9 * i), float(40 + i * 37 % 23), float(20 * i)] for i in range(24)]]


class NothingLeft(Exception):
    """The world holds nothing (more) of this kind for this colleague."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a page must reach: queries, p50 over the shell's, p95 over its p50, small world to large."""

    queries: int | None = None
    over_shell: float | None = None
    spread: float | None = None
    growth: float | None = None
    over_other: tuple[str, float] | None = None
    milliseconds: float | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """One thing that people do; `act` does it once and says how it was answered."""

    name: str
    act: Callable[[Scene], Answer]
    target: Target
    is_spent: bool = False
    status: tuple[int, ...] = (200,)


LISTS = Target(queries=8, over_shell=3, spread=2, growth=1.3)
CASE = Target(queries=12, over_shell=4, spread=2, growth=1.2)
SEARCH = Target(queries=5, over_shell=4, spread=2.5, growth=2)
OPENING = Target(queries=12, over_shell=3, growth=1.2)
WINDOW = Target(over_shell=4, spread=2, growth=1.2)
ASKING = Target(queries=2, milliseconds=50)
REVOKING = Target(queries=10, over_shell=3, growth=1.2)
UNCHANGED = Target(queries=3, over_shell=0.5)
SHELL = "shell"


def page(address: str) -> Callable[[Scene], Answer]:
    """A page at a fixed address."""
    return lambda scene: scene.visitor.get(address)


def last_page(name: str, query: str) -> Callable[[Scene], Answer]:
    """The last page of a list; nothing when the list has but one."""

    def act(scene: Scene) -> Answer:
        if name not in scene.marks:
            raise NothingLeft
        return scene.visitor.get(f"/dossiers/?{query}after={scene.marks[name]}")

    return act


def case_panel(panel: str = "") -> Callable[[Scene], Answer]:
    """A case on which several institutions worked for long."""

    def act(scene: Scene) -> Answer:
        if not scene.shown:
            raise NothingLeft
        address = f"/dossiers/{scene.shown[0].id}/"
        return scene.visitor.get(f"{address}?panneau={panel}" if panel else address)

    return act


def case_file(scene: Scene) -> Answer:
    """The whole case as one page."""
    if not scene.shown:
        raise NothingLeft
    return scene.visitor.get(f"/dossiers/{scene.shown[0].id}/lecture/")


def searching(what: Callable[[Scene], str]) -> Callable[[Scene], Answer]:
    """Type, send, and read what was found: both requests together."""

    def act(scene: Scene) -> Answer:
        if not scene.shown:
            raise NothingLeft
        sent = scene.visitor.post("/recherche/", {"search": what(scene)}, form_at="")
        found = scene.visitor.get("/recherche/")
        return replace(
            found,
            milliseconds=sent.milliseconds + found.milliseconds,
            queries=sent.queries + found.queries,
        )

    return act


def mistyped(scene: Scene) -> str:
    """Family and given name of somebody, two letters of the first exchanged."""
    family, given = scene.shown[1 % len(scene.shown)][2:4]
    return f"{family[:3]}{family[4]}{family[3]}{family[5:]} {given}"


def unchanged(scene: Scene) -> Answer:
    """The list again, with the mark that the server gave with it; the mark itself when there is none."""
    first = scene.visitor.get("/dossiers/")
    if "etag" not in first.headers:
        raise NothingLeft
    return scene.visitor.get("/dossiers/", HTTP_IF_NONE_MATCH=first.headers["etag"])


def revoke(scene: Scene) -> Answer:
    """The person takes her authorisation back."""
    address = f"/autorisations/{_next(scene.to_revoke)}/revocation/"
    return scene.visitor.post(address, {"note": "par téléphone"})


def accept(scene: Scene) -> Answer:
    """The desk accepts an announcement: the case is open, with its clocks and its notifications."""
    key = _next(scene.to_accept)
    fields = {"lead": str(scene.actor.institution_id)}
    return scene.visitor.post(f"/annonces/{key}/acceptation/", fields, form_at=f"/annonces/{key}/")


def start(scene: Scene) -> Answer:
    """Begin an announcement about somebody: a case in preparation."""
    person = _next(scene.to_announce)
    fields = {"person": str(person), "programme": "cii-geneve", "confirmed": "on"}
    return scene.visitor.post(f"/annonces/nouvelle/?person={person}", fields)


def send(scene: Scene) -> Answer:
    """Send an announcement that is complete and authorised; the preparation is not in the time."""
    key = _complete_announcement(scene, _next(scene.to_announce))
    with acting_as(scene.actor):
        return timed(lambda: send_referral(by=scene.actor, referral_id=key))


def twins(scene: Scene) -> Answer:
    """Look for the same person before she is registered, among all that the institution may know."""
    if not scene.shown:
        raise NothingLeft
    _id, _number, family, given, avs = scene.shown[0]
    asked = {"family_name": family, "given_names": given, "avs_number": avs, "birth_date": "1980-05-17"}
    with acting_as(scene.actor):
        return timed(transaction.atomic(lambda: possible_twins(by=scene.actor, typed=asked)))


def look_alikes(scene: Scene) -> Answer:
    """Who may be the same as somebody registered, among all whom the institution may know."""
    person = _registered(scene)
    with acting_as(scene.actor):
        return timed(transaction.atomic(lambda: twins_for(scene.actor, person)))


def common_follow_up(scene: Scene) -> Answer:
    """Whether another institution follows her, by fingerprint; the entry in the journal is in the time."""
    person = _registered(scene)
    with acting_as(scene.actor):
        return timed(lambda: ask_who_follows(by=scene.actor, person_id=person.pk))


def durations(scene: Scene) -> Answer:
    """How long things take in a programme: the figures of all its cases, as a manager reads them."""
    return scene.manager.get("/durees/cii-geneve/")


def at_the_window(address: str) -> Callable[[Scene], Answer]:
    """A page of the insured person's window."""

    def act(scene: Scene) -> Answer:
        if scene.window is None:
            raise NothingLeft
        return scene.window.get(address)

    return act


def _registered(scene: Scene) -> Person:
    if scene.registered is None:
        raise NothingLeft
    return scene.registered


def _next(spent: list[UUID]) -> UUID:
    with suppress(IndexError):
        return spent.pop()
    raise NothingLeft


def _complete_announcement(scene: Scene, person_id: UUID) -> UUID:
    actor, programme = scene.actor, current_programme("cii-geneve")
    with acting_as(actor), transaction.atomic():
        person = Person.objects.get(pk=person_id)
        desk = (
            Institution.objects.filter(kind=programme.desk.kind)
            .exclude(pk=actor.institution_key)
            .earliest("slug")
        )
        user = User.objects.get(pk=actor.user_key)
        referral = start_referral(by=actor, programme_slug=programme.slug, person=person)
        house = Institution.objects.get(pk=actor.institution_key)
        told = invent_referral(Random(1), programme, referral.case, house, user, now())
        save_draft(
            by=actor,
            referral_id=referral.pk,
            version=referral.version,
            subject="Retour au travail",
            reasons=told.reasons,
            criteria={criterion.key: True for criterion in programme.criteria},
            answers=told.answers,
            questions="",
            announcer_kind=told.announcer_kind,
            insured_informed_on=told.insured_informed_on,
            desk_id=desk.pk,
        )
        consent = prepare_consent(
            by=actor,
            case_id=referral.case_id,
            language="fr",
            purpose="Plan commun",
            is_recurring=True,
            valid_from=today(),
            valid_until=today() + timedelta(days=300),
            grants={desk.pk: int(Category.IDENTITY | Category.WORK | Category.PLAN | Category.BENEFITS)},
        )
        sign_on_screen(by=actor, consent_id=consent.pk, signatory="person", strokes=STROKES)
    return referral.pk


WORKLOADS = (
    Workload("worklist: mine", page("/"), LISTS),
    Workload("worklist: my institution", page("/?pour=institution"), LISTS),
    Workload("cases: first page", page("/dossiers/"), LISTS),
    *(
        Workload(f"cases: {name}", page(f"/dossiers/?{query}"), LISTS)
        for name, query in (
            ("open", "etat=open"),
            ("announced", "etat=announced"),
            ("in preparation", "etat=draft"),
            ("closed", "etat=closed"),
            ("came to nothing", "etat=ended"),
            ("all", "etat=all"),
            ("mine", "qui=moi"),
            ("led by us", "qui=nous"),
            ("overdue", "delai=retard"),
            ("one programme", "dispositif=cii-plus"),
            ("one stage", "dispositif=cii-geneve&etape=plan"),
            ("mine, overdue", "qui=moi&delai=retard"),
        )
    ),
    Workload(
        "cases: last page", last_page("running", ""), Target(queries=8, over_other=("cases: first page", 1.5))
    ),
    Workload(
        "cases: last page of all",
        last_page("all", "etat=all&"),
        Target(queries=8, over_other=("cases: all", 1.5)),
    ),
    Workload("case page", case_panel(), CASE),
    Workload("case page: notes and timeline", case_panel("fil"), CASE),
    Workload("case page: authorisation", case_panel("autorisation"), CASE),
    Workload("case page: plan", case_panel("plan"), CASE),
    Workload("case page: diagnosis", case_panel("diagnostic"), CASE),
    Workload("case page: meetings", case_panel("rencontres"), CASE),
    Workload("case file to read", case_file, CASE),
    Workload("search: name with a typing error", searching(mistyped), SEARCH),
    Workload("search: case number", searching(lambda scene: str(scene.shown[0].number)), SEARCH),
    Workload("search: AVS number", searching(lambda scene: str(scene.shown[0].avs_number)), SEARCH),
    Workload("unchanged list (ETag)", unchanged, UNCHANGED, status=(304,)),
    Workload("twin check at registration", twins, Target(queries=2)),
    Workload("twin check of somebody registered", look_alikes, ASKING),
    Workload("common follow-up, by fingerprint", common_follow_up, ASKING),
    Workload("durations page", durations, LISTS),
    Workload("window: today", at_the_window("/ma-situation/aujourdhui/"), WINDOW),
    Workload("window: who read what", at_the_window("/ma-situation/lectures/"), WINDOW),
    Workload("open: begin an announcement", start, OPENING, is_spent=True, status=(302,)),
    Workload("open: send it", send, OPENING, is_spent=True),
    Workload("open: the desk accepts", accept, OPENING, is_spent=True, status=(302,)),
    Workload("revoke an authorisation", revoke, REVOKING, is_spent=True, status=(302,)),
)
THROUGHPUT = {
    SHELL: "/bench/shell/",
    "worklist": "/",
    "cases": "/dossiers/",
    "closed cases": "/dossiers/?etat=closed",
}
