"""Load programme files; let institutions join and leave the circle of a programme."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.network.programmes.models import ProgrammeMember, ProgrammeVersion
from accord.network.programmes.policies import can_change_circle
from accord.network.programmes.rules import Definition, Fault, read_folders
from accord.network.programmes.rules.locating import line_of, locate
from accord.network.programmes.selectors import current_programme, definition_folders, natural


class Faulty(Exception):
    """Programme files cannot be loaded; `faults` says why, one sentence each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@transaction.atomic
def load_definitions(*, folders: Sequence[Path] | None = None, by: Actor = WORKER) -> list[ProgrammeVersion]:
    """Load the built-in programmes and the operator's; the settings name his folder unless `folders` does.

    New versions are kept beside the old ones. Current becomes the highest version of the last folder that
    has the programme, so that an operator's file outranks ours. Returns the current versions. Raises Faulty,
    and loads nothing, when a file has faults or changes a version that was loaded before.
    """
    definitions, faults = read_folders(definition_folders(folders))
    known = {(row.slug, row.version): row for row in ProgrammeVersion.objects.select_for_update()}
    for definition in definitions:
        key = definition.programme.slug, definition.programme.version
        content = _content(definition)
        digest = hashlib.sha256(content.encode()).hexdigest()
        if key not in known:
            known[key] = ProgrammeVersion(slug=key[0], version=key[1], content=content, sha256=digest)
        elif known[key].sha256 != digest:
            faults.append(_changed(definition))
    if faults:
        raise Faulty(faults)
    current = {slug: known[slug, version] for slug, version in _current(definitions).items()}
    ProgrammeVersion.objects.filter(slug__in=current, is_current=True).exclude(
        pk__in=[row.pk for row in current.values()]
    ).update(is_current=False)
    for row in known.values():
        is_new = row._state.adding
        if row is current.get(row.slug):
            row.is_current = True
        if is_new or row is current.get(row.slug):
            row.save()
        if is_new:
            record(
                by=by,
                verb="loaded",
                subject_kind="programme",
                subject_id=row.pk,
                subject_label=str(row),
                data={"sha256": row.sha256},
            )
    return sorted(current.values(), key=lambda row: row.slug)


def _content(definition: Definition) -> str:
    return json.dumps(tomllib.loads(definition.text), ensure_ascii=False, sort_keys=True)


def _current(definitions: Sequence[Definition]) -> dict[str, str]:
    """For each slug, the highest version in the last folder that has it."""
    best: dict[str, tuple[Path, str]] = {}
    for definition in definitions:
        folder, slug, version = (
            Path(definition.file).parent,
            definition.programme.slug,
            definition.programme.version,
        )
        if slug not in best or best[slug][0] != folder or natural(version) > natural(best[slug][1]):
            best[slug] = folder, version
    return {slug: version for slug, (_folder, version) in best.items()}


def _changed(definition: Definition) -> Fault:
    programme = definition.programme
    return Fault(
        definition.file,
        line_of(("version",), locate(definition.text)),
        f"Version {programme.version} of “{programme.slug}” was already loaded with another content.",
        "Cases may run under it: raise the version.",
    )


@transaction.atomic
def join_circle(*, by: Actor, programme_slug: str, institution: Institution, role: str) -> ProgrammeMember:
    """Let an institution belong to a programme, in a role that the programme gives to its kind.

    With the same role again nothing changes; with another role the earlier seat ends. Raises Refused when
    the programme gives this kind of institution no such role.
    """
    can_change_circle(by, programme_slug).require()
    if role not in current_programme(programme_slug).roles_of(institution.kind):
        raise Refused(
            _("Ce dispositif ne donne pas ce rôle à %(institution)s.") % {"institution": institution.name},
            field="role",
        )
    seat = _seats(programme_slug, institution).first()
    if seat is not None and seat.role == role:
        return seat
    if seat is not None:
        seat.until = now()
        seat.save(update_fields=["until"])
    joined = ProgrammeMember.objects.create(programme_slug=programme_slug, institution=institution, role=role)
    _record(by, "joined", joined)
    return joined


@transaction.atomic
def leave_circle(*, by: Actor, programme_slug: str, institution: Institution) -> None:
    """End an institution's seat in a programme; cases in which it takes part are not touched."""
    can_change_circle(by, programme_slug).require()
    for seat in _seats(programme_slug, institution):
        seat.until = now()
        seat.save(update_fields=["until"])
        _record(by, "left", seat)


def _seats(slug: str, institution: Institution) -> QuerySet[ProgrammeMember]:
    return ProgrammeMember.objects.select_for_update().filter(
        programme_slug=slug, institution=institution, until__isnull=True
    )


def _record(by: Actor, verb: str, seat: ProgrammeMember) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="programme_circle",
        subject_id=seat.pk,
        subject_label=seat.programme_slug,
        data={"institution": str(seat.institution_id), "role": seat.role},
    )
