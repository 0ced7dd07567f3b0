"""What an offer of service must hold before it can be sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping

REQUIRED = (
    "name",
    "provider_kind",
    "contact",
    "address",
    "languages",
    "places",
    "offers",
    "quality",
    "prices",
)
"""An offer tells who, what, where, in which languages, of what quality and at what price (seed 002)."""

PIECES = ("concept", "staff", "insurance")
OF_BODIES = ("legal",)


def required_pieces(provider_kind: str) -> tuple[str, ...]:
    """The documents to join; a coach is a person and has no statutes."""
    return PIECES if provider_kind in ("", "coach") else (*PIECES, *OF_BODIES)


def missing_fields(values: Mapping[str, str]) -> list[str]:
    """What is still to be written."""
    return [name for name in REQUIRED if not values.get(name, "").strip()]


def missing_pieces(provider_kind: str, joined: Collection[str]) -> list[str]:
    """The documents that are still to be joined."""
    return [piece for piece in required_pieces(provider_kind) if piece not in joined]
