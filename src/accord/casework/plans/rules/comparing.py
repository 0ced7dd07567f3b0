"""What a signature covers, and what changed between two versions, field by field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A goal or a measure as it is agreed: its lasting key, and its fields in a fixed order.

    How far a measure has come is not part of it: to begin what was agreed is no change of the plan.
    """

    origin: UUID
    kind: str
    fields: tuple[tuple[str, str], ...]

    @property
    def fingerprint(self) -> str:
        """Equal exactly when what is agreed is equal."""
        return _digest([self.kind, *map(list, self.fields)])


def fingerprint_of(entries: Iterable[Entry]) -> str:
    """The fingerprint of a whole plan, in whichever order its entries come."""
    return _digest(sorted([str(entry.origin), entry.fingerprint] for entry in entries))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that was added, changed or removed; `fields` holds (name, before, after) of what differs."""

    what: str
    origin: UUID
    kind: str
    fields: tuple[tuple[str, str, str], ...]


def differences(before: Iterable[Entry], after: Iterable[Entry]) -> list[Change]:
    """What differs between two versions: removed, changed and added entries, each in its own order."""
    old, new = {entry.origin: entry for entry in before}, {entry.origin: entry for entry in after}
    found = [
        Change(REMOVED, entry.origin, entry.kind, tuple((name, text, "") for name, text in entry.fields))
        for entry in old.values()
        if entry.origin not in new
    ]
    for entry in new.values():
        if entry.origin not in old:
            fields = tuple((name, "", text) for name, text in entry.fields)
            found.append(Change(ADDED, entry.origin, entry.kind, fields))
        elif changed := _fields(old[entry.origin], entry):
            found.append(Change(CHANGED, entry.origin, entry.kind, changed))
    return found


def _fields(before: Entry, after: Entry) -> tuple[tuple[str, str, str], ...]:
    old, new = dict(before.fields), dict(after.fields)
    names = list(dict.fromkeys([*old, *new]))
    return tuple(
        (name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def changed_since(read: Mapping[str, str], entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """What changed since somebody read the plan: (what happened, key of the entry).

    `read` holds the fingerprint of each entry as it was read; what it read is not needed for that.
    """
    now = {str(entry.origin): entry.fingerprint for entry in entries}
    found = [(REMOVED, origin) for origin in read if origin not in now]
    found += [
        (CHANGED if origin in read else ADDED, origin)
        for origin, fingerprint in now.items()
        if read.get(origin) != fingerprint
    ]
    return found
