"""Every field of every model says what kind of data it is; the data inventory is made from it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

Field = TypeVar("Field")


class Privacy(StrEnum):
    """What a field tells about a person."""

    NONE = "none"
    """Nothing about a person: keys, states, counters."""
    STAFF = "staff"
    """About a colleague at work."""
    PERSONAL = "personal"
    """About the insured person."""
    SENSITIVE = "sensitive"
    """About her health or social aid (LPD art. 5)."""


def inventory(model: Any) -> dict[str, Privacy]:
    """The tag of each field of a model; `privacy` on the model class names all but keys and relations."""
    declared: dict[str, Privacy] = getattr(model, "privacy", {})
    return {
        field.name: declared.get(field.name, Privacy.NONE)
        for field in model._meta.get_fields()
        if getattr(field, "concrete", False)
    }
