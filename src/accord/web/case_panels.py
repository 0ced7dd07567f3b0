"""The panels of the case page: what each one needs, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accord.casework.cases.enums import CaseState, Category, EventKind, ParticipantRole, StepState
from accord.casework.cases.models import Case, Disclosure, Event, Step
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.policies import (
    can_change_record,
    can_close,
    can_end_step,
    can_hand_over,
    can_lead,
    can_reopen,
    can_work_on,
)
from accord.casework.cases.selectors import (
    Sight,
    Stretch,
    documents_of,
    events_of,
    files_of,
    notes_of,
    participants_of,
    steps_of,
)
from accord.casework.cases.services import gates_of, next_stage
from accord.casework.consents.panels import consent_panel
from accord.casework.referrals.panels import referral_panel
from accord.kernel.actors import Actor
from accord.kernel.clock import FOREVER, now
from accord.network.programmes.rules import Programme
from accord.people.persons.models import Person
from accord.web.case_story import description_of, story_of
from accord.web.lanes import draw, lines_of

TIMELINE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Folder:
    """A case as it lies open before one reader: everything that every panel needs, loaded once."""

    actor: Actor
    case: Case
    person: Person | None
    programme: Programme
    disclosures: list[Disclosure]
    sight: Sight
    stretches: list[Stretch]
    visited_at: datetime | None
    language: str

    @property
    def takes_part(self) -> bool:
        """Whether the reader's institution is a participant now."""
        return any(
            found.kind == "part" and found.until is None and found.institution_id == self.actor.institution_id
            for found in self.stretches
        )

    @property
    def may_write(self) -> bool:
        """Whether the reader may write into the case."""
        return bool(can_work_on(self.actor, self.case, is_participant=self.takes_part))

    @property
    def sees_outcome(self) -> bool:
        """Whether the words of the closing are for the reader: she took part, or sees the plan."""
        return self.takes_part or self.sight.covers(Category.PLAN)

    def category_label(self, mask: int | None) -> str:
        """The name of a kind of data in the reader's language."""
        return ", ".join(kind.label.in_(self.language) for kind in self.programme.categories_in(mask or 0))

    def why(self, category: int | None, owner_id: UUID | None = None) -> str:
        """Why the reader sees a record."""
        return why_shown(self.sight, category, owner_id)

    def is_new(self, at: datetime, author_id: UUID | None) -> bool:
        """Written by somebody else since the reader's last visit."""
        return self.visited_at is not None and at > self.visited_at and author_id != self.actor.user_id

    def stage_label(self, key: str) -> str:
        """The name of a stage in the reader's language."""
        return next((s.label.in_(self.language) for s in self.programme.stages if s.key == key), key)


def situation(folder: Folder) -> dict[str, Any]:
    """The picture, the worklist of the case, and what is hidden; an announcement before it is accepted."""
    steps = list(steps_of(folder.actor, folder.case))
    story = story_of(folder.case, folder.programme, folder.stretches, steps, folder.sight, folder.language)
    is_announcement = folder.case.state in {CaseState.DRAFT, CaseState.ANNOUNCED, CaseState.DECLINED}
    return {
        "lying": draw(story),
        "standing": draw(story, is_upright=True),
        "story": story,
        "description": description_of(story),
        "lines": lines_of(story),
        "steps": [_step(folder, step) for step in steps if step.state == StepState.OPEN],
        "ended_steps": [_step(folder, step) for step in steps if step.state != StepState.OPEN],
        "why_picture": folder.why(None),
        "why_steps": folder.why(Category.PLAN),
        "steps_hidden": why_hidden(folder.sight, Category.PLAN, folder.programme),
        "files_hidden": why_hidden(folder.sight, Category.BENEFITS, folder.programme),
        "hidden": hidden_kinds(folder),
        "referral": referral_panel(folder.actor, folder.case) if is_announcement else None,
    }


def _step(folder: Folder, step: Step) -> dict[str, Any]:
    return {
        "step": step,
        "may_end": folder.may_write and bool(can_end_step(folder.actor, step)),
        "may_change": folder.may_write and bool(can_change_record(folder.actor, step)),
        "is_new": folder.is_new(step.updated_at, step.author_id),
        "next_state": StepState.DONE if step.state == StepState.OPEN else StepState.OPEN,
    }


def hidden_kinds(folder: Folder) -> list[tuple[str, str]]:
    """Every kind of data that is hidden from the reader's institution, and what would open it."""
    return [
        (kind.label.in_(folder.language), why_hidden(folder.sight, kind.mask, folder.programme))
        for kind in folder.programme.categories
        if not folder.sight.covers(kind.mask)
    ]


def authorisation(folder: Folder) -> dict[str, Any]:
    """The authorisation in full: its grid, and what one may do about it."""
    return {
        "consent": consent_panel(folder.actor, folder.case, folder.disclosures),
        "hidden": hidden_kinds(folder),
    }


def course(folder: Folder) -> dict[str, Any]:
    """Notes, and the timeline."""
    events = list(events_of(folder.actor, folder.case)[:TIMELINE_LENGTH])
    notes = [
        {
            "note": note,
            "category": folder.category_label(note.category),
            "why": folder.why(note.category, note.owner_id),
            "may_change": folder.may_write and bool(can_change_record(folder.actor, note)),
            "is_new": folder.is_new(note.updated_at, note.author_id),
        }
        for note in notes_of(folder.actor, folder.case)
    ]
    return {
        "notes": notes,
        "moments": [
            {
                "event": event,
                "detail": sentence_of(folder, event),
                "icon": ICONS.get(event.kind, "circle"),
                "is_new": folder.is_new(event.at, event.author_id),
            }
            for event in events
        ],
        "hidden": hidden_kinds(folder),
    }


ICONS: dict[str, str] = {
    EventKind.STAGE: "flag",
    EventKind.DOCUMENT: "file-text",
    EventKind.STEP_DONE: "check",
    EventKind.CONSENT_GIVEN: "signature",
    EventKind.JOINED: "institution",
    EventKind.LEFT: "institution",
    EventKind.LEAD: "flag",
}


def sentence_of(folder: Folder, event: Event) -> str:
    """What a line of the timeline adds to its kind."""
    data = event.data
    if event.kind == EventKind.STAGE:
        return folder.stage_label(str(data.get("stage", "")))
    if event.kind == EventKind.CLOSED:
        outcomes = {found.key: found.label.in_(folder.language) for found in folder.programme.outcomes}
        return outcomes.get(str(data.get("outcome", "")), "")
    if event.kind in {EventKind.FILE_OPENED, EventKind.FILE_CLOSED}:
        on = ".".join(reversed(str(data.get("on", "")).split("-")))
        words = {"institution": data.get("institution", ""), "on": on, "reason": data.get("reason", "")}
        if words["reason"]:
            return _("%(institution)s, le %(on)s : %(reason)s") % words
        return _("%(institution)s, le %(on)s") % words
    return str(
        next((data[key] for key in ("institution", "title", "reason", "sentence") if data.get(key)), "")
    )


def documents(folder: Folder) -> dict[str, Any]:
    """Filed documents with the state of their examination."""
    return {
        "documents": [
            {
                "filed": filed,
                "state": _scan_word(filed.document.scan_state),
                "category": folder.category_label(filed.category),
                "why": folder.why(filed.category, filed.owner_id),
                "is_new": folder.is_new(filed.created_at, filed.author_id),
            }
            for filed in documents_of(folder.actor, folder.case)
        ],
        "hidden": hidden_kinds(folder),
    }


def _scan_word(state: str) -> str:
    return {"clean": "clean", "pending": "scanning"}.get(state, "quarantined")


def institutions(folder: Folder) -> dict[str, Any]:
    """Who takes part, and each institution's own file."""
    actor, case = folder.actor, folder.case
    files = list(files_of(actor, case))
    own_open = any(f.institution_id == actor.institution_id and f.closed_on is None for f in files)
    return {
        "participants": [
            {"found": found, "is_lead": found.role == ParticipantRole.LEAD and found.left_at is None}
            for found in participants_of(actor, case)
        ],
        "why_party": folder.why(None),
        "files": files,
        "why_files": folder.why(Category.BENEFITS),
        "files_hidden": why_hidden(folder.sight, Category.BENEFITS, folder.programme),
        "may_open_file": folder.may_write and not own_open,
        "may_close_file": folder.may_write and own_open,
        "may_invite": folder.may_write and bool(can_lead(actor, case)),
        "may_hand_over": bool(can_hand_over(actor, case)),
        "may_leave": folder.may_write and case.lead_id != actor.institution_id,
    }


def stages(folder: Folder) -> dict[str, Any]:
    """The programme's stages as a path, the gates of the next one, closing and reopening."""
    actor, case = folder.actor, folder.case
    following = next_stage(case) if case.state == CaseState.OPEN else None
    entered = {found.label: found for found in folder.stretches if found.kind == "stage"}
    keys = [stage.key for stage in folder.programme.stages]
    position = keys.index(case.stage) if case.stage in keys else -1
    return {
        "path": [
            {
                "stage": stage,
                "label": stage.label.in_(folder.language),
                "help": stage.help.in_(folder.language) if stage.help else "",
                "entered": entered.get(stage.key),
                "is_current": index == position,
                "is_past": index < position,
            }
            for index, stage in enumerate(folder.programme.stages)
        ],
        "next_stage": following,
        "next_label": following.label.in_(folder.language) if following else "",
        "gates": [decision for _name, decision in gates_of(case, following)] if following else [],
        "may_move": bool(can_lead(actor, case)) and case.state == CaseState.OPEN,
        "may_close": bool(can_close(actor, case)),
        "may_reopen": bool(can_reopen(actor, case)),
        "referral": referral_panel(actor, case),
        "outcome": next(
            (o.label.in_(folder.language) for o in folder.programme.outcomes if o.key == case.outcome), ""
        ),
    }


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Where the person's authorisation stands, from the disclosures alone."""

    kind: str
    until: datetime | None

    @property
    def has_end(self) -> bool:
        """Whether it was given until a day."""
        return self.until is not None and self.until < FOREVER

    @property
    def last_day(self) -> datetime | None:
        """The last instant that it covers: `until` itself is not part of it."""
        return self.until - timedelta(microseconds=1) if self.until else None


def authorisation_state(disclosures: list[Disclosure]) -> Authorisation:
    """In force until a day, ended, or not asked yet."""
    by_consent = [found for found in disclosures if found.consent_id is not None]
    running = [found.valid_until for found in by_consent if getattr(found, "runs", False)]
    if running:
        return Authorisation("active", max(running))
    ended = [found for found in by_consent if found.valid_until <= now()]
    if not ended:
        return Authorisation("none", None)
    last = max(ended, key=lambda found: found.valid_until)
    return Authorisation("revoked" if last.ended_because == "revoked" else "expired", last.valid_until)


Panel = Callable[[Folder], dict[str, Any]]
PANELS: dict[str, tuple[Panel, str]] = {
    "": (situation, "web/case_situation.html"),
    "autorisation": (authorisation, "web/case_authorisation.html"),
    "fil": (course, "web/case_course.html"),
    "documents": (documents, "web/case_documents.html"),
    "institutions": (institutions, "web/case_institutions.html"),
    "etapes": (stages, "web/case_stages.html"),
}
