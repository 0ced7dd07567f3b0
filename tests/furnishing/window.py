"""What the person's window adds to the worlds, scenes and pages of the whole house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.test import Client

from accord.casework.cases.enums import Audience
from accord.casework.window.enums import RequestKind
from accord.casework.window.models import Code, Letter, PersonRequest
from accord.casework.window.policies import at_her_window, letters_visible_to, requests_visible_to
from accord.casework.window.rules import digest_of
from accord.casework.window.selectors.sessions import CASE, LANGUAGE, LETTER
from accord.kernel.clock import now, today


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
        "request_kind": RequestKind.CORRECTION.value,
    }


NOT_A_PAGE = {"window:data-json", "window:data-pdf", "window:schema"}
BY = {"window:objections": "demo09@accord.example"}
PICTURES = {"window-door": "/ma-situation/"}


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
        "request_kind": "correction",
    }
