"""Two registrations become one: what each of them says, what contradicts, and what will be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PARTICULARS: tuple[tuple[str, ...], ...] = (
    ("family_name",),
    ("given_names",),
    ("birth_name",),
    ("birth_date",),
    ("avs_number",),
    ("sex",),
    ("nationality",),
    ("language",),
    ("needs_interpreter",),
    ("street", "postal_code", "city", "canton"),
    ("phone",),
    ("email",),
    ("contact_way",),
    ("representative_kind", "representative_name", "representative_contact"),
)
"""What is decided together: a street of one registration does not go with the town of the other."""
UNKNOWN = {"sex": "3"}


class Choice(StrEnum):
    """Whose word is kept."""

    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two registrations say differently."""

    fields: tuple[str, ...]
    kept: tuple[str | bool, ...]
    gone: tuple[str | bool, ...]
    is_contradiction: bool
    """Both say something: a person must decide. Otherwise the one that knows is believed."""

    @property
    def key(self) -> str:
        """How the question is named."""
        return self.fields[0]


def differences(kept: Mapping[str, str | bool], gone: Mapping[str, str | bool]) -> list[Difference]:
    """All that differs between the registration that stays and the one that goes, in the form's order."""
    found = []
    for fields in PARTICULARS:
        mine, theirs = (tuple(known[name] for name in fields) for known in (kept, gone))
        if mine != theirs:
            both = _says_something(fields, mine) and _says_something(fields, theirs)
            found.append(Difference(fields, mine, theirs, both))
    return found


def _says_something(fields: tuple[str, ...], values: tuple[str | bool, ...]) -> bool:
    return any(value not in ("", UNKNOWN.get(name, "")) for name, value in zip(fields, values, strict=True))


def united(
    kept: Mapping[str, str | bool], gone: Mapping[str, str | bool], decided: Mapping[str, Choice]
) -> dict[str, str | bool]:
    """The particulars after the merge; KeyError with the name of the first question left undecided."""
    values = {name: kept[name] for fields in PARTICULARS for name in fields}
    for found in differences(kept, gone):
        if found.is_contradiction:
            takes_gone = decided[found.key] == Choice.GONE
        else:
            takes_gone = not _says_something(found.fields, found.kept)
        if takes_gone:
            values |= dict(zip(found.fields, found.gone, strict=True))
    return values
