"""What the person's window adds to the worlds, scenes and pages of the whole house."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.test import Client

from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.cases.enums import Audience, Category
from accord.casework.detection.models import Detection, Notice, NoticeParty
from accord.casework.diagnosis.models import Difference, Section, Version
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.meetings.models import AgendaItem, Meeting, Minutes, Seat
from accord.casework.meetings.rules import at_local
from accord.casework.plans.models import Goal, Measure, Plan
from accord.casework.plans.rules import fingerprint_of
from accord.casework.plans.selectors.sheets import entry_of_goal, entry_of_measure
from accord.casework.window.enums import RequestKind
from accord.casework.window.models import Code, Letter, PersonRequest
from accord.casework.window.policies import at_her_window, letters_visible_to, requests_visible_to
from accord.casework.window.rules import digest_of
from accord.casework.window.selectors.sessions import CASE, LANGUAGE, LETTER
from accord.kernel.clock import now, today
from scenarios import opened_to


def codes_visible_to(actor: Any) -> Q:
    """Whoever sees a letter; the person herself has it on paper."""
    if actor.is_insured:
        return Q(pk__in=[])
    return Q(letter__in=Letter.objects.filter(letters_visible_to(actor)))


CODE = "BCDF2346"
WALLS = {Letter: letters_visible_to, PersonRequest: requests_visible_to, Code: codes_visible_to}
OWNED = {"letter_id", "asked_id"}


def letter_of(case: Any, issued_by: Any, *, codes: tuple[str, ...] = (CODE,), **fields: Any) -> Letter:
    """A letter that opens the window of a case; its codes are known to the test."""
    fields.setdefault("number", f"{uuid4().int % 10**8:08d}")
    fields.setdefault("valid_until", now() + timedelta(days=30))
    letter = Letter.objects.create(case=case, issued_by=issued_by, salt="salt", **fields)
    for code in codes:
        Code.objects.create(letter=letter, digest=digest_of(code, letter.salt, settings.SECRET_KEY))
    return letter


def window_of(letter: Letter) -> Client:
    """A browser in which the person has come in by this letter."""
    client = Client()
    session = client.session
    session[CASE], session[LETTER], session[LANGUAGE] = str(letter.case_id), str(letter.pk), "fr"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


CLIENTS = {at_her_window: lambda scene: window_of(Letter.objects.get(pk=scene.arguments["letter_id"]))}


def asked(case: Any, kind: str = RequestKind.CORRECTION) -> PersonRequest:
    """A request of the person that waits for its answer."""
    return PersonRequest.objects.create(case=case, kind=kind, text="x", due_on=today() + timedelta(days=30))


def written_for_her(case: Any, house: Any, user: Any) -> Any:
    """A plan, a meeting to come and one that was, a part of the diagnosis, capacity, an access, an answer.

    Returns the meeting to come.
    """
    record = {"case": case, "owner": house, "author": user, "audience": Audience.PERSON}
    opened_to(case, house, Category.PLAN)
    _plan(record, house)
    number = Version.objects.filter(section__case=case, section__part="work").count() + 1
    signed = {"holder": house, "state": "signed", "number": number, "signed_by": house, "signed_at": now()}
    section, _new = Section.objects.update_or_create(case=case, part="work", defaults=signed)
    Version.objects.create(
        section=section, number=number, known="Elle aime son métier.", category=8, **record
    )
    Difference.objects.create(section=section, number=number, text="Un autre avis", category=8, **record)
    IncapacityPeriod.objects.create(
        source_kind="treating_doctor", rate=40, since=today() - timedelta(days=40), category=16, **record
    )
    FunctionalSummary.objects.create(
        adapted_time=50, adapted_performance=80, adapted_since=today(), published_as="doctor", category=16,
        limitations=[{"function": "load", "effect": "Pas plus de 10 kg", "is_lasting": True}], **record,
    )  # fmt: skip
    _access(case, house, user)
    answered = record | {
        "state": "answered", "received_on": today(), "due_on": today(), "outcome": "indicated",
        "reasons": "Votre dos.", "answered_on": today(), "category": 2,
    }  # fmt: skip
    Detection.objects.update_or_create(case=case, defaults=answered)
    notice = Notice.objects.create(
        subject="measure", summary="Un cours.", sent_on=today(), category=2,
        objections_until=today() + timedelta(days=30), **record,
    )  # fmt: skip
    NoticeParty.objects.create(notice=notice, case=case, kind="insured")
    return _meetings(record, house, user)


def _plan(record: dict[str, Any], house: Any) -> None:
    Plan.objects.filter(case=record["case"]).delete()
    plan = Plan.objects.create(number=1, state="proposed", proposed_at=now(), category=256, **record)
    goal = Goal.objects.create(text="Travailler à 50\u202f%", since_number=1, category=256, **record)
    measure = Measure.objects.create(
        title="Bilan de compétences", goal=goal.origin, since_number=1, state="running", cost_bearer=house,
        colleague=record["author"], since=today(), category=256, **record,
    )  # fmt: skip
    plan.fingerprint = fingerprint_of([entry_of_goal(goal), entry_of_measure(measure)])
    plan.save()


def _access(case: Any, house: Any, user: Any) -> None:
    reviewer = get_user_model().objects.create(email=f"{uuid4()}@accord.example")
    EmergencyAccess.objects.create(
        case=case, case_number=case.number, lead=house, institution=house, user=user, reason="health",
        explanation="Elle ne répond plus à personne depuis trois jours.", categories=8,
        until=now() + timedelta(hours=4), review_due_on=today() + timedelta(days=7), reviewed_at=now(),
        reviewer=reviewer, outcome="not_justified", review="Un appel suffisait.",
        follow_up="Le collègue est averti.",
    )  # fmt: skip


def _meetings(record: dict[str, Any], house: Any, user: Any) -> Meeting:
    day = today() + timedelta(days=9)
    begins = at_local(day, time(14))
    common = {"kind": "assessment", "person_present": True, "place": "Rue du Lac 3"}
    past = Meeting.objects.create(
        starts_at=now() - timedelta(days=9), ends_at=now() - timedelta(days=8, hours=23), state="held",
        **common, **record,
    )  # fmt: skip
    Minutes.objects.create(
        meeting=past, state="signed", category=256, sections={"decisions": "Ce qui a été décidé ensemble"},
        **record,
    )  # fmt: skip
    ahead = Meeting.objects.create(starts_at=begins, ends_at=begins + timedelta(hours=1), **common, **record)
    Seat.objects.create(meeting=ahead, institution=house, user=user)
    AgendaItem.objects.create(meeting=ahead, position=1, text="Prochain stage", category=256, **record)
    return ahead


def multiply(case: Any) -> None:
    """More of what is counted: meetings with seats, goals with measures, accesses."""
    for meeting in Meeting.objects.filter(case=case):
        seats = list(Seat.objects.filter(meeting=meeting))
        for number in range(5):
            meeting.pk, meeting.uid = None, f"{meeting.starts_at}{number}"
            meeting.save(force_insert=True)
            for seat in seats:
                Seat.objects.create(meeting=meeting, institution=seat.institution, user=seat.user)
    goal = Goal.objects.get(case=case)
    common = {"case": case, "owner": goal.owner, "since_number": 1, "audience": Audience.PERSON}
    for number in range(5):
        Measure.objects.create(title=f"M{number}", goal=goal.origin, cost_bearer=goal.owner, **common)
    access = EmergencyAccess.objects.get(case=case)
    for _time in range(5):
        access.pk = None
        access.save(force_insert=True)


def furnish_world(world: Any, case: Any) -> None:
    """A letter of somebody, and a request."""
    letter_of(case, world.anyone(), codes=())
    Code.objects.create(letter=Letter.objects.get(case=case), digest="0" * 64)
    asked(case)


def furnish_scene(scene: Any) -> dict[str, object]:
    """A letter, a request, an objection, and a document given to the person."""
    from accord.casework.cases.models import Case, CaseDocument

    case = Case.objects.get(pk=scene.arguments["case_id"])
    filed = CaseDocument.objects.get(pk=scene.arguments["filed_id"])
    given = CaseDocument.objects.create(
        case=case, owner=scene.ours.institution, document=filed.document, title="x", audience=Audience.PERSON
    )
    return {
        "letter_id": letter_of(case, scene.ours.institution).pk,
        "asked_id": asked(case).pk,
        "objection_id": asked(case, RequestKind.OBJECTION).pk,
        "consent_key": scene.arguments["consent_id"],
        "paper_id": given.pk,
        "meeting_key": written_for_her(case, scene.ours.institution, scene.ours.user).pk,
        "request_kind": RequestKind.CORRECTION.value,
    }


NOT_A_PAGE = {"window:meeting-file", "window:data-json", "window:data-pdf", "window:schema"}
BY = {"window:objections": "demo09@accord.example"}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A request to the house; objections and the person's own pages are not the caseworker's."""
    ours = site.rows(
        "select r.id from window_personrequest r join cases_case c on c.id = r.case_id"
        " where c.lead_id = %s and r.kind <> 'objection' limit 1",
        house,
    )
    nothing = uuid4()
    return {
        "asked_id": ours[0][0] if ours else nothing,
        "objection_id": nothing,
        "consent_key": nothing,
        "paper_id": nothing,
        "meeting_key": nothing,
        "request_kind": "correction",
    }


MAY_REFUSE = {
    f"window:{page}"
    for page in (
        "ask",
        "authorised",
        "capacity",
        "data",
        "decline",
        "detection",
        "diagnosis",
        "document",
        "documents",
        "emergencies",
        "identity",
        "meeting",
        "meetings",
        "more",
        "narrow",
        "objection",
        "participants",
        "plan",
        "plan-sign",
        "readings",
        "requests",
        "revoke",
        "sign",
        "today",
    )
}
"""Her own pages open with her letter and its code, to nobody else."""
