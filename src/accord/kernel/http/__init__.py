"""The door of every screen."""

from accord.kernel.http.requests import AccordRequest
from accord.kernel.http.screens import View, screen
from accord.kernel.http.searching import keep_typed, typed_in

__all__ = ["AccordRequest", "View", "keep_typed", "screen", "typed_in"]
