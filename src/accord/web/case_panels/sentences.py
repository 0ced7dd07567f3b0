"""What a line of the timeline adds to its kind: which part, which version, which meeting and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accord.casework.capacity.panels import incapacity_told
from accord.casework.cases.enums import EventKind
from accord.casework.diagnosis.panels import part_told
from accord.casework.emergencies.enums import Reason
from accord.casework.meetings.rules import kind_of
from accord.casework.window.panels import act_words
from accord.network.programmes.models import ProgrammeVersion
from accord.network.programmes.selectors import current_programme
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day

Data = Mapping[str, Any]


def sentence_of(folder: Folder, kind: str, data: Data) -> str:
    """What a line of the timeline adds to its kind; nothing when the kind says it all."""
    if say := TOLD.get(EventKind(kind)):
        return say(folder, data)
    return str(
        next((data[key] for key in ("institution", "title", "reason", "sentence") if data.get(key)), "")
    )


def _stage(folder: Folder, data: Data) -> str:
    return folder.stage_label(str(data.get("stage", "")))


def _outcome(folder: Folder, data: Data) -> str:
    outcomes = {found.key: found.label.in_(folder.language) for found in folder.programme.outcomes}
    return outcomes.get(str(data.get("outcome", "")), "")


def _file(_folder: Folder, data: Data) -> str:
    words = {
        "institution": data.get("institution", ""),
        "on": ".".join(reversed(str(data.get("on", "")).split("-"))),
        "reason": data.get("reason", ""),
    }
    if words["reason"]:
        return _("%(institution)s, le %(on)s : %(reason)s") % words
    return _("%(institution)s, le %(on)s") % words


def _circle(folder: Folder, data: Data) -> str:
    """The name of a circle, also of one in which the case stands no longer."""
    slug = str(data.get("circle", ""))
    standing = {programme.slug: programme for programme in folder.circles}
    try:
        programme = standing.get(slug) or current_programme(slug)
    except ProgrammeVersion.DoesNotExist:
        return slug
    return programme.label.in_(folder.language)


def _plan(_folder: Folder, data: Data) -> str:
    """Its version; that it was discarded; and who no longer took part when it was agreed."""
    if not data.get("number"):
        return ""
    words = {"number": data["number"], "names": ", ".join(map(str, data.get("without") or []))}
    if data.get("act") == "discarded":
        return _("Version %(number)s en préparation, écartée") % words
    if words["names"]:
        return _("Version %(number)s ; ne participe plus : %(names)s") % words
    return _("Version %(number)s") % words


def _meeting(folder: Folder, data: Data) -> str:
    """Its kind and its hour, and whether it was of another kind before."""
    words = {"kind": _kind(folder, data), "when": data.get("sentence", "")}
    if data.get("act") == "changed":
        return _("%(kind)s, %(when)s : type ou présence de la personne modifiés") % words
    return (_("%(kind)s, %(when)s") if words["when"] else "%(kind)s") % words


def _minutes(folder: Folder, data: Data) -> str:
    words = {"kind": _kind(folder, data), "edition": data.get("edition", 1)}
    return _("%(kind)s, version %(edition)s") % words


def _kind(folder: Folder, data: Data) -> str:
    key = str(data.get("kind", ""))
    known = next((found for one in folder.circles if (found := kind_of(one, key))), None)
    return known.label.in_(folder.language) if known else key


def _emergency(_folder: Folder, data: Data) -> str:
    reason = str(data.get("reason", ""))
    word = str(Reason(reason).label) if reason in Reason.values else reason
    return _("%(institution)s : %(reason)s") % {
        "institution": data.get("institution", ""),
        "reason": word,
    }


def _notice(_folder: Folder, data: Data) -> str:
    return _("Délai jusqu’au %(day)s") % {"day": day(str(data["until"]))} if data.get("until") else ""


def _answered(_folder: Folder, data: Data) -> str:
    return _("Répondu le %(day)s") % {"day": day(str(data["on"]))} if data.get("on") else ""


TOLD: dict[EventKind, Callable[[Folder, Data], str]] = {
    EventKind.STAGE: _stage,
    EventKind.CLOSED: _outcome,
    EventKind.FILE_OPENED: _file,
    EventKind.FILE_CLOSED: _file,
    EventKind.CAPACITY: lambda _folder, data: incapacity_told(data),
    EventKind.DIAGNOSIS_SIGNED: lambda _folder, data: part_told(data),
    EventKind.DIFFERENCE: lambda _folder, data: part_told(data),
    EventKind.PERSON_ACTED: lambda _folder, data: act_words(data),
    EventKind.CIRCLE_JOINED: _circle,
    EventKind.CIRCLE_LEFT: _circle,
    EventKind.PLAN_PROPOSED: _plan,
    EventKind.PLAN_SIGNED: _plan,
    EventKind.PLAN_AGREED: _plan,
    EventKind.PLAN_CHANGED: _plan,
    EventKind.MEETING_PLANNED: _meeting,
    EventKind.MEETING_MOVED: _meeting,
    EventKind.MEETING_CANCELLED: _meeting,
    EventKind.MEETING_HELD: _meeting,
    EventKind.MINUTES_SIGNED: _minutes,
    EventKind.EMERGENCY: _emergency,
    EventKind.NOTICE: _notice,
    EventKind.DETECTION: _answered,
}
"""Kinds of lines that have more to say than a title."""
