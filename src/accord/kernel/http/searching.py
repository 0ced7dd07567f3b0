"""What somebody types to find a person is kept in her session: a name never stands in an address."""

from __future__ import annotations

from accord.kernel.http.requests import AccordRequest

LONGEST = 100


def keep_typed(request: AccordRequest, field: str) -> None:
    """Keep what was sent in a search field until the next time."""
    request.session[f"typed:{field}"] = request.POST.get(field, "").strip()[:LONGEST]


def typed_in(request: AccordRequest, field: str) -> str:
    """What was last sent in a search field; empty when nothing was, or when it was cleared."""
    return str(request.session.get(f"typed:{field}", ""))
