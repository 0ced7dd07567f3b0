"""Who acts, on whose behalf, and why: known to every service, policy and to the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from uuid import UUID

NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting for one institution in certain roles, or the platform's own worker.

    `purpose` is the sentence that the journal keeps beside each read; the screen gives it. `window_case_id`
    is set for the insured person herself: she looks at this case, and at nothing else. `is_acting` while a
    service does what she asked for: her hand reaches further than her eyes, and still only into her case.
    `in_compartment` while a screen of the medical compartment is open: nowhere else are its tables readable.
    """

    user_id: UUID | None = None
    institution_id: UUID | None = None
    institution_kind: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    language: str = "fr"
    purpose: str = ""
    is_worker: bool = False
    window_case_id: UUID | None = None
    is_acting: bool = False
    in_compartment: bool = False

    @property
    def is_member(self) -> bool:
        """Signed in and acting for an institution."""
        return self.user_id is not None and self.institution_id is not None

    @property
    def user_key(self) -> UUID:
        """The user's key, for queries; one that nobody has when nobody is signed in."""
        return self.user_id or NIL

    @property
    def institution_key(self) -> UUID:
        """The institution's key, for queries; one that no institution has when she acts for none."""
        return self.institution_id or NIL

    @property
    def window_key(self) -> UUID:
        """The key of the insured person's own case, for queries; one that no case has for everybody else."""
        return self.window_case_id or NIL

    @property
    def is_insured(self) -> bool:
        """The insured person, at the window of her own case."""
        return self.window_case_id is not None

    @property
    def her_hand(self) -> Actor:
        """The insured person while a service does what she asked for; nobody else has one."""
        if not self.is_insured:
            raise ValueError("only the insured person acts at her window")
        return replace(self, is_acting=True)

    @property
    def inside(self) -> Actor:
        """The same actor inside the medical compartment; only a member of an institution enters it."""
        if not self.is_member:
            raise ValueError("only a member of an institution enters the medical compartment")
        return replace(self, in_compartment=True)

    def has_role(self, *roles: str) -> bool:
        """Hold at least one of these roles in the institution that she acts for."""
        return not self.roles.isdisjoint(roles)

    def for_purpose(self, purpose: str) -> Actor:
        """The same actor, with the purpose that the journal will keep."""
        return replace(self, purpose=purpose)


NOBODY = Actor()
WORKER = Actor(is_worker=True, purpose="worker")

_current: ContextVar[Actor | None] = ContextVar("accord_actor", default=None)


def current_actor() -> Actor | None:
    """The actor of this thread of work; None outside of any request or job (migrations, shells)."""
    return _current.get()


@contextmanager
def remembering(actor: Actor) -> Iterator[None]:
    """Keep the actor for the duration of the block; `kernel.database.acting_as` also tells the database."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)
