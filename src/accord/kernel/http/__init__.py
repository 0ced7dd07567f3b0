"""The door of every screen."""

from accord.kernel.http.requests import ACTING_FOR, AccordRequest, act_for
from accord.kernel.http.screens import View, screen
from accord.kernel.http.searching import keep_typed, typed_in

__all__ = ["ACTING_FOR", "AccordRequest", "View", "act_for", "keep_typed", "screen", "typed_in"]
