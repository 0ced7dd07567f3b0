"""The door of every screen."""

from accord.kernel.http.requests import AccordRequest
from accord.kernel.http.screens import View, screen

__all__ = ["AccordRequest", "View", "screen"]
